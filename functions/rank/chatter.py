"""All that is said about the prospect: where it is generated, how much on each day, and against what is usual."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from precall.model import Chatter, DayCount, Kind, KindCount, Mention
from rank.burst import RECENT_DAYS, Usual, ratio
from rank.mood import Moods


def chatter(
    mentions: Sequence[Mention], counts: Mapping[date, int], days: Sequence[date], usual: Usual, moods: Moods
) -> Chatter:
    """The summary over all `mentions` that are about the prospect.

    `counts` are independent texts by day, `days` those of the window, oldest first; `usual` is what a day has.
    """
    recent = sum(counts.get(day, 0) for day in days[-RECENT_DAYS:])
    return Chatter(
        kinds=tuple(_kinds(mentions, moods)),
        days=tuple(DayCount(day=day, mentions=counts.get(day, 0)) for day in days) if mentions else (),
        normal=None if usual.normal is None else round(usual.normal, 4),
        normal_from=usual.normal_from,
        burst=None if usual.normal is None else round(ratio(recent, usual.normal), 4),
    )


def _kinds(mentions: Sequence[Mention], moods: Moods) -> list[KindCount]:
    """Each kind of place with its counts and its mood, the loudest first."""
    found: dict[Kind, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.kind].append(mention)
    rows = [
        KindCount(kind=kind, mentions=len(own), outlets=len({m.outlet for m in own}), sentiment=moods.of(own).sentiment)
        for kind, own in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.mentions, row.kind))
