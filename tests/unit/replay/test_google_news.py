from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote_plus
from xml.etree import ElementTree

import pytest

from replay import Web, world

if TYPE_CHECKING:
    from tests.unit.replay.conftest import Get

TARNMOOR = world.companies["tarnmoor"]


def _items(get: Get, query: str) -> list[ElementTree.Element]:
    answer = get(f"https://news.google.com/rss/search?q={quote_plus(query)}&hl=en-US&gl=US&ceid=US:en")
    assert answer.status == 200
    return ElementTree.fromstring(answer.content).findall("channel/item")


def test_an_item_has_googles_shape(get: Get) -> None:
    item = next(item for item in _items(get, f'"{TARNMOOR.name}"') if item.findtext("source") == "TideWire")
    link, guid = item.findtext("link") or "", item.find("guid")
    assert link.startswith("https://news.google.com/rss/articles/CBMi")
    assert link.endswith("?oc=5")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert (guid.text or "") in link
    assert (item.findtext("title") or "").endswith(" - TideWire")
    assert item.find("source").get("url") == "https://www.tidewire.example"  # type: ignore[union-attr]
    assert '<font color="#6f6f6f">TideWire</font>' in (item.findtext("description") or "")


def test_the_rich_company_is_covered_widely(get: Get) -> None:
    items = _items(get, f'"{TARNMOOR.name}"')
    outlets = {item.findtext("source") for item in items}
    assert len(items) >= 25
    assert len(outlets) >= 12


def test_the_wire_copy_is_at_five_outlets(get: Get) -> None:
    found = _items(get, '"led by Oxbow Lantern Capital" "Petronel Ashgrave"')
    assert len({item.findtext("source") for item in found}) == 5
    assert len({(item.findtext("title") or "").rpartition(" - ")[0] for item in found}) == 3


def test_when_leaves_out_the_stale_and_keeps_the_undated(get: Get, web: Web) -> None:
    items = _items(get, f'"{TARNMOOR.name}" when:7d')
    dates = [parsedate_to_datetime(text) for item in items if (text := item.findtext("pubDate"))]
    assert min((web.as_of - date).days for date in dates) >= 0
    assert max((web.as_of - date).days for date in dates) < 7
    assert any(item.find("pubDate") is None for item in items)
    assert any("recalls" in (item.findtext("title") or "") for item in _items(get, TARNMOOR.name))


def test_a_common_word_finds_its_namesakes(get: Get) -> None:
    titles = [item.findtext("title") or "" for item in _items(get, "Furrow")]
    assert any("biscuit maker" in title for title in titles)
    assert any("sourdough" in title for title in titles)


@pytest.mark.parametrize("key", ["drosselby"])
def test_nothing_is_known_of_the_empty_company(get: Get, key: str) -> None:
    assert _items(get, f'"{world.companies[key].name}"') == []


def test_hostile_titles_come_as_text(get: Get) -> None:
    titles = [item.findtext("title") or "" for item in _items(get, '"Nullwick Systems"')]
    assert any("<script>alert(1)</script>" in title for title in titles)
    assert any(title.startswith("=HYPERLINK(") for title in titles)
    assert max(map(len, titles)) > 5000


def test_without_a_query_there_is_a_redirect(get: Get) -> None:
    assert get("https://news.google.com/rss/search?q=").status == 302


def test_an_article_link_gives_nothing_away(get: Get) -> None:
    link = _items(get, TARNMOOR.name)[0].findtext("link") or ""
    answer = get(link)
    assert answer.status == 200
    assert b".example" not in answer.content
