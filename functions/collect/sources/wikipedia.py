"""Wikipedia and Wikidata: who the account is, who else is called so, and what is known of it beyond the news."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable
from urllib.parse import quote

from collect.batch import Batch
from collect.json_answers import json_of, string
from collect.links import canonical_url
from collect.plain import text_of, title_of
from collect.question import Question
from collect.sources.wikidata_choice import choose
from collect.sources.wikidata_items import Item, found_ids, items_of
from collect.sources.wikidata_profile import identity_of_item, named_by, told_by_item
from precall.fetch import Door, FetchError, Page
from precall.fetch.threads import aside
from precall.ids import mention_id
from precall.model import AccountFact, AccountProfile, Kind, Mention, TextOrigin
from precall.naming import names_of

API = "https://www.wikidata.org/w/api.php"
SUMMARY = "https://en.wikipedia.org/api/rest_v1/page/summary/"
MOST_NAMES = 2
MOST_ITEMS = 8
_LIMIT = 8_000_000
"""Bytes of an answer: the items of large companies have thousands of statements."""
_DEADLINE = 60.0
"""Seconds for one request; the source's own deadline is shorter and ends everything."""
_FIRST_SENTENCE = re.compile(r"^.{20,480}?[.!?](?=\s+[A-Z(]|\s*$)", re.DOTALL)


class Wikipedia:
    """See the module."""

    name = "wikipedia"
    label = "Wikipedia"
    waits = False
    resolves = True

    def lacks(self, question: Question) -> str | None:
        """It needs a name or a domain, which every prospect has."""
        return None if question.company else "the lead names no company that could be searched for"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """The item of the account as soon as it is chosen; then what it says in words, and the encyclopaedia's entry.

        A page that is not the account's is never read: without an item there is only who else is called so.
        """
        items, flaw = await _candidates(question, door)
        choice = await aside(choose, items, question)
        known = AccountProfile(namesakes=choice.namesakes)
        if choice.item is None:
            yield Batch(profile=None if flaw else known, flaw=flaw)
            return
        yield Batch(profile=identity_of_item(choice.item, {}).merged(known), flaw=flaw)
        summary = asyncio.ensure_future(_summary(choice.item, question, door))
        try:
            yield await _in_words(choice.item, question, door)
            yield await summary
        finally:
            summary.cancel()


async def _candidates(question: Question, door: Door) -> tuple[list[Item], str | None]:
    """The items that a search for the account's names gives, in its order, and the first thing that went wrong."""
    names = [name.text for name in names_of(question.prospect.account)]
    found = await asyncio.gather(*(_searched(name, door) for name in names[:MOST_NAMES]))
    ids = list(dict.fromkeys(id for hits, _ in found for id in hits))[:MOST_ITEMS]
    flaws = [flaw for _, flaw in found if flaw]
    if not ids:
        return [], next(iter(flaws), None)
    items, flaw = await _items(ids, door, props="labels|aliases|descriptions|claims|sitelinks", sitefilter="enwiki")
    return sorted(items, key=lambda item: ids.index(item.id) if item.id in ids else len(ids)), flaw


async def _searched(name: str, door: Door) -> tuple[list[str], str | None]:
    asked = {"action": "wbsearchentities", "search": name, "language": "en", "limit": "7", "format": "json"}
    try:
        return found_ids(await door.get(API, params=asked, deadline=_DEADLINE))
    except FetchError as error:
        return [], str(error)


async def _items(ids: Iterable[str], door: Door, **more: str) -> tuple[list[Item], str | None]:
    asked = {"action": "wbgetentities", "ids": "|".join(ids), "languages": "en|mul", "format": "json", **more}
    try:
        page = await door.get(API, params=asked, limit=_LIMIT, deadline=_DEADLINE)
    except FetchError as error:
        return [], str(error)
    return await aside(items_of, page)


async def _in_words(item: Item, question: Question, door: Door) -> Batch:
    ids = named_by(item)
    others, _ = await _items(ids[:50], door, props="labels") if ids else ([], None)
    return told_by_item(item, {other.id: other.label for other in others}, question)


async def _summary(item: Item, question: Question, door: Door) -> Batch:
    if not item.title:
        return Batch()
    try:
        page = await door.get(SUMMARY + quote(item.title.replace(" ", "_"), safe=""), deadline=_DEADLINE)
    except FetchError as error:
        return Batch(flaw=f"its entry {error}")
    return parse_summary(page, item.id, question)


def parse_summary(page: Page, wikidata: str, question: Question) -> Batch:
    """The entry of a page's summary (https://en.wikipedia.org/api/rest_v1/), if it is about the item. Pure."""
    answer, flaw = json_of(page)
    text = text_of(string(answer, "extract"))
    url = canonical_url(string(answer, "content_urls", "desktop", "page"))
    title = title_of(string(answer, "title"))
    if flaw or not (text and url and title):
        return Batch(flaw=flaw or "the entry has no title, address or text")
    if string(answer, "type") != "standard" or string(answer, "wikibase_item") not in ("", wikidata):
        return Batch()
    entry = Mention(
        id=mention_id(url),
        source=Wikipedia.name,
        kind=Kind.REFERENCE,
        url=url,
        outlet="wikipedia.org",
        outlet_name=Wikipedia.label,
        title=title,
        text=text,
        text_origin=TextOrigin.SNIPPET,
        fetched_at=question.asked_at,
        language="en",
    )
    first = _FIRST_SENTENCE.match(text)
    facts = (AccountFact(name="description", value=first[0], mention_id=entry.id),) if first else ()
    return Batch((entry,), facts=facts)
