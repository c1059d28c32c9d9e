"""One page has one address, and an outlet its domain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.links import believed_canonical, canonical_url, outlet_of, same_page


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Www.Acme.COM:443/News/?utm_source=x&id=7&fbclid=1#top", "https://www.acme.com/News/?id=7"),
        ("http://acme.com", "http://acme.com/"),
        ("http://acme.com:8080/a", "http://acme.com:8080/a"),
        ("https://acme.com/a?q=caf%C3%A9", "https://acme.com/a?q=caf%C3%A9"),
        ("https://acme.com/a?ref=home&source=1", "https://acme.com/a?ref=home&source=1"),
        ("/relative?a=1", "https://base.com/relative?a=1"),
        (
            "https://acme.com/a?mc_cid=1&_hsenc=x&at_medium=rss&page=2&ref_src=twsrc&srsltid=1",
            "https://acme.com/a?page=2",
        ),
        ("https://www.google.com/url?rct=j&sa=t&url=https://acme.com/a%3Futm_source%3Dx&ct=ga", "https://acme.com/a"),
        ("https://www.google.com/amp/s/www.acme.com/a.amp.html", "https://www.acme.com/a.amp.html"),
        ("https://www-acme-com.cdn.ampproject.org/c/s/www.acme.com/a/?x=1", "https://www.acme.com/a/?x=1"),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2facme.com%2fa&c=1", "https://acme.com/a"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Facme.com%2Fa&h=1", "https://acme.com/a"),
        ("https://news.google.com/rss/articles/CBMiX?oc=5", "https://news.google.com/rss/articles/CBMiX?oc=5"),
        ("https://www.google.com/url?url=javascript:alert(1)", "https://www.google.com/url?url=javascript:alert(1)"),
        ("https://www.google.com/url?q=https://l.facebook.com/l.php?u=http%3A%2F%2Facme.com%2Fa", "http://acme.com/a"),
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


@pytest.mark.parametrize(
    "other",
    [
        "http://acme.com/a",
        "https://m.acme.com/a/",
        "https://amp.acme.com/a",
        "https://acme.com/a/amp/",
        "https://acme.com/amp/a",
        "https://acme.com/a.amp",
        "https://acme.com/a?amp=1",
        "https://acme.com/a?outputType=amp",
        "https://acme.com/a/index.html",
    ],
)
def test_forms_of_the_same_page(other: str) -> None:
    assert same_page(other) == same_page("https://www.acme.com/a/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://acme.com/a?id=1", "https://acme.com/a?id=2"),
        ("https://acme.com/amp", "https://acme.com/"),
        ("https://acme.com/amplifier", "https://acme.com/lifier"),
        ("https://m.com/a", "https://com/a"),
        ("https://news.acme.com/a", "https://acme.com/a"),
    ],
)
def test_other_pages(one: str, other: str) -> None:
    assert same_page(one) != same_page(other)


def test_the_order_of_parameters_makes_no_other_page() -> None:
    assert same_page("https://acme.com/a?x=1&y=2") == same_page("https://acme.com/a?y=2&x=1")


@pytest.mark.parametrize(
    ("claimed", "url", "canonical"),
    [
        ("https://www.acme.com/story", "https://amp.acme.com/story?x=1", "https://www.acme.com/story"),
        ("/story", "https://acme.com/story?x=1", "https://acme.com/story"),
        ("https://evil.example/", "https://acme.com/story", "https://acme.com/story"),
        ("https://acme.com/", "https://acme.com/story", "https://acme.com/story"),
        ("https://acme.com/?utm_source=x", "https://acme.com/", "https://acme.com/"),
        ("", "https://acme.com/story", "https://acme.com/story"),
        ("javascript:x", "https://acme.com/story", "https://acme.com/story"),
    ],
)
def test_a_canonical_address_is_believed_of_the_same_owner_only(claimed: str, url: str, canonical: str) -> None:
    assert believed_canonical(claimed, url) == canonical


@given(st.text(max_size=80), st.sampled_from(["https://www.google.com/url?url=", "https://a.cdn.ampproject.org/c/s/"]))
def test_what_is_wrapped_is_a_usable_address_or_none(text: str, wrapper: str) -> None:
    found = canonical_url(wrapper + text)
    assert found == "" or found.startswith(("http://", "https://"))
    same_page(found)


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
