"""Other extractors of article text, each where it is installed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

from bs4 import BeautifulSoup

from precall.fetch import Page

Extract = Callable[[Page], str]


def peers() -> dict[str, Extract | None]:
    """The text of a page by each peer's usual call; None for one that is not installed."""
    logging.disable(logging.WARNING)  # of pages that they cannot read
    makers = {"trafilatura": _trafilatura, "readability-lxml": _readability, "newspaper4k": _newspaper}
    return {name: _made(maker) for name, maker in makers.items()}


def _made(maker: Callable[[], Extract]) -> Extract | None:
    try:
        return maker()
    except ImportError:
        return None


def _trafilatura() -> Extract:
    trafilatura: Any = import_module("trafilatura")
    return lambda page: trafilatura.extract(page.text, include_comments=False) or ""


def _readability() -> Extract:
    readability: Any = import_module("readability")
    return lambda page: _seen(readability.Document(page.text).summary(html_partial=True))


def _newspaper() -> Extract:
    newspaper: Any = import_module("newspaper")

    def extract(page: Page) -> str:
        article = newspaper.Article("http://page.example/", language="en", fetch_images=False)
        article.download(input_html=page.text)
        article.parse()
        return str(article.text)

    return extract


def _seen(markup: str) -> str:
    return BeautifulSoup(markup, "lxml").get_text("\n")
