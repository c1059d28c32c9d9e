"""What a link on a company's page says of it: its accounts on social networks, its job boards, its apps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args
from urllib.parse import parse_qs, unquote, urlsplit

from precall.model import AccountProfile, Handle, JobBoard
from precall.model.account import JobBoardProvider, Network

_NAME = r"(?P<id>[\w.-]{1,100})"
_PAGES: dict[Network, re.Pattern[str]] = {
    "bluesky": re.compile(rf"bsky\.app/profile/{_NAME}"),
    "facebook": re.compile(rf"facebook\.com/(?:pages/[^/]+/)?{_NAME}"),
    "github": re.compile(rf"github\.com/(?:orgs/)?{_NAME}"),
    "instagram": re.compile(rf"instagram\.com/{_NAME}"),
    "linkedin": re.compile(rf"linkedin\.com/(?:company|showcase|school)/{_NAME}(?:/about)?"),
    "reddit": re.compile(rf"reddit\.com/r/{_NAME}"),
    "tiktok": re.compile(rf"tiktok\.com/@{_NAME}"),
    "x": re.compile(rf"(?:twitter|x)\.com/@?{_NAME}"),
    "youtube": re.compile(r"youtube\.com/channel/(?P<id>UC[\w-]{22})(?:/\w+)?"),
}
"""Where a network keeps an account's page; its path ends there, so that a post or a shared link is none."""
_MASTODON = re.compile(r"(?P<host>[\w.-]+\.\w{2,})/@(?P<id>\w{1,60})")
_NOT_MASTODON = re.compile(
    r"(?:^|\.)(?:medium|tiktok|youtube|threads|substack|telegram|flickr|speakerdeck)\.\w+$|^t\.me$"
)
_NO_ACCOUNTS = frozenset(
    """
    about accounts ads apps business company contact dialog events explore features groups hashtag help home intent
    jobs join legal login marketplace orgs p pages plugins policies pricing privacy profile profile.php reel search
    settings share share.php sharer sharer.php signup sponsors status stories terms topics tr tv watch
    """.split()
)
_BOARDS: dict[JobBoardProvider, re.Pattern[str]] = {
    "greenhouse": re.compile(rf"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/{_NAME}(?:/.*)?"),
    "lever": re.compile(rf"jobs\.lever\.co/{_NAME}(?:/.*)?"),
    "ashby": re.compile(r"jobs\.ashbyhq\.com/(?P<id>[^/]{1,100})(?:/.*)?"),
}
_GREENHOUSE_API = re.compile(rf"boards-api\.greenhouse\.io/v1/boards/{_NAME}(?:/.*)?")
_APP = re.compile(r"(?:apps|itunes)\.apple\.com/(?:[^?#]*/)?id(?P<id>\d{5,12})")


def told_by_links(links: Iterable[str], own: Iterable[str] = ()) -> AccountProfile:
    """What `links` (absolute URLs) lead to. `own` are those of them that say "this is me" (rel=me, schema.org's
    sameAs): only these may name an account on a server of its own, as Mastodon's are."""
    mine = list(own)
    every = list(dict.fromkeys([*mine, *links]))
    handles = [handle for url in every if (handle := handle_of(url, certain=url in mine))]
    return AccountProfile(
        handles=tuple({(handle.network, handle.id.casefold()): handle for handle in reversed(handles)}.values())[::-1],
        job_boards=tuple(dict.fromkeys(board for url in every if (board := _board(url)))),
        apps=tuple(dict.fromkeys(app for url in every if (app := _app(url)))),
    )


def handle_of(url: str, *, certain: bool = False) -> Handle | None:
    """The account whose page `url` is."""
    place = _place(url)
    for network in get_args(Network):
        page = _PAGES.get(network)
        found = page.fullmatch(place) if page else None
        if found and found["id"].casefold() not in _NO_ACCOUNTS:
            return Handle(network=network, id=found["id"], url=url)
    found = _MASTODON.fullmatch(place) if certain else None
    if found and not _NOT_MASTODON.search(found["host"]):
        return Handle(network="mastodon", id=f"{found['id']}@{found['host']}", url=url)
    return None


def _board(url: str) -> JobBoard | None:
    place = _place(url)
    for provider, page in _BOARDS.items():
        found = page.fullmatch(place)
        if found and found["id"] != "embed":
            return JobBoard(provider=provider, token=found["id"])
        if found:  # boards.greenhouse.io/embed/job_board?for=acme
            (token,) = parse_qs(urlsplit(url).query).get("for", [""])[:1]
            return JobBoard(provider=provider, token=token) if re.fullmatch(_NAME, token) else None
    api = _GREENHOUSE_API.fullmatch(place)
    return JobBoard(provider="greenhouse", token=api["id"]) if api else None


def _app(url: str) -> str | None:
    found = _APP.fullmatch(_place(url))
    return found["id"] if found else None


def _place(url: str) -> str:
    """Host and path, without what differs between spellings of one page."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    except ValueError:
        return ""
    if host.endswith(".linkedin.com"):  # de.linkedin.com
        host = "linkedin.com"
    return f"{host}{unquote(parts.path).rstrip('/')}"
