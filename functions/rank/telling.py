"""From an event to a story: its best mention, its outlets and dates, every part of its score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from precall.config import Ranking as RankingConfig
from precall.feedback import Marks, features
from precall.headlines import headline
from precall.identity import Identity
from precall.ids import derived_id
from precall.model import Kind, Mention, Proximity, Signal, Story
from rank.belief import is_own
from rank.burst import Usual, burst, recent
from rank.call import Call, fit
from rank.engagement import because as reactions_of
from rank.mood import Mood, Moods
from rank.proximity import Judged
from rank.recency import freshest
from rank.score import Valued, event, feeling, parts, proximity_value, score
from rank.sensitive import story_topic
from rank.signals import story_signals
from rank.stories import Event
from rank.usefulness import usefulness
from rank.volume import because as loudness
from rank.volume import volume

_CLOSEST_FIRST = {Proximity.CONTACT: 0, Proximity.ACCOUNT: 1, Proximity.PASSING: 2, Proximity.MARKET: 3}
READ_FOR_OFFERS = 3
"""Mentions of a story, best first, in which the seller's offers are looked for."""
LEAD_CHARACTERS = 500


@dataclass(frozen=True)
class Around:
    """What the score of every story needs beside its mentions."""

    now: datetime
    config: RankingConfig
    identity: Identity
    moods: Moods
    standings: Mapping[str, float]
    usual: Usual
    call: Call
    marks: Marks


def tell(of: Event, kept: Sequence[Judged], around: Around) -> Story:
    """The story of an event, whose numbers are places in `kept`; what tells of the market shows no signal of theirs."""
    told = sorted((kept[i] for i in of.mentions), key=_best_first)
    firsts = [min((kept[i].mention for i in text), key=by_date) for text in of.texts]
    mentions = [each.mention for each in told]
    outlets = _outlets(mentions)
    dates = [mention.published_at for mention in mentions if mention.published_at]
    mood = around.moods.of(mentions)
    proximity = min((_proximity(each) for each in told), key=_CLOSEST_FIRST.__getitem__)
    signals = _signals(mentions, around.identity) if proximity is not Proximity.MARKET else ()
    scored = parts(_values(told, firsts, signals, mood, around), around.config.weights)
    return Story(
        id=derived_id("story", min(mention.id for mention in mentions)),
        headline=headline(mentions[0]),
        mention_ids=tuple(mention.id for mention in mentions),
        first_seen=min(dates, default=None),
        last_seen=max(dates, default=None),
        outlets=tuple(outlets),
        wire_copies=len(outlets) - len(_outlets(firsts)),
        kinds=tuple(sorted({mention.kind for mention in mentions})),
        signals=signals,
        proximity=proximity,
        sensitive=story_topic([headline(mention) for mention in mentions], [signal.sentence for signal in signals]),
        about=round(max(each.about for each in told), 4),
        doubtful=all(each.doubtful for each in told),
        sentiment=mood.sentiment,
        parts=scored,
        score=score(scored),
    )


def _signals(mentions: Sequence[Mention], identity: Identity) -> tuple[Signal, ...]:
    return story_signals(mentions, identity.forms, [is_own(identity, each) for each in mentions])


def by_date(mention: Mention) -> tuple[bool, float, str]:
    """The order of mentions: oldest first, undated last, then by id."""
    moment = mention.published_at
    return (moment is None, moment.timestamp() if moment else 0.0, mention.id)


def _values(
    told: Sequence[Judged], firsts: Sequence[Mention], signals: Sequence[Signal], mood: Mood, around: Around
) -> dict[str, Valued]:
    mentions = [each.mention for each in told]
    closest = min(told, key=lambda each: -(each.closeness.value if each.closeness else 0.0))
    kinds = sorted({mention.kind for mention in mentions})
    text = "\n".join(f"{each.title}\n{each.text[:LEAD_CHARACTERS]}" for each in mentions[:READ_FOR_OFFERS])
    return {
        "recency": freshest(firsts, around.now, around.config.half_life_days),
        "volume": _volume(mentions, firsts, around.standings),
        "burst": burst(recent(firsts, around.now), around.usual),
        "proximity": (
            proximity_value(closest, _one_per_outlet(told)),
            closest.closeness.because if closest.closeness else "",
        ),
        "signal": event(signals),
        "context": fit(around.call, signals, text),
        "feedback": usefulness(around.marks, features(signals, kinds)),
        "sentiment": feeling(mood),
    }


def _volume(mentions: Sequence[Mention], firsts: Sequence[Mention], standings: Mapping[str, float]) -> Valued:
    independent = len(_outlets(firsts))
    copies = len(_outlets(mentions)) - independent
    loudest = max(mentions, key=lambda mention: (standings.get(mention.id, 0.0), mention.id))
    standing = standings.get(loudest.id, 0.0)
    said = reactions_of(loudest) if standing else ""
    return volume(independent, copies, standing), loudness(independent, copies, said)


def _best_first(each: Judged) -> tuple[float, bool, bool, bool, float, str]:
    """Closest, then independent news, then dated, then with text, then newest."""
    mention = each.mention
    moment = mention.published_at.timestamp() if mention.published_at else 0.0
    close = each.closeness.value if each.closeness else 0.0
    return (-close, mention.kind is not Kind.NEWS, not mention.published_at, not mention.text, -moment, mention.id)


def _proximity(each: Judged) -> Proximity:
    return each.closeness.proximity if each.closeness else Proximity.PASSING


def _outlets(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.outlet for mention in mentions))


def _one_per_outlet(told: Sequence[Judged]) -> list[Judged]:
    """The best mention of each outlet."""
    return list({each.mention.outlet: each for each in reversed(told)}.values())
