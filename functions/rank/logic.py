"""From mentions to ranked stories: what is about the prospect, what tells of one event, what matters most.

Pure: the same collection, settings, judge and situation give the same ranking, whatever the order of the mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from precall.config import Ranking as RankingConfig
from precall.feedback import Denial, Marks
from precall.identity import identity_of
from precall.model import AskedFor, Collection, Kind, Mention, Ranking, Story
from rank.burst import History, Usual, per_day, usual, window_days
from rank.call import Call
from rank.chatter import chatter
from rank.denied import with_namesakes, without_denied
from rank.engagement import standings
from rank.market import judge_market
from rank.meaning import Embed
from rank.mood import JudgeMood, moods
from rank.order import ordered
from rank.persons import judge_person
from rank.proximity import Judged, judge, meanings_of
from rank.special import without_special
from rank.stories import Event, events
from rank.telling import Around, by_date, tell
from rank.usable import usable


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
    """The stories in `collection`, best first, those of the account's market apart, what is said in all, and how many
    mentions were set aside for which reason.

    `judge_mood` judges what texts say of the prospect; without one, or when it raises ModelUnavailable, the ranking is
    made all the same and its stories say so. `situation` is the call, the account's history, and what reps marked.
    `embed` gives sentence embeddings; without it, names and words alone tell who is meant and what belongs together.
    """
    aside: Counter[str] = Counter()
    collected = usable(collection, ranking_config.window_days, aside)
    judged = _judged(collection, _asked_for("prospect", collected), embed, situation.denials)
    kept = _kept(without_special(without_denied(judged, situation.denials)), aside)
    near = _kept(judge_market(collection, _asked_for("market", collected)), aside)
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
    return Ranking(
        lead_id=collection.lead_id,
        research_id=collection.research_id,
        as_of=now,
        stories=_told(found, kept, around),
        market=_of_market(near, around),
        chatter=chatter(mentions, counts, days, around.usual, around.moods),
        set_aside=dict(sorted(aside.items())),
    )


def _asked_for(whom: AskedFor, mentions: Sequence[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.asked_for == whom]


def _kept(judged: Sequence[Judged], aside: Counter[str]) -> list[Judged]:
    """Those with a closeness; the reasons of the others are counted in `aside`."""
    aside.update(each.reason for each in judged if not each.closeness)
    return [each for each in judged if each.closeness]


def _told(found: Sequence[Event], kept: Sequence[Judged], around: Around) -> tuple[Story, ...]:
    """The stories of the events whose numbers are places in `kept`, in their order."""
    places = {each.mention.id: (each.mention.outlet, each.mention.kind) for each in kept}
    return ordered([tell(event, kept, around) for event in found], places)


def _of_market(near: Sequence[Judged], around: Around) -> tuple[Story, ...]:
    """The stories of the market: by words alone, and not held against what is usual about the account."""
    found = events([each.mention for each in near], [each.vector for each in near])
    return _told(found, near, replace(around, usual=Usual(None, None)))


def _judged(
    collection: Collection, mentions: Sequence[Mention], embed: Embed | None, denials: Sequence[Denial]
) -> list[Judged]:
    """Whom each mention is about; without a company only a name and a role can say it."""
    if collection.prospect.has_company:
        profile = with_namesakes(collection.profile, collection.prospect, denials)
        return judge(collection.prospect, mentions, profile, embed)
    return judge_person(identity_of(collection.prospect), mentions)


def _events(kept: Sequence[Judged]) -> list[Event]:
    """The events, and one for all openings: forty job ads say one thing, that the account hires."""
    openings = [i for i, each in enumerate(kept) if each.mention.kind is Kind.JOB]
    others = [i for i, each in enumerate(kept) if each.mention.kind is not Kind.JOB]
    told_by = [kept[i] for i in others]
    found = events([each.mention for each in told_by], [each.vector for each in told_by], meanings_of(told_by))
    told = [Event(tuple(tuple(others[i] for i in text) for text in event.texts)) for event in found]
    return [*told, Event(tuple((i,) for i in openings))] if openings else told
