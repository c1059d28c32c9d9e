"""What each part of the score does to the order: the labelled news of each company, ranked with and without it.

Nobody labelled which story a rep should see first, so no figure here is a quality of the order. There are two sorts.
How far the order moves without a part: stories of the first five that stay, and Kendall's τ over all. And what the
first five have more of with it, by what can be counted: mentions labelled as about the company as main actor, days of
age, trigger events, their worth in a first call, independent outlets. Votes are measured by `bench loop`; the mood has
no weight unless somebody gives it one, and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from statistics import mean

from bench.report import Figure
from precall.config import Ranking as RankingConfig
from precall.config import Weights
from precall.model import Collection, Mention, Story
from rank.call import Call
from rank.embedding import embed
from rank.logic import Situation, rank
from rank.order import FIRST, ordered
from rank.score import Valued, parts, score
from training.relevance_rows import Labelled, labelled_set

PARTS = ("recency", "volume", "burst", "proximity", "signal", "context")
WINDOW_DAYS = 365
LATER = timedelta(hours=6)


@dataclass(frozen=True)
class Ranked:
    """One company's stories in the order of the full score, and what is known of its mentions."""

    stories: tuple[Story, ...]
    mentions: Mapping[str, Mention]
    labels: Mapping[str, int]

    def without(self, part: str) -> tuple[Story, ...]:
        """The order when this part weighs nothing."""
        weights = Weights().model_copy(update={part: 0.0})
        return self.ordered([story.model_copy(update={"score": _score(story, weights)}) for story in self.stories])

    def ordered(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """As the ranking orders them."""
        return ordered(stories, {i: (mention.outlet, mention.kind) for i, mention in self.mentions.items()})

    def by_score(self) -> tuple[Story, ...]:
        """Without the care for diversity."""
        return tuple(sorted(self.stories, key=lambda story: (-story.score, story.id)))


def of_the_score(data: Path) -> list[Figure]:
    """For each part, and for the care for diversity: what it moves, and what the first five gain."""
    companies = list(_companies(labelled_set(data)))
    figures = [Figure("first five", name, mean(_each(companies, count))) for name, count in COUNTED.items()]
    for part in PARTS:
        figures += _compared(part, companies, [company.without(part) for company in companies])
    return [*figures, *_compared("diversity", companies, [company.by_score() for company in companies])]


def _compared(part: str, companies: Sequence[Ranked], others: Sequence[tuple[Story, ...]]) -> list[Figure]:
    pairs = list(zip(companies, others, strict=True))
    kept = mean(len(_ids(one.stories[:FIRST]) & _ids(other[:FIRST])) / len(one.stories[:FIRST]) for one, other in pairs)
    moved = [Figure(part, "of the first five, stay without it", kept)]
    moved.append(Figure(part, "Kendall's tau without it", mean(_tau(one.stories, other) for one, other in pairs)))
    for name, count in COUNTED.items():
        gain = mean(count(one, one.stories[:FIRST]) - count(one, other[:FIRST]) for one, other in pairs)
        moved.append(Figure(part, f"gain: {name}", gain))
    return moved


def _companies(rows: Sequence[Labelled]) -> Iterator[Ranked]:
    for company in sorted({row.prospect.label for row in rows}):
        own = [row for row in rows if row.prospect.label == company]
        mentions = tuple(row.mention for row in own)
        dates = [mention.published_at for mention in mentions if mention.published_at]
        collection = Collection(
            lead_id="lead", research_id="research", prospect=own[0].prospect, as_of=max(dates) + LATER,
            window_days=WINDOW_DAYS, mentions=mentions,
        )  # fmt: skip
        config, call = RankingConfig(window_days=WINDOW_DAYS), Call("first_call")
        stories = rank(collection, config, None, Situation(call), embed).stories
        if len(stories) > FIRST:
            labels = {row.mention.id: row.label for row in own}
            yield Ranked(stories, {mention.id: mention for mention in mentions}, labels)


def _score(story: Story, weights: Weights) -> float:
    values: dict[str, Valued] = {part.name: (part.value if part.weight else None, part.because) for part in story.parts}
    return score(parts(values, weights))


def _main_actor(company: Ranked, first: Sequence[Story]) -> float:
    return mean(float(any(company.labels[i] == 2 for i in story.mention_ids)) for story in first)


def _days(company: Ranked, first: Sequence[Story]) -> float:
    """Minus the mean age against the newest of the company, so that more is better."""
    newest = max(story.last_seen for story in company.stories if story.last_seen)
    return -mean((newest - story.last_seen).total_seconds() / 86400 for story in first if story.last_seen)


def _events(company: Ranked, first: Sequence[Story]) -> float:
    return mean(float(bool(story.signals)) for story in first)


def _fit(company: Ranked, first: Sequence[Story]) -> float:
    return mean(next(part.value for part in story.parts if part.name == "context") for story in first)


def _outlets(company: Ranked, first: Sequence[Story]) -> float:
    return mean(len(story.outlets) - story.wire_copies for story in first)


def _leading(company: Ranked, first: Sequence[Story]) -> float:
    return float(len({(s.signals[0].kind if s.signals else s.id) for s in first}))


COUNTED: Mapping[str, Callable[[Ranked, Sequence[Story]], float]] = {
    "share with a main-actor mention": _main_actor,
    "minus days of age": _days,
    "share with a trigger event": _events,
    "worth in a first call": _fit,
    "independent outlets a story": _outlets,
    "different sorts of event": _leading,
}


def _each(companies: Sequence[Ranked], count: Callable[[Ranked, Sequence[Story]], float]) -> list[float]:
    return [count(company, company.stories[:FIRST]) for company in companies]


def _ids(stories: Sequence[Story]) -> set[str]:
    return {story.id for story in stories}


def agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """Kendall's τ of two orders of the same ids: 1 the same, −1 reversed."""
    place = {each: at for at, each in enumerate(other)}
    return mean(1 if place[a] < place[b] else -1 for a, b in combinations(one, 2))


def _tau(one: Sequence[Story], other: Sequence[Story]) -> float:
    return agreement([story.id for story in one], [story.id for story in other])
