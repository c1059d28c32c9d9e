"""From what a source's format calls an item to a mention."""

from __future__ import annotations

from collect.dates import believed
from collect.feeds import Entry
from collect.links import outlet_of
from collect.question import Question
from precall.headlines import without_outlet
from precall.ids import mention_id
from precall.model import DateOrigin, Kind, Mention, TextOrigin


def from_entry(
    entry: Entry,
    question: Question,
    *,
    source: str,
    kind: Kind,
    text: str = "",
    text_origin: TextOrigin = TextOrigin.NONE,
    outlet: str | None = None,
    outlet_name: str = "",
    language: str | None = None,
) -> Mention:
    """The mention of a feed's entry; `outlet` is the registrable domain of its URL unless given. Its title is without
    the outlet's name; a date that cannot be is none."""
    outlet = outlet or outlet_of(entry.url)
    outlet_name = outlet_name or entry.outlet_name or outlet
    published_at = believed(entry.published_at, question.asked_at)
    return Mention(
        id=mention_id(entry.url),
        source=source,
        kind=kind,
        url=entry.url,
        outlet=outlet,
        outlet_name=outlet_name,
        title=without_outlet(entry.title, outlet_name, outlet),
        text=text,
        text_origin=text_origin if text else TextOrigin.NONE,
        author=entry.author,
        published_at=published_at,
        published_from=DateOrigin.FEED if published_at else None,
        published_precision=entry.precision,
        fetched_at=question.asked_at,
        language=language,
    )
