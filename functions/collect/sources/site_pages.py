"""What can be read off a company's own pages: where its feeds are, and its articles."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from collect.article import read_article
from collect.completing import with_facts
from collect.feeds import Entry
from collect.links import canonical_url, outlet_of
from collect.mentions import from_entry
from collect.question import Question
from precall.fetch import Page
from precall.model import Kind, Mention, TextOrigin

USUAL_FEEDS = ("/feed", "/rss.xml")
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_WANTED = ("press", "news", "blog", "release")
READ_LIMIT = 1_000_000
"""Characters of a page that are read."""


def feed_links(soup: BeautifulSoup, base: str) -> list[str]:
    """The feeds that a page at `base` announces (`<link rel="alternate">`, RSS Advisory Board's autodiscovery): news
    first, comments left out."""
    base = canonical_url(attribute(soup.find("base"), "href"), base) or base
    found: dict[str, bool] = {}
    for tag in soup.find_all("link"):
        url = canonical_url(attribute(tag, "href"), base)
        about = f"{attribute(tag, 'title')} {url}".lower()
        if url and _announces_feed(tag) and "comment" not in about:
            found.setdefault(url, any(word in about for word in _WANTED))
    return sorted(found, key=lambda url: not found[url])


def usual_feeds(page: Page) -> list[str]:
    """Where a feed often is when none is announced."""
    return [canonical_url(path, page.url) for path in USUAL_FEEDS]


def first_party(entry: Entry, question: Question, *, own: Iterable[str], name: str, language: str | None) -> Mention:
    """The mention of an entry of the company's own feed; a link to somebody else's site (`own`: the registrable
    domains that are the company's) is news."""
    whole = len(entry.content) > len(entry.summary)
    mention = from_entry(
        entry,
        question,
        source="site",
        kind=Kind.FIRST_PARTY,
        text=entry.content if whole else entry.summary,
        text_origin=TextOrigin.ARTICLE if whole else TextOrigin.SNIPPET,
        language=language,
    )
    if mention.outlet in own:
        return mention.model_copy(update={"outlet_name": name or mention.outlet})
    return mention.model_copy(update={"kind": Kind.NEWS, "outlet_name": mention.outlet})


def from_page(page: Page, question: Question) -> Mention | None:
    """The mention of an article's page of which only the address was known; None where it has no title or is a wall."""
    article = read_article(page, question.asked_at)
    url = canonical_url(article.url)
    if article.barrier or not article.title or not url:
        return None
    own = (outlet_of(url),)
    entry = Entry(article.title, url)
    mention = first_party(entry, question, own=own, name=question.prospect.label, language=None)
    return with_facts(mention, article)


def _announces_feed(tag: Tag) -> bool:
    rel = tag.get("rel") or ()
    rels = rel.split() if isinstance(rel, str) else rel
    return "alternate" in (word.lower() for word in rels) and attribute(tag, "type").lower().strip() in _TYPES


def attribute(tag: object, name: str) -> str:
    """The value of a tag's attribute; "" where there is no tag, or no single value."""
    value = tag.get(name) if isinstance(tag, Tag) else None
    return value if isinstance(value, str) else ""
