"""What mail readers support, as caniemail.com has tested it: nothing in the mail needs what one of them lacks."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from brief.render import as_html
from tests.unit.brief.full import full_again
from tests.unit.brief.situation import brief_of

ROOT = Path(__file__).parents[3]
FEATURES = Path(os.environ.get("PRECALL_DATA", ROOT / "../shared/data")) / "caniemail" / "caniemail.json"
CLIENTS = {
    "gmail": ("desktop-webmail", "ios", "android"),
    "outlook": ("windows", "outlook-com", "macos", "ios", "android"),
    "apple-mail": ("macos", "ios"),
}
LESS_BUT_READABLE = {
    "css-border-radius": "corners are square",
    "css-at-media-prefers-color-scheme": "the reader darkens the mail itself, or shows the light one",
    "css-at-media": "the layout is one fluid column without it",
    "css-color-scheme": "as above",
    "css-pseudo-class-focus-visible": "the reader's own focus mark shows",
    "css-outline": "the reader's own focus mark shows",
    "css-outline-offset": "the reader's own focus mark shows",
    "css-max-height": "the preheader is hidden by display and mso-hide as well",
    "css-overflow": "the preheader is hidden by display and mso-hide as well",
    "css-word-spacing": "normal is what is set",
    "css-table-layout": "bars are as wide as their cells say",
    "css-white-space": "labels may wrap",
    "html-bdi": "text keeps its own direction by dir",
    "css-min-width": "a condition of a media query, see css-at-media",
    "html-body": "Outlook for Mac puts its own in its place; the ground's colour is on a div as well",
}
"""Features that some of these readers lack, and what shows instead."""


@pytest.fixture(scope="module")
def features() -> dict[str, Any]:
    if not FEATURES.is_file():
        pytest.skip("PRECALL_DATA has no caniemail.json")
    return {feature["slug"]: feature for feature in json.loads(FEATURES.read_text())["data"]}


def used(html: str) -> set[str]:
    """The slugs of the features that a mail may use: CSS properties, at-rules, elements and attributes."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    sheets = " ".join(re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL))
    styles = " ".join(re.findall(r'style="([^"]*)"', html))
    properties = re.findall(r"(?<![-\w])([a-z][a-z-]+)\s*:", f"{styles} {sheets}")
    rules = re.findall(r"@([a-z-]+)|(prefers-color-scheme|:focus-visible)", sheets)
    tags, attributes = re.findall(r"<([a-z][a-z0-9]*)", html), re.findall(r'\s([a-z-]+)="', html)
    found = {f"css-{name}" for name in properties} | {f"html-{name}" for name in (*tags, *attributes)}
    for at, other in rules:
        name = {"prefers-color-scheme": "at-media-prefers-color-scheme", ":focus-visible": "pseudo-class-focus-visible"}
        found.add(f"css-{name.get(other, f'at-{at}')}")
    return found


def lacking(feature: dict[str, Any]) -> list[str]:
    """The readers whose newest tested version lacks the feature."""
    return [
        f"{family} {platform}"
        for family, platforms in CLIENTS.items()
        for platform in platforms
        if list(feature["stats"].get(family, {}).get(platform, {"": "u"}).values())[-1].startswith("n")
    ]


def test_what_a_reader_lacks_has_something_readable_instead(features: dict[str, Any]) -> None:
    found = used(as_html(brief_of(full_again())))
    known = found & features.keys()
    assert len(known) > 30
    lost = {slug: lacking(features[slug]) for slug in sorted(known - LESS_BUT_READABLE.keys())}
    assert {slug: readers for slug, readers in lost.items() if readers} == {}


def test_the_check_finds_what_is_not_supported(features: dict[str, Any]) -> None:
    found = used('<style>.a { display: grid } @import "x"</style><div style="position:fixed;filter:blur(1px)"></div>')
    assert lacking(features["css-filter"])
    assert {"css-filter", "css-position", "css-at-import", "css-display"} <= found
