"""One page has one address, and an outlet its domain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.links import canonical_url, outlet_of, same_page


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Www.Acme.COM:443/News/?utm_source=x&id=7&fbclid=1#top", "https://www.acme.com/News/?id=7"),
        ("http://acme.com", "http://acme.com/"),
        ("http://acme.com:8080/a", "http://acme.com:8080/a"),
        ("https://acme.com/a?q=caf%C3%A9", "https://acme.com/a?q=caf%C3%A9"),
        ("https://acme.com/a?ref=home&source=1", "https://acme.com/a?ref=home&source=1"),
        ("/relative?a=1", "https://base.com/relative?a=1"),
        ("javascript:alert(1)", ""),
        ("https://user:pass@acme.com/", ""),
        ("https://[", ""),
        ("https://acme.com:port/", ""),
        ("https://ac<me.com/", ""),
        ("mailto:a@b.com", ""),
        ("https://acme.com/" + "a" * 3000, ""),
    ],
)
def test_canonical(url: str, canonical: str) -> None:
    assert canonical_url(url, "https://base.com/x/") == canonical


@given(st.text(max_size=80))
def test_canonical_is_stable(text: str) -> None:
    for url in (text, f"https://acme.com/{text}", f"https://acme.com/?{text}"):
        once = canonical_url(url)
        assert once == "" or canonical_url(once) == once


def test_same_page() -> None:
    assert same_page("https://www.acme.com/a/") == same_page("http://acme.com/a")
    assert same_page("https://acme.com/a?id=1") != same_page("https://acme.com/a?id=2")


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://news.bbc.co.uk/1", "bbc.co.uk"),
        ("https://www.tidemark.com/", "tidemark.com"),
        ("https://www.made-up.example/", "made-up.example"),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_outlet(url: str, outlet: str) -> None:
    assert outlet_of(url) == outlet
