"""A mention, completed by what its own page says."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from collect.article import Article, read_article
from collect.links import outlet_of
from precall.fetch import Page
from precall.ids import mention_id
from precall.model import Mention, TextOrigin

_ALIKE = 25
"""Letters at the beginning of two titles of one article; what follows may be cut or be the outlet's name."""


def completed(mention: Mention, article: Article) -> Mention:
    """`mention` as `with_facts`, at the canonical address of its page."""
    told = with_facts(mention, article)
    if told is mention or outlet_of(article.url) != mention.outlet:
        return told
    return told.model_copy(update={"url": article.url, "id": mention_id(article.url)})


def with_article(mention: Mention, page: Page) -> Mention:
    """`mention` with the text, date, author and language of its page where it has none, or less text. Slow."""
    return with_facts(mention, read_article(page, mention.fetched_at))


def with_facts(mention: Mention, article: Article) -> Mention:
    """`mention`, completed by `article` unless that is a wall or another page; what a source said of its own stays."""
    if article.barrier or not _belongs(mention, article):
        return mention
    changes: dict[str, Any] = {"author": mention.author or article.author}
    changes["language"] = mention.language or article.language
    if mention.outlet_name == mention.outlet and article.outlet_name:
        changes["outlet_name"] = article.outlet_name
    if len(article.text) > len(mention.text):
        origin = TextOrigin.SNIPPET if article.teaser else TextOrigin.ARTICLE
        changes |= {"text": article.text, "text_origin": origin}
    if mention.published_at is None and article.published:
        dated = article.published.dated
        changes |= {"published_at": dated.at, "published_precision": dated.precision}
        changes["published_from"] = article.published.origin
    return mention.model_copy(update=changes)


def _belongs(mention: Mention, article: Article) -> bool:
    """Whether the page is still the mention's: sites send readers of what is gone to their home page, and others to a
    third party's page of consent; an outlet that moved keeps its headlines."""
    if urlsplit(article.url).path.strip("/") == "" != urlsplit(mention.url).path.strip("/"):
        return False
    outlets = {mention.outlet, outlet_of(mention.url)}
    return outlet_of(article.url) in outlets or _alike(mention.title, article.title)


def _alike(one: str, other: str) -> bool:
    first, second = (re.sub(r"\W+", "", title).casefold()[:_ALIKE] for title in (one, other))
    return bool(first) and first == second
