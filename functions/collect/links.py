"""URLs of mentions: one spelling for each, which of them are the same page, and who published there."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from collect.tracking import asks_for_amp, is_tracking
from collect.wrapped import unwrapped
from precall.names import registrable_domain

_LONGEST = 2_000
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: it can be neither stored nor sent."""
_UNSAFE = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}]|\s""")
_SAME_HOST = re.compile(r"^(?:(?:www\d?|m|mobile|amp|touch)\.)+(?=[^.]+\.[^.])")
_SAME_PATH = re.compile(
    r"(?:(?<=.)/amp(?:\.html?)?|\.amp(?:\.html?)?|/index\.(?:html?|php)|(?<=\.html)/amp)?/*$", re.IGNORECASE
)
_AMP_FIRST = re.compile(r"^/amp(?=/.)", re.IGNORECASE)


def canonical_url(url: str, base: str = "") -> str:
    """`url` (relative to `base`) in one spelling: host in lower case, no default port, fragment, tracking parameters;
    of a click counter's or an AMP cache's address the one inside.

    "" for what a reader could not open or should not: no http(s), no host, credentials, over 2,000 characters.
    """
    if not url.strip():
        return ""
    try:
        parts = urlsplit(unwrapped(urljoin(base, url.strip())))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or re.search(r"[\s<>\"\\]", host):
        return ""
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    clean = urlunsplit((parts.scheme, netloc, parts.path or "/", _query(parts.query), ""))
    clean = _UNSAFE.sub(lambda found: quote(found[0]), clean)
    return clean if len(clean) <= _LONGEST and not _HALF.search(clean) else ""


def same_page(url: str) -> str:
    """Equal for canonical URLs of one page: that differ only in scheme, `www.`, a mobile or AMP form, the order of
    parameters, or a slash at the end."""
    try:
        parts = urlsplit(url)
        host = parts.netloc
    except ValueError:
        return url
    path = _SAME_PATH.sub("", _AMP_FIRST.sub("", parts.path))
    asked = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not asks_for_amp(*pair))
    return f"{_SAME_HOST.sub('', host)}{path}{'?' if asked else ''}{urlencode(asked)}"


def outlet_of(url: str) -> str:
    """The registrable domain that published `url`, of a host without one the host less `www.`; "" for no URL."""
    try:
        return registrable_domain(urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def believed_canonical(claimed: str, url: str) -> str:
    """What a page at `url` claims to be its canonical address (`rel=canonical`, `og:url`), where that can be believed:
    at the same registrable domain, and not just the home page, to which broken templates point; else `url`."""
    canonical = canonical_url(claimed, url)
    if not canonical or outlet_of(canonical) != outlet_of(url):
        return url
    return url if urlsplit(canonical).path == "/" != urlsplit(url).path else canonical


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not is_tracking(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)
