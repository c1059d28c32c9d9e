"""What a home page tells of its company: who they are, where else they are, and facts that can be proved."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.merge import supported
from collect.sources.site_links import handle_of, told_by_links
from collect.sources.site_profile import Home, read_home, told_by_careers
from precall.model import AccountProfile, Handle, JobBoard, Kind
from tests.unit.collect.support import FIXTURES, about, page

QUESTION = about("Marlbrook Pumps Ltd", domain="marlbrook.example")
URL = "https://www.marlbrook.example/"


def read(markup: str | bytes, url: str = URL) -> Home:
    return read_home(page(markup, "text/html; charset=utf-8", url), QUESTION)


def profile_of(markup: str | bytes) -> AccountProfile:
    found = read(markup).told.profile
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rich() -> Home:
    return read((FIXTURES / "home_rich.html").read_bytes())


def test_the_organisation_is_the_one_of_this_site(rich: Home) -> None:
    profile = rich.told.profile
    assert profile is not None
    assert profile.names == ("Marlbrook Pumps", "Marlbrook Pumps Ltd.", "MP", "Marlbrook")
    assert profile.domain == "marlbrook.example"
    assert profile.description == "Marlbrook makes pumps for harbours & mines."
    assert (profile.country, profile.logo) == ("GB", "https://www.marlbrook.example/logo.png")
    assert profile.feeds == rich.feeds == (f"{URL}press.xml", f"{URL}blog.xml")


def test_accounts_elsewhere_are_known_from_links_that_lead_to_a_profile(rich: Home) -> None:
    assert rich.told.profile is not None
    assert {(handle.network, handle.id) for handle in rich.told.profile.handles} == {
        ("mastodon", "marlbrook@social.example"),
        ("linkedin", "marlbrook-pumps"),
        ("x", "MarlbrookPumps"),
        ("youtube", "UCabcdefghijklmnopqrstuv"),
        ("github", "marlbrook"),
        ("bluesky", "marlbrook.example"),
    }


def test_job_boards_and_apps(rich: Home) -> None:
    assert rich.told.profile is not None
    assert set(rich.told.profile.job_boards) == {
        JobBoard(provider="greenhouse", token="marlbrook"),
        JobBoard(provider="lever", token="marlbrook"),
    }
    assert set(rich.told.profile.apps) == {"9876543210", "1234567890"}
    assert rich.careers is None


def test_each_fact_stands_in_the_entry_that_it_cites(rich: Home) -> None:
    (entry,) = rich.told.mentions
    assert (entry.kind, entry.published_at, entry.language) == (Kind.REFERENCE, None, "en")
    assert {(fact.name, fact.value) for fact in rich.told.facts} == {
        ("description", "Marlbrook makes pumps for harbours & mines."),
        ("founded", "1974"),
        ("employees", "200–500"),
        ("headquarters", "Fenwick"),
        ("owner", "Hexley Holding"),
    }
    assert supported(rich.told.facts, rich.told.mentions) == rich.told.facts


def test_a_page_about_careers_is_read_where_the_home_page_leads_to_no_board() -> None:
    home = read('<!doctype html><a href="/jobs/">Jobs</a><a href="/jobs/lead-engineer">One</a><a href="/news">News</a>')
    assert home.careers == f"{URL}jobs/"
    told = told_by_careers(page('<iframe src="https://jobs.ashbyhq.com/Marlbrook%20Pumps/embed">', "text/html", URL))
    assert told.profile == AccountProfile(job_boards=(JobBoard(provider="ashby", token="Marlbrook Pumps"),))


def test_microdata_where_there_is_no_json() -> None:
    profile = profile_of(
        """<!doctype html><div itemscope itemtype="https://schema.org/Organization"><h1 itemprop="name">Marlbrook
        Pumps</h1><a itemprop="url" href="https://marlbrook.example/">us</a><img itemprop="logo" src="/l.svg"></div>"""
    )
    assert (profile.names, profile.logo) == (("Marlbrook Pumps",), f"{URL}l.svg")


def test_a_name_that_is_not_theirs_is_not_taken() -> None:
    markup = """<!doctype html><meta property="og:site_name" content="The Daily Herald">
        <script type="application/ld+json">{"@type": "Organization", "name": "Some Agency"}</script>"""
    profile = profile_of(markup)
    assert profile.names == ()
    assert read(markup).told.facts == ()


@pytest.mark.parametrize(
    "data",
    [
        "null",
        "[[[[[[[[]]]]]]]]",
        "[" * 100_000,
        '{"@type": 7, "name": []}',
        '{"@type": "Organization", "url": {"a": 1}, "name": {"@value": 3}, "sameAs": {"x": []}, "address": "x"}',
        '{"@type": "Organization", "url": "https://marlbrook.example", "numberOfEmployees": true, "logo": [{}]}',
        '{"@type": "Organization", "url": "https://marlbrook.example", "name": "' + "x" * 5_000 + '"}',
    ],
)
def test_broken_or_hostile_data_tells_nothing(data: str) -> None:
    home = read(f'<!doctype html><title>T</title><script type="application/ld+json">{data}</script>')
    assert home.told.flaw is None
    assert home.told.profile == AccountProfile(domain="marlbrook.example")
    assert not home.told.mentions


@pytest.mark.parametrize("body", ["", "<html>" + "<div>" * 30_000, "<a href=" * 10_000, '<a href="http://[::1">x</a>'])
def test_any_page_can_be_read(body: str) -> None:
    assert read(body).told.profile is not None


def test_a_page_that_tells_too_much_is_still_read() -> None:
    data = json.dumps(
        {
            "@type": "Organization",
            "url": "https://marlbrook.example",
            "description": "d" * 9_000,
            "foundingDate": "f" * 900,
        }
        | {"foundingDate": "f" * 900, "numberOfEmployees": "e" * 9_000, "address": {"addressLocality": "a" * 9_000}}
    )
    told = read(f'<!doctype html><script type="application/ld+json">{data}</script>').told
    assert {fact.name for fact in told.facts} == {"description", "founded", "employees", "headquarters"}
    assert supported(told.facts, told.mentions) == told.facts


def test_an_error_page_tells_nothing() -> None:
    home = read((FIXTURES / "captcha.html").read_bytes())
    assert (home.told.profile, home.told.flaw) == (AccountProfile(), "blocked by a captcha")
    assert not home.told.mentions


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://www.facebook.com/pages/Marlbrook/1234567", ("facebook", "1234567")),
        ("https://de.linkedin.com/company/marlbrook/about/", ("linkedin", "marlbrook")),
        ("https://www.tiktok.com/@marlbrook", ("tiktok", "marlbrook")),
        ("https://www.reddit.com/r/marlbrook/", ("reddit", "marlbrook")),
        ("https://github.com/orgs/marlbrook", ("github", "marlbrook")),
        ("https://twitter.com/hashtag/pumps", None),
        ("https://www.linkedin.com/in/ada-penrose", None),
        ("https://www.reddit.com/user/ada", None),
        ("https://github.com/features", None),
        ("https://x.com/marlbrook/status/1", None),
        ("https://notx.com/marlbrook", None),
        ("https://social.example/@marlbrook", None),
    ],
)
def test_a_link_is_an_account_or_it_is_not(url: str, handle: tuple[str, str] | None) -> None:
    found = handle_of(url)
    assert (found and (found.network, found.id)) == handle


def test_the_same_account_counts_once_and_proof_comes_first() -> None:
    told = told_by_links(["https://x.com/Acme", "https://twitter.com/acme"], ["https://social.example/@acme"])
    assert told.handles == (
        Handle(network="mastodon", id="acme@social.example", url="https://social.example/@acme"),
        Handle(network="x", id="Acme", url="https://x.com/Acme"),
    )


@given(st.lists(st.text(max_size=60) | st.builds("https://{}/{}".format, st.text(max_size=20), st.text(max_size=40))))
def test_no_link_breaks_the_reading(urls: list[str]) -> None:
    told = told_by_links(urls, urls)
    assert AccountProfile.model_validate(told.model_dump()) == told
