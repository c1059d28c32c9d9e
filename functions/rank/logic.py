"""From mentions to ranked stories: what is about the prospect, what tells of one event, what matters most.

Pure: the same collection, settings, judge and situation give the same ranking, whatever the order of the mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from precall.config import Ranking as RankingConfig
from precall.feedback import Denial, Marks
from precall.identity import identity_of
from precall.model import Collection, Kind, Mention, Ranking
from rank.burst import History, per_day, usual, window_days
from rank.call import Call
from rank.chatter import chatter
from rank.denied import with_namesakes, without_denied
from rank.engagement import standings
from rank.meaning import Embed
from rank.mood import JudgeMood, moods
from rank.order import ordered
from rank.persons import judge_person
from rank.proximity import Judged, judge, meanings_of
from rank.stories import Event, events
from rank.telling import Around, by_date, tell

TWICE = "the same page twice"
WITHOUT_TITLE = "has no headline"
AFTER = "dated after the research"
REFERENCE = "a reference, not a story"


@dataclass(frozen=True)
class Situation:
    """What the ranking is for and what was known before: all that it needs and the collection does not say."""

    call: Call = field(default_factory=Call)
    history: History = field(default_factory=History)
    marks: Marks = field(default_factory=Marks)
    denials: tuple[Denial, ...] = ()


def rank(
    collection: Collection,
    ranking_config: RankingConfig,
    judge_mood: JudgeMood | None = None,
    situation: Situation = Situation(),
    embed: Embed | None = None,
) -> Ranking:
    """The stories in `collection`, best first, what is said in all, and how many mentions were set aside for which
    reason.

    `judge_mood` judges what texts say of the prospect; without one, or when it raises ModelUnavailable, the ranking is
    made all the same and its stories say so. `situation` is the call, the account's history, and what reps marked.
    `embed` gives sentence embeddings; without it, names and words alone tell who is meant and what belongs together.
    """
    aside: Counter[str] = Counter()
    usable = _usable(collection, ranking_config.window_days, aside)
    judged = without_denied(_judged(collection, usable, embed, situation.denials), situation.denials)
    aside.update(each.reason for each in judged if not each.closeness)
    kept = [each for each in judged if each.closeness]
    found, mentions, now = _events(kept), [each.mention for each in kept], collection.as_of
    days = window_days(now, ranking_config.window_days)
    counts = per_day(min((mentions[i] for i in text), key=by_date) for event in found for text in event.texts)
    around = Around(
        now=now,
        config=ranking_config,
        identity=identity_of(collection.prospect, collection.profile),
        moods=moods(collection.prospect, mentions, judge_mood, collection.profile),
        standings=standings(mentions),
        usual=usual(counts, days, now, situation.history),
        call=situation.call,
        marks=situation.marks,
    )
    stories = [tell(event, kept, around) for event in found]
    return Ranking(
        lead_id=collection.lead_id,
        research_id=collection.research_id,
        as_of=now,
        stories=ordered(stories, {mention.id: (mention.outlet, mention.kind) for mention in mentions}),
        chatter=chatter(mentions, counts, days, around.usual, around.moods),
        set_aside=dict(sorted(aside.items())),
    )


def _judged(
    collection: Collection, mentions: Sequence[Mention], embed: Embed | None, denials: Sequence[Denial]
) -> list[Judged]:
    """Whom each mention is about; without a company only a name and a role can say it."""
    if collection.prospect.has_company:
        profile = with_namesakes(collection.profile, collection.prospect, denials)
        return judge(collection.prospect, mentions, profile, embed)
    return judge_person(identity_of(collection.prospect), mentions)


def _usable(collection: Collection, window_days: int, aside: Counter[str]) -> list[Mention]:
    """The mentions inside the window, in an order of their own: oldest first, undated last, then by id."""
    unique = _unique(collection.mentions)
    aside[TWICE] += len(collection.mentions) - len(unique)
    start = collection.as_of - timedelta(days=window_days)
    reasons = {i: _unusable(mention, start, collection.as_of) for i, mention in unique.items()}
    aside.update(reason for reason in reasons.values() if reason)
    aside += Counter()
    return sorted((mention for i, mention in unique.items() if not reasons[i]), key=by_date)


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


def _unique(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Each page once, by its id: of several the dated, then the fullest."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        other = found.setdefault(mention.id, mention)
        if other is not mention:
            found[mention.id] = max(other, mention, key=_fullness)
    return found


def _fullness(mention: Mention) -> tuple[bool, int, str]:
    return (mention.published_at is not None, len(mention.text), mention.model_dump_json())


def _events(kept: Sequence[Judged]) -> list[Event]:
    """The events, and one for all openings: forty job ads say one thing, that the account hires."""
    openings = [i for i, each in enumerate(kept) if each.mention.kind is Kind.JOB]
    others = [i for i, each in enumerate(kept) if each.mention.kind is not Kind.JOB]
    told_by = [kept[i] for i in others]
    found = events([each.mention for each in told_by], [each.vector for each in told_by], meanings_of(told_by))
    told = [Event(tuple(tuple(others[i] for i in text) for text in event.texts)) for event in found]
    return [*told, Event(tuple((i,) for i in openings))] if openings else told
