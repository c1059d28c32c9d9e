"""The text of an article, out of a tree that others read too."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from copy import copy
from functools import cache

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Extractor, use_config

from collect.page_tree import size_of

_LITTLE = 250
"""Letters: with less, the quick way may have missed the article."""
_BODY = re.compile(r"(?:article|story|post|entry)[-_]*(?:body|content|text)|articlebody", re.IGNORECASE)
_MOST_PARTS = 40
_SLOW_ELEMENTS = 5_000
"""Of a larger tree a second, slower look would take seconds."""
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints are about pages, and quote them


def text_in(tree: HtmlElement) -> str:
    """The paragraphs of the page's article, a line each; "" where there is none. `tree` is left as it is.

    trafilatura's quick way first; where that finds next to nothing, its slow one with other extractors beside it.
    """
    joined = _with_one_body(tree)
    text = _extracted(joined, quick=True)
    if len(text) < _LITTLE and size_of(joined) <= _SLOW_ELEMENTS:
        text = _extracted(joined, quick=False)
    return text


@cache
def _options(quick: bool) -> Extractor:
    """Without a least size the quick way never falls back on the text of the whole page."""
    config = use_config()
    if quick:
        config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "0")
    return Extractor(config=config, output_format="python", fast=quick, comments=False)


def _extracted(tree: HtmlElement, *, quick: bool) -> str:
    try:
        told = trafilatura.bare_extraction(tree, options=_options(quick))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""  # whatever a page holds, it has no text then
    return str(getattr(told, "text", None) or "")


def _with_one_body(tree: HtmlElement) -> HtmlElement:
    """The tree, or a copy in which the parts of an article that advertisements cut in pieces are one again: elements
    of the same class, named as an article's body is, each with paragraphs, none inside another."""
    parts = _parts(tree)
    if len(parts) < 2:
        return tree
    whole = copy(tree)
    first, *others = _parts(whole)
    for part in others:
        for child in list(part):
            first.append(child)
    return whole


def _parts(tree: HtmlElement) -> list[HtmlElement]:
    """Several articles on one page have several headings of the first order: they stay apart."""
    if sum(1 for _ in tree.iter("h1")) > 1:
        return []
    groups: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        named = element.get("class") or ""
        if _BODY.search(named) and element.find("p") is not None:
            groups[element.tag, named].append(element)
    parts = max(groups.values(), key=len, default=[])
    nested = any(part in other.iterancestors() for part in parts for other in parts[:_MOST_PARTS])
    return parts if len(parts) <= _MOST_PARTS and not nested else []
