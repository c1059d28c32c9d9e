"""What CRMs call a domain, an address or a company."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from precall.names import business_domain, registrable_domain, short_name, site_domain


@pytest.mark.parametrize(
    ("given_text", "domain"),
    [
        ("nordlicht.example", "nordlicht.example"),
        ("https://www.Nordlicht.example/about?x=1#top", "nordlicht.example"),
        ("  WWW.NORDLICHT.EXAMPLE.  ", "nordlicht.example"),
        ("http://user:secret@nordlicht.example:8080/", "nordlicht.example"),
        ("ada@nordlicht.example", "nordlicht.example"),
        ("shop.nordlicht.co.uk", "shop.nordlicht.co.uk"),
        ("möbel.example", "xn--mbel-5qa.example"),
        ("www.com", "www.com"),
        ("www.www.nordlicht.example", "nordlicht.example"),
        ("", ""),
        ("n/a", ""),
        ("localhost", ""),
        ("http://", ""),
        ("192.168.10.20", ""),
        ("https://10.0.0.12/", ""),
        ("a b.example", ""),
        ("-bad-.example", ""),
        ("x" * 64 + ".example", ""),
        ("nordlicht..example", ""),
    ],
)
def test_the_domain_is_read_from_what_a_crm_has(given_text: str, domain: str) -> None:
    assert site_domain(given_text) == domain


@given(st.text(max_size=300))
@example("www.www.x.yy")
def test_a_domain_is_a_domain_whatever_was_typed(text: str) -> None:
    domain = site_domain(text)
    assert site_domain(domain) == domain
    assert domain.isascii()
    assert not set(domain) & set("/@: ?#")


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("ada@nordlicht.example", "nordlicht.example"),
        ("ada@gmail.com", ""),
        ("ada@GMail.com", ""),
        ("ada@yahoo.co.uk", ""),
        ("ada", ""),
        ("", ""),
    ],
)
def test_a_free_mail_address_says_nothing_about_a_company(email: str, domain: str) -> None:
    assert business_domain(email) == domain


@pytest.mark.parametrize(
    ("host", "registrable"),
    [("news.bbc.co.uk", "bbc.co.uk"), ("Blog.Nordlicht.com.", "nordlicht.com"), ("intranet", "intranet")],
)
def test_an_outlet_is_known_by_its_registrable_domain(host: str, registrable: str) -> None:
    assert registrable_domain(host) == registrable


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Uber Technologies, Inc.", "Uber Technologies"),
        ("Nordlicht Foods GmbH & Co. KG", "Nordlicht Foods GmbH &"),
        ("Delta Air Lines", "Delta Air Lines"),
        ("Acme S.A.", "Acme"),
        ("Holding", "Holding"),
        ("Inc.", "Inc."),
        ("", ""),
    ],
)
def test_the_legal_form_is_not_the_name(name: str, short: str) -> None:
    assert short_name(name) == short


@given(st.text(max_size=100))
def test_a_name_never_becomes_nothing(name: str) -> None:
    assert bool(short_name(name)) == bool(name.strip())
