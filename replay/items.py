"""What the searches find: an article, and a story or comment on Hacker News."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from replay.shelf import UNDATED, Row

_SNIPPET = 220


@dataclass(frozen=True)
class Article:
    """One page of news. ``seen``: first public, also for an undated one."""

    url: str
    title: str
    outlet: str
    outlet_url: str
    paragraphs: tuple[str, ...]
    seen: datetime
    published: datetime | None = None
    author: str = ""

    @property
    def text(self) -> str:
        """All paragraphs."""
        return "\n".join(self.paragraphs)

    @property
    def snippet(self) -> str:
        """The first words, cut like a search engine cuts them."""
        text = " ".join(self.text.split())
        return text if len(text) <= _SNIPPET else text[:_SNIPPET].rsplit(" ", 1)[0] + " ..."

    def row(self) -> Row:
        """For a shelf."""
        return Row(self.title, self.text, host_of(self.url), seconds(self.published), seconds(self.seen))


@dataclass(frozen=True)
class HnItem:
    """A story, or a comment when it has a ``story_id``."""

    number: int
    author: str
    created: datetime
    title: str = ""
    url: str = ""
    points: int = 0
    comments: int = 0
    text: str = ""
    story_id: int = 0
    story_title: str = ""
    story_url: str = ""

    @property
    def is_comment(self) -> bool:
        """Comments have no title of their own."""
        return self.story_id != 0

    def row(self) -> Row:
        """For a shelf."""
        created = seconds(self.created)
        body = f"{self.text}\n{self.url}\n{self.author}"
        return Row(self.title, body, host_of(self.url), created, created)


def host_of(url: str) -> str:
    """The host in lower case, empty for what is no web address."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def seconds(moment: datetime | None) -> int:
    """Since 1970."""
    return UNDATED if moment is None else int(moment.timestamp())


def rfc822(moment: datetime) -> str:
    """``Tue, 14 Jul 2026 03:33:16 GMT``."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def iso(moment: datetime) -> str:
    """``2026-07-14T03:33:16Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
