from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote_plus, urlsplit
from xml.etree import ElementTree

from replay import world

if TYPE_CHECKING:
    from tests.unit.replay.conftest import Get

TARNMOOR = world.companies["tarnmoor"]
NEWS = "{https://www.bing.com:443/news/search}"


def _items(get: Get, query: str, more: str = "") -> list[ElementTree.Element]:
    answer = get(f"https://www.bing.com/news/search?q={quote_plus(query)}&format=rss{more}")
    return ElementTree.fromstring(answer.content).findall("channel/item")


def test_an_item_has_bings_shape(get: Get) -> None:
    item = _items(get, f'"{TARNMOOR.name}" Tolvanger interview OR standstill')[0]
    link = item.findtext("link") or ""
    assert link.startswith("http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=")
    assert "&url=https%3a%2f%2f" in link
    assert item.findtext(f"{NEWS}Source") == "Ops Notebook"
    assert (item.findtext("description") or "").endswith(" ...")


def test_a_link_leads_to_the_article(get: Get) -> None:
    for item in _items(get, TARNMOOR.name):
        answer = get(item.findtext("link") or "")
        assert answer.status == 302
        assert get(answer.headers["Location"]).status == 200


def test_duplicates_differ_in_tracking_parameters_only(get: Get) -> None:
    links = [item.findtext("link") or "" for item in _items(get, '"old cannery" Tarnmoor')]
    targets = [parse_qs(urlsplit(link).query)["url"][0] for link in links]
    pages = [target.partition("?")[0] for target in targets]
    assert len(set(targets)) == len(targets)
    assert max(map(pages.count, pages)) == 3


def test_the_interval_narrows(get: Get) -> None:
    week, month = _items(get, "Tarnmoor", "&qft=interval%3d%228%22"), _items(get, "Tarnmoor", '&qft=interval="9"')
    assert 0 < len(week) < len(month) < len(_items(get, "Tarnmoor"))
    assert len(_items(get, "Tarnmoor", "&count=3")) == 3


def test_without_rss_it_is_a_page(get: Get) -> None:
    answer = get("https://www.bing.com/news/search?q=Tarnmoor")
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_click_leads_nowhere_but_to_the_web(get: Get) -> None:
    assert get("http://www.bing.com/news/apiclick.aspx?url=javascript%3aalert(1)").status == 404
    location = get("http://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fa.example%2f%0d%0aSet-Cookie:%20x").headers
    assert "\n" not in location["Location"]
