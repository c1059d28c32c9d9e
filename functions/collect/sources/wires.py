"""Press-release wires: their newest releases as RSS, of which those that name the prospect are kept.

PR Newswire and GlobeNewswire name who issued a release (`dc:contributor`), Business Wire does not.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from functools import partial

from collect.batch import Batch
from collect.feed_entries import Entry
from collect.feeds import read_feed
from collect.links import outlet_of
from collect.mentions import from_entry
from collect.question import Question
from collect.sources.searching import Inquiry, inquire
from precall.fetch import Door, Page
from precall.identity import Identity, identity_of
from precall.model import Kind, Mention, TextOrigin
from precall.names import short_name

_ACCEPT = {"accept": "application/rss+xml,application/xml;q=0.9,*/*;q=0.1"}
_MOST_READ = 500
"""Releases that are looked at in one feed."""
_NAMES = {
    "accesswire.com": "ACCESS Newswire",
    "businesswire.com": "Business Wire",
    "einpresswire.com": "EIN Presswire",
    "globenewswire.com": "GlobeNewswire",
    "newswire.ca": "CNW",
    "prnewswire.co.uk": "PR Newswire",
    "prnewswire.com": "PR Newswire",
}


class Wires:
    """See the module."""

    name = "wires"
    label = "Press-release wires"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a company, and feeds to read."""
        if not question.company:
            return "the lead names no company that could be looked for"
        return None if question.tuning.wires.feeds else "precall.yaml lists no feed under sources.wires.feeds"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each feed."""
        read = partial(parse, question=question)
        return inquire(door, (Inquiry(url, read, headers=_ACCEPT) for url in question.tuning.wires.feeds))


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a feed's releases that name the prospect. Pure."""
    feed, who = read_feed(page, _MOST_READ), identity_of(question.prospect, question.profile)
    ours = [entry for entry in feed.entries if _names(entry, who)][: question.limit]
    return Batch(tuple(_mention(entry, question, feed.language) for entry in ours), feed.flaw)


def _names(entry: Entry, who: Identity) -> bool:
    """A name that is also a word of its own counts only where it is all of the issuer's, or beside the contact's: wires
    carry everybody's releases, and "Target Hospitality" is not Target."""
    said = "\n".join((entry.title, entry.summary, entry.content, *entry.contributors))
    issuers = {short_name(issuer).casefold() for issuer in entry.contributors}
    if any(form.find(said) for form in who.sure) or any(form.text.casefold() in issuers for form in who.doubtful):
        return True
    return who.names_contact(said) and any(form.find(said) for form in who.doubtful)


def _mention(entry: Entry, question: Question, language: str | None) -> Mention:
    """The outlet is the wire, where copies of a release have their origin; the author is who issued it."""
    issuer = next(iter(entry.contributors), None)
    return from_entry(
        replace(entry, author=issuer or entry.author),
        question,
        source=Wires.name,
        kind=Kind.NEWS,
        text=entry.content or entry.summary,
        text_origin=TextOrigin.ARTICLE if entry.content else TextOrigin.SNIPPET,
        outlet_name=_NAMES.get(outlet_of(entry.url), ""),
        language=language,
    )
