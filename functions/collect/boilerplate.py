"""Lines of an article that are the site's, not the author's: invitations, pointers to other articles, notices."""

from __future__ import annotations

import re

_LINE = 300
"""A longer line is a paragraph, whatever its first words are."""
_WHOLE = re.compile(
    r"""^[\W_]*(?:
        advertisement|anzeige|werbung|publicidad|publicité|sponsored(?:\ content)?|loading(?:\.{3}|…)?
        |share(?:\ (?:this(?:\ (?:article|story|post|page))?|on\ \w+|via\ \w+))?
        |(?:tweet|pin\ it|e-?mail|print|copy\ link)
        |print\ (?:this\ )?article|order\ reprints|save(?:\ article)?|comments?|leave\ a\ comment|tags?
        |related(?:\ \w+)?
        |(?:don['’]t|do\ not)\ miss|trending(?:\ \w+)?|most\ (?:read|popular)|recommended(?:\ \w+)?
        |more\ (?:stories|news)
        |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested\ in)|read\ (?:more|next)|see\ (?:more|also)
        |also\ read
        |thank\ you|thanks\ for\ signing\ up|sorry|(?:back\ to\ )?top|skip\ (?:to|advert)[\w\ ]*|follow\ us[\w\ ,]*
        |tell\ us\ what\ you\ think|photo(?:\ gallery)?|video|watch(?:\ now)?|listen(?:\ now)?|\d+\s*comments?
    )[\W_]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_BEGINS = re.compile(
    r"""^[\W_]*(?:
        (?:read|see|watch|listen|learn|click|find\ out)\s(?:more|next|also|now)\s*[:|–—-]|(?:also\ )?read\s*:
        |see\ also\s*:
        |(?:related|recommended|more\ on\ this|more\ from\ \w+|also\ on\ \w+|trending|don['’]t\ miss)\s*[:|]
        |(?:lesen\ sie\ auch|mehr\ zum\ thema
        |lire\ aussi|leia\ (?:também|mais)|lea\ también|leggi\ anche|lees\ ook)\b
        |click\ here\b|(?:please\ )?(?:sign\ up
        |signup|subscribe|register)\b.{0,80}\b(?:newsletters?|updates?|inbox|alerts?|access)
        |get\s.{0,60}\b(?:delivered|newsletters?|inbox|letterbox|app)\b
        |join\ our\b.{0,60}\b(?:newsletter|free|community)
        |follow\s.{0,60}\bon\s(?:twitter|facebook|instagram|linkedin|x|threads|google\ news|bluesky)\b
        |this\ copy\ is\ for\ your\ personal|this\ article\ has\ been\ sent|an?\ error\ has\ occurred
        |there\ was\ an\ error
        |keep\ an\ eye\ on\ your\ inbox|your\ subscription|by\ (?:signing\ up|subscribing|clicking)\b
        |(?:copyright\b|©|\(c\))\s?.{0,60}(?:all\ rights\ reserved|\b(?:19|20)\d\d)|all\ rights\ reserved
        |(?:we|this\ site)\ (?:use|uses|value)\ (?:cookies|your\ privacy)|download\ (?:the|our)\b.{0,40}\bapp\b
        |(?:write|e-?mail|contact|reach)\s.{0,50}\bat\s\S+@\S+|have\ a\ (?:news\ )?tip\b|got\ a\ tip\b
        |if\ you\ (?:buy|purchase)\s.{0,60}\blinks?\b|(?:image|photo|picture)\ (?:credit|source|by)s?\s*:
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS = re.compile(r"^https?://\S+$")
_SHOUTED = 15
"""Letters: a longer line in capitals points to another article; no paragraph is written so."""


def without_boilerplate(text: str, title: str) -> str:
    """`text` without its site's own lines, and without its title where it repeats that at the start."""
    lines = [line for line in text.splitlines() if line.strip() and not _is_boilerplate(line.strip())]
    while lines and _same(lines[0], title):
        del lines[0]
    while lines and _points_away(lines[-1]):
        del lines[-1]
    return "\n".join(line for line in lines if not _is_shouted(line))


def _is_boilerplate(line: str) -> bool:
    return (len(line) <= _LINE and bool(_WHOLE.match(line) or _BEGINS.match(line))) or line.startswith(
        ("http://", "https://")
    )


def _points_away(line: str) -> bool:
    """A heading or a pointer without the text that it would stand over."""
    return len(line) < 60 and line.rstrip().endswith((":", "…", "..."))


def _is_shouted(line: str) -> bool:
    return len(line) > _SHOUTED and line.isupper()


def _same(line: str, title: str) -> bool:
    one, other = (re.sub(r"\W+", "", text).casefold() for text in (line, title))
    return bool(one) and (one == other or (len(one) > 20 and other.startswith(one)))
