"""No reader takes longer for an answer than its length justifies, whatever it says over and over."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from collect.article import read_article
from collect.plain import summary_of, title_of
from collect.sources.site_profile import read_home
from collect.sources.sitemaps import announced, read_sitemap
from precall.identity import MAX_TEXT
from precall.names import short_name
from precall.sentences import sentences
from tests.unit.collect.support import ASKED_AT, about, page

LENGTH, SECONDS = 100_000, 5.0
"""Letters in each place, and the processor time for all: what is read in the square of its length takes far more."""
TOKENS = (
    "a", "A ", "1", " ", "\n", ".", "a.", "-", "a@", "2020-01-01T", "a, ", "(", "“", '"', "/", "&", "&#", "&lt;!--",
    "<b ", "<b>", "</b>", "<!--", "<a href='", "--> ", '{"a":', "[", "by ", "日",
)  # fmt: skip
GOOD = "<p>" + "Marlbrook Pumps opened a new plant in Leeds on Monday, the company said. " * 6 + "</p>"


def _page(said: str) -> str:
    """It in all places that a reader looks at."""
    quoted = html.escape(html.unescape(said))
    data = dict.fromkeys(("headline", "datePublished", "author", "articleBody", "name", "@type"), said)
    script = json.dumps({"@type": "NewsArticle", "publisher": data}).replace("</", "<\\/")
    names = ("og:title", "author", "article:published_time", "og:site_name", "description")
    return (
        "<html><head><title>News</title>"
        + "".join(f'<meta property="{name}" content="{quoted}">' for name in names)
        + f'<script type="application/ld+json">{script}</script><script>{said.replace("</", "")}</script>'
        + '<script type="application/ld+json">-->' + " " * len(said) + "x</script></head><body><article>"
        + f'<h1>{quoted}</h1><span class="byline" rel="author">{quoted}</span><time datetime="{quoted}">{quoted}</time>'
        + f'{GOOD}<p>{quoted}</p></article><footer><a href="/{quoted}">{quoted}</a></footer>{said}</body></html>'
    )  # fmt: skip


READERS: dict[str, Callable[[str], Any]] = {
    "article": lambda said: read_article(page(_page(said), "text/html"), ASKED_AT),
    "home page": lambda said: read_home(page(_page(said), "text/html"), about(domain="marlbrook.example")),
    "sitemap": lambda said: read_sitemap(
        page(f"<urlset><url><loc>{said}</loc><lastmod>{said}</lastmod></url></urlset>")
    ),
    "robots.txt": lambda said: announced(page(said, "text/plain")),
    "title": lambda said: (title_of(said), title_of(said, is_html=True)),
    "summary": summary_of,
    "sentences": lambda said: sentences.__wrapped__(said[:MAX_TEXT]),
    "name": lambda said: short_name(f"A{said}B"),
}


@pytest.mark.parametrize("token", TOKENS, ids=repr)
@pytest.mark.parametrize("name", READERS)
def test_what_is_said_over_and_over_takes_no_longer(name: str, token: str) -> None:
    began = time.process_time()
    READERS[name](token * (LENGTH // len(token)))
    assert time.process_time() - began < SECONDS
