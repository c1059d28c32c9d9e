"""Bench `loop`: does what reps mark make the next briefs better, and do random or hostile clicks leave them alone?

Simulated reps, all random numbers from fixed seeds: each likes some kinds of trigger event and has no use for others,
which nobody told the ranking. A lead brings `STORIES` stories with parts drawn at random; the brief shows the five that
score highest by the shipped formula, weights and `rank.usefulness`; the rep votes on each, erring now and then. A
story's worth to a rep is its score without votes and the liking for its event; nDCG@5, with worth in quarters of a
lead's stories, is measured on other leads, against the same reps without votes. So it shows that the loop learns what
there is to learn, how fast, and what it ignores; it does not show what real reps like.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import log2
from pathlib import Path
from statistics import mean

from bench.report import Figure, Report
from precall.config import Weights
from precall.feedback import Marks, Tally
from precall.model import SignalKind
from rank.score import parts, score
from rank.usefulness import usefulness

GAIN, MOVED = 0.10, 0.02
"""nDCG@5 rises by at least this share within `VOTES` votes; random or hostile ones move it by at most that."""
VOTES, SHOWN, STORIES, REPS, FRESH_LEADS = 200, 5, 14, 10, 60
ERRS = 0.1
"""Share of votes that say the opposite of what the rep finds."""
LIKING = 0.25
"""What a liked event adds to a story's worth, and an unwanted one takes."""
OWN_TASTE = 0.4
"""Share of a rep's likings that the team does not share."""
EVENTS: tuple[SignalKind | None, ...] = (*SignalKind, None, None, None)
Likes = Mapping[SignalKind | None, float]
Votes = Callable[["Candidate", Sequence["Candidate"], Likes, random.Random], bool]


@dataclass(frozen=True)
class Candidate:
    """One story of a lead: its event (None: no trigger event) and the values of its score's parts."""

    event: SignalKind | None
    values: Mapping[str, float]

    @property
    def feature(self) -> str:
        """As votes name it."""
        return f"signal:{self.event.value if self.event else 'none'}"

    def score(self, marks: Marks) -> float:
        """By the shipped formula and weights."""
        given = {name: (value, "") for name, value in self.values.items()}
        return score(parts({**given, "feedback": usefulness(marks, [self.feature])}, Weights()))

    @cached_property
    def plain(self) -> float:
        """Its score without votes."""
        return self.score(Marks())

    def worth(self, likes: Likes) -> float:
        """What it is worth to a rep who likes these events."""
        return self.plain + LIKING * likes.get(self.event, 0.0)


def run(data: Path | None = None) -> Report:
    """All figures; no data needed."""
    team = _likings(random.Random("team"))
    reps = [_own_likings(team, random.Random(f"rep {n}")) for n in range(REPS)]
    honest = [_taught(likes, _honest, n) for n, likes in enumerate(reps)]
    return Report("loop", [*_learning(reps, honest), *_standing_firm(reps, honest)])


def _learning(reps: Sequence[Likes], honest: Sequence[Tally]) -> list[Figure]:
    found = [Figure("no votes", "nDCG@5", _quality(reps, [Marks()] * REPS))]
    for votes in (20, 50, 100, VOTES):
        own = [Marks(own=_taught(likes, _honest, n, votes)) for n, likes in enumerate(reps)]
        floor = GAIN if votes == VOTES else None
        found.append(Figure(f"{votes} own votes", "nDCG@5 rises by", _change(reps, own), floor, "above"))
    newcomers = [Marks(others=_without(honest, n)) for n in range(REPS)]
    return [*found, Figure("a newcomer", "nDCG@5 rises by the team's votes", _change(reps, newcomers))]


def _standing_firm(reps: Sequence[Likes], honest: Sequence[Tally]) -> list[Figure]:
    clicks: dict[str, Votes] = {"random": _random, "all useful": _all_useful, "all old news": _all_old}
    own = {
        name: [Marks(own=_taught(likes, voting, n)) for n, likes in enumerate(reps)] for name, voting in clicks.items()
    }
    hostile = [_taught(likes, _hostile, n) for n, likes in enumerate(reps)]
    before = _quality(reps, [Marks(others=_without(honest, n)) for n in range(REPS)])
    among = [Marks(others=(*_without(honest, n)[1:], hostile[n])) for n in range(REPS)]
    figures = [Figure(f"{name} clicks", "nDCG@5 moves by", abs(_change(reps, m)), MOVED) for name, m in own.items()]
    moved = abs(_quality(reps, among) / before - 1)
    return [*figures, Figure("one hostile of the team", "others' nDCG@5 moves by", moved, MOVED)]


