"""A page's tree, parsed once for everything that is read from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from precall.fetch import Page

_READ_LIMIT = 5_000_000
_MOST_ELEMENTS = 30_000
"""A tree of more than that is no article; reading it would take seconds."""
_MOST_JSON_NODES = 5_000
_JSON = "application/ld+json"
_COMMENTED = etree.XPath("//@*[contains(., '<!--')]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*+(?:;\s*+)?$")


def tree_of(page: Page) -> HtmlElement | None:
    """The page's tree; None for what is no HTML, or too much of it. Nesting is cut by libxml2 at 256 levels."""
    text = _NOT_XML.sub("", page.text[:_READ_LIMIT])
    if "<" not in text:
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    if not len(tree) or size_of(tree) > _MOST_ELEMENTS:
        return None
    for value in _COMMENTED(tree):  # htmldate has them written, for which libxml2 takes the square of their length
        value.getparent().set(value.attrname, value.replace("<!--", "<! --"))
    return tree


def size_of(tree: HtmlElement) -> int:
    """How many elements are in a tree."""
    return int(tree.xpath("count(.//*)"))


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """Every object of the page's JSON-LD, at whatever depth, in its order; broken scripts are left out."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if _JSON in (script.get("type") or "").lower() and script.text:
            found += _objects(_parsed(script.text), _MOST_JSON_NODES - len(found))
    return found


def meta_of(tree: HtmlElement) -> dict[str, str]:
    """The first content of each `<meta>` by its property, name or itemprop in lower case."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def types_of(thing: dict[str, Any]) -> set[str]:
    """The schema.org types of an object of JSON-LD, without their address."""
    said = thing.get("@type")
    return {str(each).rpartition("/")[2] for each in (said if isinstance(said, list) else [said]) if each}


def _parsed(text: str) -> Any:
    try:
        return json.loads(_WRAPPING.sub("", text).strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, most: int) -> Iterator[dict[str, Any]]:
    """Without recursion: the nesting is the publisher's."""
    waiting, given = [value], 0
    while waiting and given < most:
        current = waiting.pop()
        if isinstance(current, dict):
            given += 1
            yield current
        inner = current.values() if isinstance(current, dict) else current if isinstance(current, list) else ()
        waiting += [each for each in reversed(list(inner)) if isinstance(each, dict | list)]
