"""Where a server says to ask instead, and what it puts in the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

import httpx

from precall.fetch.errors import AddressRefused, FetchFailed, Walled
from precall.fetch.urls import checked_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONSENT = re.compile(r"^(?:consent|guce)\.")
"""Hosts of consent pages: consent.google.com, consent.yahoo.com, guce.techcrunch.com."""
_CAPTCHA = re.compile(r"^(?:geo\.captcha-delivery\.com|[\w.]+\.google\.[\w.]+/sorry)")
_CHALLENGES = ("cf-mitigated", "x-datadome")
"""Headers that come with a captcha (Cloudflare's says `challenge`, DataDome's `protected`)."""
_KEPT_ACROSS_HOSTS = frozenset({"accept", "accept-language"})


def redirected(target: httpx.URL, response: httpx.Response) -> httpx.URL:
    """Where a redirect leads, checked like any URL; FetchFailed without a Location, Walled before a captcha or a
    consent page."""
    location = response.headers.get("location", "").strip()
    if not location:
        raise FetchFailed("redirects to nowhere")
    try:
        following = checked_url(urljoin(str(target), location))
    except ValueError:
        raise AddressRefused("redirects to what is not a URL") from None
    if _CAPTCHA.match(f"{following.host}{following.path}"):
        raise Walled("blocked by a captcha")
    if _CONSENT.match(following.host) and following.host != target.host:
        raise Walled("sent a consent page instead of an answer")
    return following


def is_challenge(response: httpx.Response) -> bool:
    """Whether an answer of 4xx or 5xx is a page with a captcha."""
    return any(name in response.headers for name in _CHALLENGES)


def headers_for(following: httpx.URL, target: httpx.URL, headers: Mapping[str, str]) -> Mapping[str, str]:
    """The caller's headers after a redirect: another host, or plain http, gets no credentials."""
    if (following.host, following.scheme) == (target.host, target.scheme):
        return headers
    return {name: value for name, value in headers.items() if name.lower() in _KEPT_ACROSS_HOSTS}
