"""URLs of mentions: one spelling for each, and who published there."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from precall.names import registrable_domain

_LONGEST = 2_000
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: it can be neither stored nor sent."""
_UNSAFE = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}]|\s""")
_TRACKING = re.compile(
    r"""^(?:utm_\w+|(?:fb|g|dc|ms|tt|tw|y|li_fat_|wick|igsh)?clid|gbraid|wbraid|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|
        vero_(?:id|conv)|at_(?:medium|campaign)|cmpid|cmp|ocid|ncid|guccounter|guce_\w+|s_cid|sr_share|spm|
        ref_src|ref_url|smid|smtyp|taid|xtor|__twitter_impression|feature|share_id|cid_source)$""",
    re.VERBOSE | re.IGNORECASE,
)


def canonical_url(url: str, base: str = "") -> str:
    """`url` (relative to `base`) in one spelling: host in lower case, no default port, fragment, tracking parameters.

    "" for what a reader could not open or should not: no http(s), no host, credentials, over 2,000 characters.
    """
    if not url.strip():
        return ""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
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
    """Equal for canonical URLs that differ only in scheme, `www.` or a slash at the end."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def outlet_of(url: str) -> str:
    """The registrable domain that published `url`, of a host without one the host less `www.`; "" for no URL."""
    try:
        return registrable_domain(urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)
