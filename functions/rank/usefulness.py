"""How useful stories like this one were found: learnt from votes, by rep and by team, for each feature of a story.

For one rep and one feature, with u of n votes useful, and a share p of useful ones among all that the rep gave:

    lean = (K·t + beyond(u − p·n)) / (n + K)        t the team's lean, K imagined votes of the team

where `beyond` takes off what chance alone would make of n votes, `CHANCE`·√(p(1 − p)n), so that somebody who clicks at
random, or marks everything alike, changes nothing. The team's lean is the median of the others' leans, which one
hostile rep does not move. A rep counts from `ENOUGH` votes on, a team from `ENOUGH_REPS` reps who count. A story's lean
is the strongest of its features' leans either way; its value is ½ + lean, within 0…1: ½ changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from statistics import median

from precall.feedback import ENOUGH, Marks, Tally

ENOUGH_REPS = 3
"""Reps who count from which a team does."""
K = 4.0
"""Imagined votes of the usual sort for each feature."""
CHANCE = 1.0
"""Standard errors that a share must be away from the usual one; what is beyond them counts."""
NEUTRAL, MOST = 0.5, 0.5
NOT_ENOUGH = f"fewer than {ENOUGH} votes"
NO_DIFFERENCE = "the like are marked as others are"
_ALL = "*"


def usefulness(marks: Marks, of: Iterable[str]) -> tuple[float | None, str]:
    """The value in 0…1 of a story with these features, and its clause; None while too few votes were given."""
    if not (_counts(marks.own) or team_counts(marks)):
        return None, NOT_ENOUGH
    leans = {feature: lean(marks, feature) for feature in of}
    feature = max(leans, key=lambda each: (abs(leans[each]), each), default="")
    found = leans.get(feature, 0.0)
    if not round(found, 2):
        return NEUTRAL, NO_DIFFERENCE
    return NEUTRAL + max(-MOST, min(MOST, found)), _because(marks, feature, found)


def lean(marks: Marks, feature: str) -> float:
    """How far a rep finds stories with a feature more (or less) useful than others, −1…1; 0 while unknown."""
    of_team = _of_team(marks, feature)
    return _lean(marks.own, feature, of_team) if _counts(marks.own) else of_team


def team_counts(marks: Marks) -> bool:
    """Whether enough others voted enough."""
    return sum(map(_counts, marks.others)) >= ENOUGH_REPS


def _of_team(marks: Marks, feature: str) -> float:
    return median(_lean(each, feature) for each in marks.others if _counts(each)) if team_counts(marks) else 0.0


def _lean(tally: Tally, feature: str, of_team: float = 0.0) -> float:
    useful = tally.useful.get(feature, 0.0)
    votes, usual = useful + tally.wrong.get(feature, 0.0), _usual(tally)
    chance = CHANCE * sqrt(usual * (1 - usual) * votes)
    return (K * of_team + _beyond(useful - usual * votes, chance)) / (votes + K)


def _beyond(found: float, chance: float) -> float:
    """What is left of a difference where so much of it may be chance."""
    return max(0.0, found - chance) if found > 0 else min(0.0, found + chance)


def _usual(tally: Tally) -> float:
    """The share of useful votes in all that a rep gave, one imagined of each sort (Laplace)."""
    useful, wrong = tally.useful.get(_ALL, 0.0), tally.wrong.get(_ALL, 0.0)
    return (useful + 1) / (useful + wrong + 2)


def _counts(tally: Tally) -> bool:
    return tally.votes >= ENOUGH


def _because(marks: Marks, feature: str, found: float) -> str:
    own = _counts(marks.own) and feature in {**marks.own.useful, **marks.own.wrong}
    who = "the rep marks" if own else "the team marks"
    return f"{who} {_named(feature)} {'useful' if found > 0 else 'of little use'}"


def _named(feature: str) -> str:
    """ "hiring", "news", "what has no trigger event"."""
    sort, _, name = feature.partition(":")
    if feature == "signal:none":
        return "what has no trigger event"
    return name.replace("_", " ") if sort == "signal" else f"what comes from {_PLACES.get(name, name)}"


_PLACES = {
    "news": "the news", "social": "social media", "forum": "forums", "first_party": "the company itself",
    "filing": "filings", "job": "job boards",
}  # fmt: skip
