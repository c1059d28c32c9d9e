"""What a page says of its article: text, title, author, date, language, address, outlet; its tree is parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from collect.article_dates import Published, published
from collect.article_text import text_in
from collect.authors import authors_of
from collect.boilerplate import without_boilerplate
from collect.feeds import language_of
from collect.links import believed_canonical, outlet_of
from collect.page_tree import linked_data, meta_of, tree_of, types_of
from collect.plain import text_of, title_of
from collect.walls import is_teaser, wall
from precall.fetch import Page
from precall.headlines import without_outlet

_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher")
_BYLINES = './/*[@itemprop="author"]', './/a[@rel="author"]', './/*[@class="author"]', './/*[@class="byline"]'
_MOST_NAMES = 5
_BYLINE_LIMIT = 120
_LEAST = 60
"""Letters: less is a caption or a menu, no article."""


@dataclass(frozen=True)
class Article:
    """`url` is canonical where the page can be believed, `text` at most 20,000 characters; a `teaser` is only its
    beginning. A page that is no article, but a `barrier` ("a captcha"), has neither text nor date."""

    url: str
    title: str = ""
    text: str = ""
    teaser: bool = False
    author: str | None = None
    published: Published | None = None
    language: str | None = None
    outlet_name: str = ""
    barrier: str | None = None


def read_article(page: Page, asked_at: datetime) -> Article:
    """The article of `page`, as it stood at `asked_at`; never raises for its content. Tens of milliseconds."""
    tree = tree_of(page)
    if tree is None:
        return Article(page.url, barrier="no HTML page")
    meta, things = meta_of(tree), linked_data(tree)
    outlet_name = title_of(next((meta[name] for name in _OUTLETS if name in meta), ""))
    title = without_outlet(_title(tree, meta), outlet_name, outlet_of(page.url))
    raw = text_in(tree)
    barrier = wall(title, raw)
    if barrier:
        return Article(page.url, barrier=barrier)
    text = text_of(without_boilerplate(raw, title))
    return Article(
        url=believed_canonical(_canonical(tree, meta), page.url),
        title=title,
        text=text if len(text) >= _LEAST else "",
        teaser=is_teaser(text, _is_free(things)),
        author=_author(tree, meta, things),
        published=published(tree, meta, things, page.url, asked_at),
        language=_language(tree, meta, things),
        outlet_name=outlet_name,
    )


def _title(tree: HtmlElement, meta: dict[str, str]) -> str:
    told = next((meta[name] for name in _TITLES if name in meta), None) or tree.findtext(".//title") or ""
    headings = list(tree.iter("h1"))
    return title_of(told) or title_of(headings[0].text_content() if len(headings) == 1 else "")


def _canonical(tree: HtmlElement, meta: dict[str, str]) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href"))
    return meta.get("og:url", "")


def _author(tree: HtmlElement, meta: dict[str, str], things: list[dict[str, Any]]) -> str | None:
    """Of linked data, which has names apart, else of the metadata, else of a byline that is marked as one."""
    listed = [name for thing in things if _is_article(thing) for name in _names(thing.get("author"))]
    said = authors_of(listed[:_MOST_NAMES]) or authors_of([meta[name] for name in _AUTHORS if name in meta][:1])
    if said:
        return said
    bylines = (line.text_content().strip() for path in _BYLINES for line in tree.iterfind(path))
    return authors_of([next((line for line in bylines if 0 < len(line) <= _BYLINE_LIMIT), "")])


def _names(author: Any) -> list[str]:
    each = author if isinstance(author, list) else [author]
    found = [one.get("name") if isinstance(one, dict) else one for one in each[:_MOST_NAMES]]
    return [name for name in found if isinstance(name, str)]


def _is_article(thing: dict[str, Any]) -> bool:
    return any(kind.endswith(("Article", "Posting", "Report", "Review")) for kind in types_of(thing))


def _language(tree: HtmlElement, meta: dict[str, str], things: list[dict[str, Any]]) -> str | None:
    said = [tree.get("lang"), *(thing.get("inLanguage") for thing in things if _is_article(thing))]
    said += [meta.get("og:locale"), meta.get("content-language"), meta.get("language"), meta.get("dc.language")]
    return next(filter(None, map(language_of, said)), None)


def _is_free(things: list[dict[str, Any]]) -> bool | None:
    said = [str(thing["isAccessibleForFree"]).lower() for thing in things if "isAccessibleForFree" in thing]
    return said[0] == "true" if said else None
