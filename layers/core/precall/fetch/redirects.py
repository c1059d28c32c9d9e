"""Where a server says to ask instead."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin

import httpx

from precall.fetch.errors import AddressRefused, FetchFailed
from precall.fetch.urls import checked_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_ACROSS_HOSTS = frozenset({"accept", "accept-language"})


def redirected(target: httpx.URL, response: httpx.Response) -> httpx.URL:
    """Where a redirect leads, checked like any URL; FetchFailed without a Location."""
    location = response.headers.get("location", "").strip()
    if not location:
        raise FetchFailed("redirects to nowhere")
    try:
        return checked_url(urljoin(str(target), location))
    except ValueError:
        raise AddressRefused("redirects to what is not a URL") from None


def headers_for(following: httpx.URL, target: httpx.URL, headers: Mapping[str, str]) -> Mapping[str, str]:
    """The caller's headers after a redirect: another host, or plain http, gets no credentials."""
    if (following.host, following.scheme) == (target.host, target.scheme):
        return headers
    return {name: value for name, value in headers.items() if name.lower() in _KEPT_ACROSS_HOSTS}
