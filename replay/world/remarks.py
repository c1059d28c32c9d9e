"""What people say about the made-up companies on networks, in forums and in stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from replay.items import seconds
from replay.shelf import Row

Network = Literal[
    "reddit", "mastodon", "lemmy", "bluesky", "stack_exchange", "youtube", "podcasts", "app_store"
]  # fmt: skip
Flag = Literal["answer", "bot", "repost"]


@dataclass(frozen=True)
class Remark:
    """One of them, as written. `by` is the author in the network's own spelling, `place` the subreddit, community,
    site, channel, show or app; `part_of` the question that an answer belongs to, or the number of a show; `points` are
    the network's reactions, and a review's stars."""

    network: Network
    id: str
    by: str
    hours_ago: float
    title: str = ""
    text: str = ""
    place: str = ""
    part_of: str = ""
    points: int = 0
    comments: int = 0
    undated: bool = False
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Said:
    """A remark with its date; `published` is None for an undated one."""

    remark: Remark
    at: datetime

    @property
    def published(self) -> datetime | None:
        """What the network says of the date."""
        return None if self.remark.undated else self.at

    def row(self) -> Row:
        """For a shelf, on which the network stands for the host."""
        remark = self.remark
        return Row(remark.title, remark.text, remark.network, seconds(self.published), seconds(self.at))


def said(remarks: tuple[Remark, ...], as_of: datetime) -> Iterator[Said]:
    """The remarks as of a moment."""
    for remark in remarks:
        yield Said(remark, as_of - timedelta(hours=remark.hours_ago))