def _taught(likes: Likes, voting: Votes, rep: int, votes: int = VOTES) -> Tally:
    """What a rep's `votes` votes add up to; each brief is ranked by those before it."""
    chance = random.Random(f"votes of {rep}")
    useful: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for _ in range(votes // SHOWN):
        tally = Tally(useful=useful, wrong=wrong, votes=useful["*"] + wrong["*"])
        lead = _lead(chance)
        for candidate in _ranked(lead, Marks(own=tally))[:SHOWN]:
            side = useful if voting(candidate, lead, likes, chance) else wrong
            side.update([candidate.feature, "*"])
    return Tally(useful=useful, wrong=wrong, votes=useful["*"] + wrong["*"])


def _quality(reps: Sequence[Likes], marks: Sequence[Marks]) -> float:
    """The mean nDCG@5 over reps and fresh leads."""
    return mean(_ndcg(lead, likes, known) for likes, known in zip(reps, marks, strict=True) for lead in _fresh())


@cache
def _fresh() -> list[list[Candidate]]:
    return [_lead(random.Random(f"fresh {n}")) for n in range(FRESH_LEADS)]


def _change(reps: Sequence[Likes], marks: Sequence[Marks]) -> float:
    return _quality(reps, marks) / _quality(reps, [Marks()] * len(reps)) - 1


def _ndcg(lead: Sequence[Candidate], likes: Likes, marks: Marks) -> float:
    """nDCG@5 (Järvelin & Kekäläinen 2002) with gains 2^q − 1, q = 0…3 the quarter of the lead's stories by worth."""
    best = sorted(lead, key=lambda each: -each.worth(likes))
    gains = {id(each): 2 ** (3 - 4 * place // len(best)) - 1 for place, each in enumerate(best)}
    found = [gains[id(each)] for each in _ranked(lead, marks)[:SHOWN]]
    return _discounted(found) / _discounted([gains[id(each)] for each in best[:SHOWN]])


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def _ranked(lead: Sequence[Candidate], marks: Marks) -> list[Candidate]:
    return sorted(lead, key=lambda each: -each.score(marks))


def _lead(chance: random.Random) -> list[Candidate]:
    return [_candidate(chance) for _ in range(STORIES)]


def _candidate(chance: random.Random) -> Candidate:
    event = chance.choice(EVENTS)
    values = {
        "recency": chance.random(),
        "volume": chance.betavariate(2, 4),
        "burst": chance.betavariate(1, 4),
        "proximity": chance.betavariate(5, 2),
        "signal": chance.uniform(0.5, 0.95) if event else 0.0,
        "context": chance.uniform(0.3, 1.0),
    }
    return Candidate(event, values)


def _likings(chance: random.Random) -> Likes:
    """Liked, unwanted or all the same, by kind of event."""
    return {event: float(chance.choice((-1, 0, 1))) for event in sorted(set(EVENTS), key=str)}


def _own_likings(team: Likes, chance: random.Random) -> Likes:
    own = _likings(chance)
    return {event: own[event] if chance.random() < OWN_TASTE else liking for event, liking in team.items()}


def _without(tallies: Sequence[Tally], n: int) -> tuple[Tally, ...]:
    return (*tallies[:n], *tallies[n + 1 :])


def _honest(candidate: Candidate, lead: Sequence[Candidate], likes: Likes, chance: random.Random) -> bool:
    """Useful is what is worth more than the lead's stories on average; now and then the rep errs."""
    usual = mean(each.worth(likes) for each in lead)
    return (candidate.worth(likes) > usual) != (chance.random() < ERRS)


def _hostile(candidate: Candidate, lead: Sequence[Candidate], likes: Likes, chance: random.Random) -> bool:
    """The opposite."""
    return not _honest(candidate, lead, likes, chance)


def _random(candidate: Candidate, lead: Sequence[Candidate], likes: Likes, chance: random.Random) -> bool:
    return chance.random() < 0.5


def _all_useful(candidate: Candidate, lead: Sequence[Candidate], likes: Likes, chance: random.Random) -> bool:
    return True


def _all_old(candidate: Candidate, lead: Sequence[Candidate], likes: Likes, chance: random.Random) -> bool:
    return False
