"""What a chat is told of a brief: few lines, each with its source, out of what the brief says and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from deliver.channels import Message
from precall.locales import Reader
from precall.model import Brief, Sentence

STORIES, OPENERS, FAILURES = 3, 3, 2
LONGEST = 400
"""Characters of a line."""
LONGEST_NOTICE = 1_500
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Line:
    """One line. `source` and `url` say where it comes from, where it comes from somewhere."""

    text: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Short:
    """The short form, without a mark-up of any chat. `openers` are questions of ours."""

    title: str
    alerts: tuple[str, ...]
    lines: tuple[Line, ...]
    openers: tuple[str, ...] = ()
    stories: tuple[Line, ...] = ()


def short(message: Message) -> Short:
    """The short form of a message; a notice is told in its own words."""
    title = clean(message.subject, 150)
    if message.brief is None:
        return Short(title, (), (Line(clean(message.text, LONGEST_NOTICE)),))
    brief, rep = message.brief, message.assignment.rep
    reader = Reader(rep.time_zone, rep.locale)
    return Short(
        title=title,
        alerts=tuple(clean(failure, LONGEST) for failure in brief.failures[:FAILURES]),
        lines=tuple(map(_said, brief.bottom_line)),
        openers=tuple(clean(s.opener.text, LONGEST) for s in brief.signals if s.opener)[:OPENERS],
        stories=tuple(_stories(brief, reader)),
    )


def clean(text: str, most: int) -> str:
    """One line of at most `most` characters, without what a screen would obey, marked where it was cut."""
    line = " ".join(_OBEYED.sub(" ", text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def web_address(url: str) -> str:
    """A plain http(s) address that fits into a link, else ""."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    is_plain = parts.scheme in ("http", "https") and host and "@" not in parts.netloc and len(url) <= 2_000
    return url if is_plain and not re.search(r"[\s<>|\"\\^`{}\x00-\x1f\x7f]", url) else ""


def _said(sentence: Sentence) -> Line:
    if not sentence.citations:
        return Line(clean(sentence.text, LONGEST))
    cited = sentence.citations[0]
    return Line(clean(sentence.text, LONGEST), clean(cited.outlet, 60), web_address(cited.url))


def _stories(brief: Brief, reader: Reader) -> list[Line]:
    found = []
    for story in brief.stories[:STORIES]:
        on = f", {reader.locale.day(reader.local(story.published_at))}" if story.published_at else ""
        source = f"{clean(story.outlet, 60)}{on}"
        found.append(Line(clean(story.headline.text, LONGEST), source, web_address(story.url)))
    return found
