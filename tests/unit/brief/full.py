"""A research in which every section of a brief has something to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from brief.evidence import Evidence
from precall.config import ChecklistItem, Seller
from precall.model import (
    AccountFact,
    AccountProfile,
    Chatter,
    DayCount,
    Engagement,
    Kind,
    KindCount,
    Mention,
    Namesake,
    Ranking,
    Sentiment,
    Signal,
    SignalKind,
    Story,
    TextOrigin,
)
from tests.unit.brief.situation import RICH, brief_of, evidence
from tests.unit.rank.given import NOW, judge_by_words, mention

SELLER = Seller(name="Loftgrid Analytics", offers=("warehouse analytics",))
CONTACT = mention(
    "Kestrelon moves its night shift to Graz",
    "“Graz gives us room for two more sorters,” said Ada Berg, head of operations at Kestrelon.",
    hours=30,
    outlet="styria.example",
)
POST = mention(
    "Kestrelon drivers, how is the new depot?",
    "The new Kestrelon depot in Graz has better docks than the old one in Linz.",
    hours=40,
    outlet="forum.example",
    kind=Kind.FORUM,
    text_origin=TextOrigin.POST,
    engagement=Engagement(points=41, comments=12),
)
REGISTER = mention(
    "Kestrelon",
    "Kestrelon Logistics is a haulier in Linz. Employees: 1,240. Founded: 1987.",
    hours=None,
    outlet="register.example",
    kind=Kind.REFERENCE,
)
FACTS = (
    AccountFact(name="employees", value="1,240", mention_id=REGISTER.id),
    AccountFact(name="founded", value="1987", mention_id=REGISTER.id),
    AccountFact(name="revenue", value="9 billion", mention_id=REGISTER.id),  # it does not say so
)
CHECKLIST = (ChecklistItem(ask="How many people work there?", fact="employees"), ChecklistItem(ask="Which WMS?"))
CHATTER = Chatter(
    kinds=(
        KindCount(kind=Kind.NEWS, mentions=6, outlets=6, sentiment=Sentiment(state="scored", value=0.1, neutral=6)),
        KindCount(kind=Kind.FORUM, mentions=1, outlets=1),
    ),
    days=tuple(
        DayCount(day=(NOW - timedelta(days=n)).date(), mentions=3 if n < 2 else n % 2) for n in range(29, -1, -1)
    ),
    normal=0.5,
    normal_from="history",
    burst=2.4,
)


def with_signals(ranking: Ranking, **kinds: SignalKind) -> Ranking:
    """`ranking`, its stories with a signal in their headlines where they hold the given word."""
    return ranking.model_copy(update={"stories": tuple(_signalled(story, kinds) for story in ranking.stories)})


def _signalled(story: Story, kinds: dict[str, SignalKind]) -> Story:
    found = tuple(
        Signal(
            kind=kind, mention_id=story.mention_ids[0], field="title", sentence=story.headline, at=story.last_seen,
            confidence=0.9,
        )
        for word, kind in kinds.items()
        if word in story.headline
    )  # fmt: skip
    return story.model_copy(update={"signals": found})


def full(mentions: tuple[Mention, ...] = (*RICH, CONTACT, POST, REGISTER), **other: Any) -> Evidence:
    """Signals to raise and to keep quiet about, the person, facts, posts, chatter, namesakes."""
    profile = AccountProfile(namesakes=(Namesake(name="Kestrelon Vineyard", description="a winery in Styria"),))
    known = evidence(mentions, judge=judge_by_words, profile=profile, facts=FACTS, **other)
    assert known.ranking is not None
    ranking = with_signals(known.ranking, buys=SignalKind.ACQUISITION, strike=SignalKind.LAYOFFS)
    ranking = ranking.model_copy(update={"chatter": CHATTER})
    return replace(known, ranking=ranking, seller=SELLER, checklist=CHECKLIST)


def full_again() -> Evidence:
    """The same account a day after a brief that knew only the older news."""
    before = full(tuple(found for found in RICH if found.published_at and found.published_at < NOW - timedelta(days=1)))
    return replace(full(), previous=brief_of(before).model_copy(update={"as_of": NOW - timedelta(days=1)}))
