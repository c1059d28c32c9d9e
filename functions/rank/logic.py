"""From mentions to ranked stories: what is about the prospect, what tells of one event, what matters most.

Pure: the same collection, settings and judge give the same ranking, whatever the order of the mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from precall.config import Ranking as RankingConfig
from precall.headlines import headline
from precall.identity import Identity, identity_of
from precall.ids import derived_id
from precall.model import Collection, Kind, Mention, Proximity, Ranking, Story
from rank import recency as recent
from rank import volume as loud
from rank.belief import is_own
from rank.mood import JudgeMood, Moods, moods
from rank.order import ordered
from rank.proximity import Judged, judge
from rank.score import parts, proximity_value, score
from rank.signals import story_signals
from rank.stories import Event, events

TWICE = "the same page twice"
WITHOUT_TITLE = "has no headline"
AFTER = "dated after the research"
REFERENCE = "a reference, not a story"

_CLOSEST_FIRST = {Proximity.CONTACT: 0, Proximity.ACCOUNT: 1, Proximity.PASSING: 2}


def rank(collection: Collection, ranking_config: RankingConfig, judge_mood: JudgeMood | None = None) -> Ranking:
    """The stories in `collection`, best first, and how many mentions were set aside for which reason.

    `judge_mood` judges what texts say of the prospect; without one, or when it raises ModelUnavailable, the ranking is
    made all the same and its stories say so.
    """
    aside: Counter[str] = Counter()
    judged = judge(collection.prospect, _usable(collection, ranking_config.window_days, aside))
    aside.update(each.reason for each in judged if not each.closeness)
    kept = [each for each in judged if each.closeness]
    found = _events(kept)
    felt = moods(collection.prospect, [each.mention for each in kept], judge_mood)
    identity = identity_of(collection.prospect, collection.profile)
    stories = [_story(event, kept, felt, identity, collection.as_of, ranking_config) for event in found]
    return Ranking(
        lead_id=collection.lead_id,
        research_id=collection.research_id,
        as_of=collection.as_of,
        stories=ordered(stories, {each.mention.id: each.mention.outlet for each in kept}),
        set_aside=dict(sorted(aside.items())),
    )


def _usable(collection: Collection, window_days: int, aside: Counter[str]) -> list[Mention]:
    """The mentions inside the window, in an order of their own: oldest first, undated last, then by id."""
    unique = {mention.id: mention for mention in sorted(collection.mentions, key=_fullest_last)}
    aside[TWICE] += len(collection.mentions) - len(unique)
    start = collection.as_of - timedelta(days=window_days)
    reasons = {i: _unusable(mention, start, collection.as_of) for i, mention in unique.items()}
    aside.update(reason for reason in reasons.values() if reason)
    aside += Counter()
    return sorted((mention for i, mention in unique.items() if not reasons[i]), key=_by_date)


def _unusable(mention: Mention, start: datetime, end: datetime) -> str:
    if not mention.title.strip():
        return WITHOUT_TITLE
    if mention.kind is Kind.REFERENCE:
        return REFERENCE
    if mention.published_at is None:
        return ""
    if mention.published_at > end:
        return AFTER
    return "" if mention.published_at >= start else f"older than {(end - start).days} days"


def _fullest_last(mention: Mention) -> tuple[bool, int, str]:
    return (mention.published_at is not None, len(mention.text), mention.model_dump_json())


def _by_date(mention: Mention) -> tuple[bool, float, str]:
    moment = mention.published_at
    return (moment is None, moment.timestamp() if moment else 0.0, mention.id)


def _events(kept: Sequence[Judged]) -> list[Event]:
    """The events, and one for all openings: forty job ads say one thing, that the account hires."""
    openings = [i for i, each in enumerate(kept) if each.mention.kind is Kind.JOB]
    others = [i for i, each in enumerate(kept) if each.mention.kind is not Kind.JOB]
    found = events([kept[i].mention for i in others], [kept[i].vector for i in others])
    told = [Event(tuple(tuple(others[i] for i in text) for text in event.texts)) for event in found]
    return [*told, Event(tuple((i,) for i in openings))] if openings else told


def _story(
    event: Event, kept: Sequence[Judged], felt: Moods, identity: Identity, now: datetime, config: RankingConfig
) -> Story:
    told = sorted((kept[i] for i in event.mentions), key=_best_first)
    best, texts = told[0], [[kept[i].mention for i in text] for text in event.texts]
    outlets = _outlets(each.mention for each in told)
    independent = _outlets(_first(text) for text in texts)
    copies = len(outlets) - len(independent)
    newest = _newest(_first(text).published_at for text in texts)
    dates = [each.mention.published_at for each in told if each.mention.published_at]
    mood = felt.of([each.mention.id for each in told])
    closest = min(told, key=lambda each: -(each.closeness.value if each.closeness else 0.0))
    scored = parts(
        recency=(recent.recency(newest, now, config.half_life_days), recent.because(newest, now)),
        volume=(loud.volume(len(independent), copies), loud.because(len(independent), copies)),
        proximity=(
            proximity_value(closest, _one_per_outlet(told)),
            closest.closeness.because if closest.closeness else "",
        ),
        mood=mood,
        weights=config.weights,
    )
    return Story(
        id=derived_id("story", min(each.mention.id for each in told)),
        headline=headline(best.mention),
        mention_ids=tuple(each.mention.id for each in told),
        first_seen=min(dates, default=None),
        last_seen=max(dates, default=None),
        outlets=tuple(outlets),
        wire_copies=copies,
        kinds=tuple(sorted({each.mention.kind for each in told})),
        proximity=min((_proximity(each) for each in told), key=_CLOSEST_FIRST.__getitem__),
        signals=story_signals(
            [each.mention for each in told], identity.forms, [is_own(identity, each.mention) for each in told]
        ),
        sentiment=mood.sentiment,
        parts=scored,
        score=score(scored),
    )


def _best_first(each: Judged) -> tuple[float, bool, bool, bool, float, str]:
    """Closest, then independent news, then dated, then with text, then newest."""
    mention = each.mention
    moment = mention.published_at.timestamp() if mention.published_at else 0.0
    close = each.closeness.value if each.closeness else 0.0
    return (-close, mention.kind is not Kind.NEWS, not mention.published_at, not mention.text, -moment, mention.id)


def _proximity(each: Judged) -> Proximity:
    return each.closeness.proximity if each.closeness else Proximity.PASSING


def _first(text: Sequence[Mention]) -> Mention:
    """The mention that had a text first: the mentions come oldest first."""
    return min(text, key=_by_date)


def _newest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def _outlets(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.outlet for mention in mentions))


def _one_per_outlet(told: Sequence[Judged]) -> list[Judged]:
    """The best mention of each outlet."""
    return list({each.mention.outlet: each for each in reversed(told)}.values())
