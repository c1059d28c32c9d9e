"""The brief as an e-mail (HTML and plain text), from its data and from nothing else.

All text in a brief comes from outside: HTML escapes every value, only http(s) addresses become links, and characters
that a mail reader or a terminal would obey (controls, direction overrides) are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from pathlib import Path
from textwrap import wrap as wrapped
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from brief import charts
from brief.evidence import Evidence
from brief.when import call_time, clock_time, day, until
from brief.wording import CUSTOMER, KINDS, LABELS, LANGUAGES, PURPOSES, SIGNALS, TAGS
from precall.clock import age
from precall.locales import Reader
from precall.model import Brief, BriefStory, ScorePart
from precall.templating import CompiledLoader

_FOLDER = Path(__file__).parent / "templates"
MOST_BYTES = 90_000
ROOMS = (1.0, 0.7, 0.5, 0.3, 0.15)
"""Shares of the usual lengths of texts and addresses, tried one after the other."""
MORE_STORIES = 100
_INDENTATION = re.compile(r"\n\s+")
WIDTH = 72
"""Columns of the plain text."""
_CHIP = {
    "positive": "background-color:#e3f4e8;color:#14532d",
    "negative": "background-color:#fdeae8;color:#8a1c12",
    "neutral": "background-color:#eef1f5;color:#3d4858",
    "mixed": "background-color:#fdf6e3;color:#5f430d",
    "unknown": "background-color:#eef1f5;color:#3d4858",
    "tag": "background-color:#eef1f5;color:#3d4858",
    "hold": "background-color:#fdeae8;color:#8a1c12",
}
"""The colours of a mood or a tag in light mail readers; the template has those for dark ones. The words say it too."""
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_URL = 800
_LONGEST_CHARACTER = len("&amp;")
_LONGEST_WORD = 30


def as_html(brief: Brief) -> str:
    """The HTML part: one document, no image, no script, below 90 KB: mail readers cut off what is longer.

    Where overlong texts and addresses would make it larger, all of them are cut shorter.
    """
    for room in ROOMS:
        html = _INDENTATION.sub("\n", templates(room).get_template("brief.html.j2").render(_facts(brief)))
        if len(html.encode()) <= MOST_BYTES:
            break
    return html


def as_page(brief: Brief, evidence: Evidence) -> str:
    """The page: the same brief with every mention and every part of the scores; no script, one style of its own."""
    further = [story for i in evidence.told if i not in evidence.shown and (story := evidence.stories.get(i))]
    facts = {
        **_facts(brief),
        "style": Markup(_style()),  # noqa: S704 - our own file
        "kinds": KINDS,
        "mentions_of": lambda story: [evidence.mentions[i] for i in story.mention_ids],
        "more": [(story, evidence.mentions[story.mention_ids[0]]) for story in further[:MORE_STORIES]],
    }
    return templates().get_template("page.html.j2").render(facts)


def as_text(brief: Brief) -> str:
    """The plain text part: lines of at most 72 columns, but for addresses and words that are longer."""
    text = templates().get_template("brief.txt.j2").render(_facts(brief))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def as_note(brief: Brief) -> str:
    """The short form, for a note in the CRM or a message in a chat: bottom line, openers, three headlines, the link."""
    text = templates().get_template("note.txt.j2").render(_facts(brief))
    return re.sub(r"\n{2,}", "\n", text).strip() + "\n"


def _facts(brief: Brief) -> dict[str, Any]:
    reader, account = _reader(brief), brief.prospect.account
    number = reader.locale.number
    return {
        "brief": brief,
        "label": LABELS,
        "zone": reader.zone,
        "day": lambda moment: day(moment, reader) if moment else LABELS["undated"],
        "as_of_clock": clock_time(brief.as_of, reader),
        "as_of_day": day(brief.as_of, reader),
        "call_time": call_time(brief.call_at, brief.as_of, reader) if brief.call_at else None,
        "until": until(brief.call_at, brief.as_of) if brief.call_at else None,
        "ago": lambda moment: f"{age(moment, brief.as_of)} ago",
        "number": number,
        "why": lambda parts: _why(parts, number),
        "chip_style": _CHIP,
        "signals": SIGNALS,
        "tags_of": _tags,
        "known": _known(brief),
        "contact": _contact(brief),
        "volume": charts.volume(brief, reader.locale),
        "mood_of_all": charts.mood(brief),
        "kind_mood": charts.of_kind,
        "wrong": LABELS["wrong_company" if account.name or account.domain else "wrong_person"],
        "width": WIDTH,
    }


def _reader(brief: Brief) -> Reader:
    return Reader(brief.rep.time_zone, brief.rep.locale) if brief.rep else Reader("UTC")


def _tags(story: BriefStory) -> list[tuple[str, str]]:
    """What marks a story out, each with its style."""
    language = story.language if story.language and not story.language.startswith("en") else None
    marked = {
        "breaking": ("negative", story.breaking),
        "new": ("tag", story.new),
        "doubtful": ("mixed", story.doubtful),
        "sensitive": ("hold", story.sensitive),
        "language": ("tag", language),
    }
    slots = {"topic": story.sensitive, "language": _language(language)}
    return [(TAGS[name].format_map(slots), css) for name, (css, holds) in marked.items() if holds]


def _contact(brief: Brief) -> tuple[str, str]:
    """The person and what they are: name and title; where the person is the headline, title and address."""
    contact = brief.prospect.contact
    if contact is None:
        return "", ""
    if brief.prospect.has_company:
        return brief.prospect.person, contact.title or ""
    return contact.title or "", str(contact.email or "") if contact.name else ""


def _language(tag: str | None) -> str | None:
    """ "German" of `de-AT`; the tag itself where it has no name here."""
    return LANGUAGES.get(tag.lower().replace("_", "-").partition("-")[0], tag) if tag else None


def _known(brief: Brief) -> str:
    """What the CRM says of how far things are: "Webinar sign-up, a customer, about the renewal"."""
    customer = {True: CUSTOMER[0], False: CUSTOMER[1], None: None}[brief.customer]
    purpose = PURPOSES.get(brief.purpose or "", brief.purpose)
    return ", ".join(said for said in (brief.lead_source, customer, brief.stage, purpose) if said)


def _why(parts: tuple[ScorePart, ...], number: Callable[[float, int], str]) -> str:
    """ "3 h old 0.92 · 7 outlets 0.70 · …"; a part that ranks nothing is left out."""
    return " · ".join(f"{part.because} {number(part.value, 2)}" for part in parts if part.weight and part.value)


@cache
def _style() -> str:
    return (_FOLDER / "page.css").read_text(encoding="utf-8")


@cache
def templates(room: float = 1.0) -> Environment:
    environment = Environment(
        loader=CompiledLoader(_FOLDER),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        clip=lambda text, most: clip(text, int(most * room)),
        quoted=quoted,
        web=lambda url: web_address(url, int(_LONGEST_URL * room)),
        host=host,
        wrap=_wrap,
    )
    return environment


def _inert(value: object) -> object:
    return value if isinstance(value, Markup) else _OBEYED.sub("", str(value))


_ESCAPED = {character: len(escape(character)) for character in "&<>'\""}
_THREE_BYTES = "\uffff"


def clip(text: str, most: int) -> str:
    """One line of at most `most` characters, cut at a word, with an ellipsis where something is missing.

    A character that HTML must escape counts as what it becomes, one of four bytes as two, so that no content makes a
    mail too large.
    """
    line = " ".join(_OBEYED.sub(" ", text).split())
    if len(line) * _LONGEST_CHARACTER <= most:
        return line
    lengths = list(accumulate(_ESCAPED.get(character) or 1 + (character > _THREE_BYTES) for character in line))
    if not line or lengths[-1] <= most:
        return line
    kept = line[: sum(length < most for length in lengths)]
    at_word = kept.rsplit(" ", 1)[0]
    return (at_word if len(kept) - len(at_word) < _LONGEST_WORD else kept) + "…"


def quoted(text: str) -> str:
    """`text` in quotation marks, unless it has its own: nobody reads two pairs."""
    return text if text[:1] in '“"‘«„' else f"“{text}”"


def web_address(url: str | None, longest: int = _LONGEST_URL) -> str:
    """`url` where it is a plain http(s) address, not longer than that, else "": nothing else becomes a link."""
    if not url or len(escape(url)) > longest or re.search(r"[\s\x00-\x1f\x7f\"'<>\\]", url):
        return ""
    try:
        parts = urlsplit(url)
        return url if parts.scheme.lower() in ("http", "https") and parts.hostname and "@" not in parts.netloc else ""
    except ValueError:
        return ""


def host(url: str) -> str:
    """The site that a link leads to, as people write it: "bbc.co.uk", so that nobody has to trust its words."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _wrap(text: object, indent: str = "", first: str | None = None) -> str:
    """`text` in lines of `WIDTH` columns, each with `indent`, the first one with `first`."""
    return "\n".join(
        wrapped(
            _OBEYED.sub(" ", str(text)),
            WIDTH,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
