"""Which URLs may be asked at all: http(s), usual ports, a public-looking host, no credentials."""

from __future__ import annotations

import re

import httpx

from precall.fetch.addresses import public_address
from precall.fetch.errors import AddressRefused

PORTS = frozenset({None, 80, 443})
_HOST = re.compile(r"^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")
_NUMBER = re.compile(r"^(?:\d+|0x[0-9a-f]*)$")
_DOTTED_QUAD = re.compile(r"^(?:\d{1,3}\.){3}\d{1,3}$")
_INSIDE = frozenset(
    "localhost localdomain local internal intranet private corp home lan home.arpa in-addr.arpa ip6.arpa".split()
)


def checked_url(url: str | httpx.URL) -> httpx.URL:
    """`url`, parsed, without its fragment and a dot at the host's end; AddressRefused where it may not be asked.

    Names are looked up elsewhere: a host that passes may still have a private address.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError, UnicodeError):
        raise AddressRefused("the address is not a URL") from None
    if parsed.scheme not in ("http", "https"):
        raise AddressRefused(f"the address starts with {parsed.scheme or 'nothing'}, not with http or https")
    if parsed.userinfo:
        raise AddressRefused("the address carries a user name or a password")
    if parsed.port not in PORTS:
        raise AddressRefused(f"port {parsed.port} is not a web port")
    return parsed.copy_with(host=_checked_host(parsed), fragment=None)


def is_literal(host: str) -> bool:
    """Whether a checked host is an IP address rather than a name."""
    return ":" in host or bool(_DOTTED_QUAD.match(host))


def _checked_host(url: httpx.URL) -> str:
    host = url.raw_host.decode("ascii", "replace").lower()
    if ":" in host:
        return public_address(host)
    host = host.removesuffix(".")
    if _DOTTED_QUAD.match(host):
        return public_address(host)
    if _NUMBER.match(host.rpartition(".")[2]):
        raise AddressRefused(f"{host} is an odd spelling of an IP address")
    if not _HOST.match(host):
        raise AddressRefused(f"{host or 'nothing'} is not the name of a public host")
    _refuse_inside(host)
    return host


def _refuse_inside(host: str) -> None:
    labels = host.split(".")
    if any(".".join(labels[start:]) in _INSIDE for start in range(len(labels))):
        raise AddressRefused(f"{host} is a name inside a private network")
