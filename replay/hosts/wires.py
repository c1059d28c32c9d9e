"""PR Newswire, GlobeNewswire and Business Wire: their feeds of new releases, and the releases' pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from replay.items import rfc822
from replay.message import Answer, Request, html, xml
from replay.rss import element, text
from replay.web import Web, serves
from replay.world.records import ago, records
from replay.world.telling import told

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:prn="http://www.prnewswire.com/rss"><channel>'
)
_PATHS = {
    "www.prnewswire.com": ("/rss/", "prnewswire", "PR Newswire", "/news-releases/{slug}.html"),
    "www.globenewswire.com": ("/RssFeed/", "globenewswire", "GlobeNewswire", "/news-release/{number}/0/en/{slug}.html"),
    "feed.businesswire.com": ("/rss/", "businesswire", "Business Wire", "/news/home/{number}/en/{slug}"),
}


@serves("www.prnewswire.com", "www.globenewswire.com", "feed.businesswire.com", "www.businesswire.com")
def wires(request: Request, web: Web) -> Answer | None:
    """A wire's feed, or one of its releases."""
    host = request.host.replace("www.businesswire", "feed.businesswire")
    feeds, wire, label, path = _PATHS[host]
    releases = records("wires")[wire]
    if request.host == host and request.path.startswith(feeds):
        items = "".join(_item(each, _url(host, path, each), web.as_of) for each in releases)
        return xml(_HEAD + element("title", label) + element("language", "en") + items + "</channel></rss>", "text/xml")
    release = next((each for each in releases if path.format_map(_Slots(each)) == request.path), None)
    return html(_page(release, label, web.as_of)) if release else None


class _Slots(dict[str, Any]):
    """The fields of a release; one that is not given is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _url(host: str, path: str, release: dict[str, Any]) -> str:
    return f"https://{host.replace('feed.', 'www.')}{path.format_map(_Slots(release))}"


def _item(release: dict[str, Any], url: str, as_of: datetime) -> str:
    issuer, stock = release.get("issuer", ""), release.get("stock", "")
    return (
        "<item>"
        + element("title", release["title"])
        + element("link", url)
        + element("guid", url, isPermaLink="true")
        + element("description", told(release["text"], as_of))
        + element("pubDate", rfc822(ago(release, as_of)))
        + (element("category", stock, domain="https://www.globenewswire.com/rss/stock") if stock else "")
        + (element("dc:contributor", issuer) if issuer else "")
        + "</item>"
    )


def _page(release: dict[str, Any], label: str, as_of: datetime) -> str:
    date = f"{ago(release, as_of):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'<!doctype html><html lang="en"><head><title>{text(release["title"])}</title>'
        f'<meta name="date" content="{date}"></head><body><article><h1>{text(release["title"])}</h1>'
        f"<p>{text(told(release['text'], as_of))}</p></article><footer>{label}</footer></body></html>"
    )
