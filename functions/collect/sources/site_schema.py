"""schema.org's Organization on a page (https://schema.org/Organization): JSON-LD, else microdata, as plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag

from collect.links import canonical_url
from collect.plain import text_of, title_of

_TYPES = re.compile(
    r"(?:\w*Organization|Corporation|\w*Business|Airline|Consortium|\w*Store|NGO|LocalBusiness|Project|Brand)$"
)
_MOST = 200
_MOST_SCRIPTS = 30
_SINGLE = ("name", "legalName", "description", "url", "logo", "foundingDate", "tickerSymbol")


@dataclass(frozen=True)
class Organization:
    """What a page says of an organisation; "" and () where it says nothing. URLs are canonical."""

    name: str = ""
    legal_name: str = ""
    other_names: tuple[str, ...] = ()
    description: str = ""
    url: str = ""
    logo: str = ""
    founded: str = ""
    employees: str = ""
    locality: str = ""
    country: str = ""
    parent: str = ""
    same_as: tuple[str, ...] = field(default=())


def organizations(soup: BeautifulSoup, base: str) -> list[Organization]:
    """Those that the page describes, in its order."""
    found = [
        node
        for script in soup.find_all("script", type="application/ld+json", limit=_MOST_SCRIPTS)
        for node in _nodes(script)
    ]
    return [_read(node, base) for node in found or _microdata(soup)]


def _nodes(script: Tag) -> list[dict[str, Any]]:
    try:
        return [node for node in _walk(json.loads(script.get_text(), strict=False), 0) if _is_organization(node)]
    except (ValueError, RecursionError):
        return []


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The objects of a document: itself, in a list, in a graph, or as who published a page."""
    if depth > 4:
        return
    if isinstance(value, list):
        for one in value[:_MOST]:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "publisher", "mainEntity", "about"):
            yield from _walk(value.get(name), depth + 1)


def _is_organization(node: dict[str, Any]) -> bool:
    return any(_TYPES.match(kind.rpartition("/")[2]) for kind in _texts(node.get("@type")))


def _microdata(soup: BeautifulSoup) -> list[dict[str, Any]]:
    """The properties of the first organisation that is marked up in the page's elements."""
    is_type = re.compile(r"schema\.org/(?:" + _TYPES.pattern + ")", re.IGNORECASE)
    scope = soup.find(attrs={"itemscope": True, "itemtype": is_type})
    if not isinstance(scope, Tag):
        return []
    node: dict[str, Any] = {}
    for tag in scope.find_all(attrs={"itemprop": True}, limit=_MOST):
        value = next((tag[name] for name in ("content", "href", "src") if tag.get(name)), tag.get_text(" "))
        node.setdefault(str(tag["itemprop"]), []).append(value)
    return [node]


def _read(node: dict[str, Any], base: str) -> Organization:
    single = {name: title_of(next(_texts(node.get(name)), "")) for name in _SINGLE}
    address = _first_object(node.get("address"))
    return Organization(
        name=single["name"],
        legal_name=single["legalName"],
        other_names=tuple(title_of(name) for name in _texts(node.get("alternateName")))[:5],
        description=" ".join(text_of(next(_texts(node.get("description")), "")).split()),
        url=canonical_url(single["url"], base),
        logo=canonical_url(single["logo"], base),
        founded=single["foundingDate"],
        employees=title_of(_employees(node.get("numberOfEmployees"))),
        locality=title_of(next(_texts(address.get("addressLocality")), "")),
        country=title_of(next(_texts(address.get("addressCountry")), "")),
        parent=title_of(next(_texts(node.get("parentOrganization")), "")),
        same_as=tuple(url for text in list(_texts(node.get("sameAs")))[:50] if (url := canonical_url(text, base))),
    )


def _employees(value: Any) -> str:
    """ "410", or "200–500" of a range."""
    if isinstance(value, dict):
        low, high = (next(_texts(value.get(name)), "") for name in ("minValue", "maxValue"))
        return f"{low}–{high}" if low and high else next(_texts(value.get("value")), low)
    return next(_texts(value), "")


def _first_object(value: Any) -> dict[str, Any]:
    found = (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))
    return next(found, {})


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value: itself, a list's, an object's name, address or value; numbers as they are written."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = next((one[name] for name in ("name", "url", "@value") if isinstance(one.get(name), str)), None)
        if isinstance(one, str) and one.strip():
            yield one.strip()
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield f"{one:g}" if isinstance(one, float) else str(one)
