"""Addresses that carry another one inside, in plain sight: click counters, AMP caches, safe-link services.

Nothing is asked and nothing is decoded that its owner hides: Google News' own links stay as they are.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

_COUNTERS = {
    "google": (re.compile(r"^/url$"), ("url", "q")),
    "bing": (re.compile(r"^/news/apiclick", re.IGNORECASE), ("url",)),
    "facebook": (re.compile(r"^/(?:l|flx/warn)"), ("u",)),
    "instagram": (re.compile(r"^/"), ("u",)),
    "youtube": (re.compile(r"^/redirect$"), ("q",)),
    "linkedin": (re.compile(r"^/(?:redir/redirect|safety/go)"), ("url",)),
    "reddit": (re.compile(r"^/"), ("url",)),
    "duckduckgo": (re.compile(r"^/l/?$"), ("uddg",)),
    "vk": (re.compile(r"^/away"), ("to",)),
    "tumblr": (re.compile(r"^/redirect"), ("z",)),
    "slack-redir": (re.compile(r"^/link"), ("url",)),
    "outlook": (re.compile(r"^/"), ("url",)),
}
_HOSTS = re.compile(
    r"""^(?:(?:www|news)\.)?(?P<google>google)\.[a-z.]{2,6}$|^(?:www\.)?(?P<bing>bing)\.com$|^lm?\.(?P<facebook>facebook)\.com$
        |^l\.(?P<instagram>instagram)\.com$|^(?:www\.)?(?P<youtube>youtube)\.com$|^(?:www\.)?(?P<linkedin>linkedin)\.com$
        |^out\.(?P<reddit>reddit)\.com$|^(?P<duckduckgo>duckduckgo)\.com$|^(?:www\.)?(?P<vk>vk)\.com$|^t\.umblr\.(?P<tumblr>com)$
        |^(?P<slack_redir>slack-redir)\.net$|^[\w-]+\.safelinks\.protection\.(?P<outlook>outlook)\.com$""",
    re.VERBOSE,
)
_CACHE = re.compile(r"^/(?:c|v|r|wp)/(?P<tls>s/)?(?P<rest>[^/]+\..+)$")
_VIEWER = re.compile(r"^/amp/(?P<tls>s/)?(?P<rest>[^/]+\..+)$")
_MOST_LAYERS = 3


def unwrapped(url: str) -> str:
    """The address inside `url`, also of a wrapper in a wrapper; `url` itself where there is none. ValueError for what
    cannot be parsed."""
    for _ in range(_MOST_LAYERS):
        inner = _inside(url)
        if not inner:
            break
        url = inner
    return url


def _inside(url: str) -> str | None:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host.endswith(".cdn.ampproject.org"):
        return _amp(_CACHE.match(parts.path), parts.query)
    known = _HOSTS.match(host)
    if not known:
        return None
    name = (known.lastgroup or "").replace("_", "-")
    if name == "google" and (viewer := _VIEWER.match(parts.path)):
        return _amp(viewer, parts.query)
    path, parameters = _COUNTERS[name]
    return _parameter(parts.query, parameters) if path.match(parts.path) else None


def _amp(found: re.Match[str] | None, query: str) -> str | None:
    """`host.cdn.ampproject.org/c/s/host/path` and `google.com/amp/s/host/path`: `s` is for https."""
    if not found:
        return None
    return f"http{'s' if found['tls'] else ''}://{unquote(found['rest'])}{'?' if query else ''}{query}"


def _parameter(query: str, names: tuple[str, ...]) -> str | None:
    asked = parse_qs(query)
    return next((value for name in names for value in asked.get(name, ()) if re.match(r"https?://[^/]", value)), None)
