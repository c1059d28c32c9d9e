"""The mood in words: a label and its spread, from the counts that the ranking gave, for a story and for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from brief.evidence import Evidence
from brief.wording import (
    MOOD_ALL,
    MOOD_ALL_OF_THEM,
    MOOD_BETTER,
    MOOD_MIXED,
    MOOD_MOSTLY,
    MOOD_ONE_OF_ONE,
    MOOD_WORSE,
    MOODS,
)
from precall.model import Mention, Proximity, Sentiment

TURNED = 0.3
"""From this change of the mean on (−2 to 2) a mood is said to have turned."""


def in_words(sentiment: Sentiment, noun: str = "") -> str:
    """As in "mostly positive, 2 of 9 negative", or with the `noun` "mentions": "…, 2 of 9 mentions negative".

    Where all are of one kind: "negative", or with a noun: "negative, in all 5 mentions"; where it turned between the
    earlier and the later half: "…, better of late". "" when nothing was scored.
    """
    return f"{_spread(sentiment, noun)}{_turn(sentiment)}" if sentiment.label else ""


def _spread(sentiment: Sentiment, noun: str) -> str:
    label = sentiment.label
    others = [(name, count) for name, count in sentiment.counts.items() if count and name != label]
    if not others:
        pattern = MOOD_ALL if not noun else MOOD_ONE_OF_ONE if sentiment.scored == 1 else MOOD_ALL_OF_THEM
        return pattern.format(label=MOODS[label], count=sentiment.scored)
    pattern = MOOD_MIXED if label == "mixed" else MOOD_MOSTLY
    return pattern.format(label=MOODS[label], others=_listed(others, sentiment.scored, noun))


def _turn(sentiment: Sentiment) -> str:
    if sentiment.trend is None or abs(sentiment.trend) < TURNED:
        return ""
    return MOOD_BETTER if sentiment.trend > 0 else MOOD_WORSE


def _listed(others: Sequence[tuple[str, int]], total: int, noun: str) -> str:
    """ "2 of 9 negative, 1 neutral"."""
    whole = f" of {total}{f' {noun}' if noun else ''}"
    return ", ".join(f"{count}{whole if not i else ''} {MOODS[name]}" for i, (name, count) in enumerate(others))


def of_story(evidence: Evidence, about: Sequence[Mention]) -> Sentiment | None:
    """The sentiment of the ranked story that consists of exactly these mentions."""
    ids = tuple(mention.id for mention in about)
    return next((story.sentiment for story in evidence.stories.values() if story.mention_ids == ids), None)


def overall(evidence: Evidence) -> Sentiment:
    """The counts over the stories mainly about the prospect; over all stories when none of those is scored.

    Stories that name the prospect decide before those of which only the general tone is known. Without any: not
    scored, or unavailable.
    """
    told = [evidence.stories[i] for i in evidence.told if i in evidence.stories]
    scored = [story for story in told if story.sentiment.state == "scored"]
    named = [story for story in scored if not story.sentiment.general_tone] or scored
    near = [story for story in named if story.proximity is not Proximity.PASSING] or named
    if not near:
        return Sentiment(state="unavailable" if any(s.sentiment.state == "unavailable" for s in told) else "not_scored")
    return Sentiment(
        state="scored",
        negative=sum(story.sentiment.negative for story in near),
        neutral=sum(story.sentiment.neutral for story in near),
        positive=sum(story.sentiment.positive for story in near),
        general_tone=near[0].sentiment.general_tone,
    )
