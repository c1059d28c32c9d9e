"""However the requests come, no span of time sees more of them than the service allows."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.fetch.manners.ledger import Granted, MemoryLedger
from precall.fetch.manners.policies import PAGES, POLICIES, policy_for
from precall.fetch.manners.rate import UNHURRIED, Rate

START = 1_700_000_000_000


@given(
    st.integers(1, 40),
    st.integers(1, 120),
    st.data(),
    st.lists(st.integers(0, 9_000), max_size=120),
    st.integers(0, 8_000),
)
def test_no_span_sees_more_than_the_limit(
    requests: int, seconds: int, data: st.DataObject, pauses: list[int], patience: int
) -> None:
    rate = Rate.at_most(requests, seconds, burst=data.draw(st.integers(1, requests)))
    ledger, now, asked = MemoryLedger(), START, []
    for pause in pauses:
        now += pause
        given = ledger.take("b", rate, now, patience)
        if isinstance(given, Granted):
            assert given.wait <= patience
            asked.append(now + given.wait)
    for first in asked:
        assert sum(first <= moment < first + seconds * 1000 for moment in asked) <= requests


def test_a_burst_is_served_at_once_and_the_next_has_to_wait_its_interval() -> None:
    rate, ledger = Rate.at_most(20, 60, burst=5), MemoryLedger()
    waits = [ledger.take("b", rate, START, 10_000) for _ in range(6)]
    assert waits == [Granted(0)] * 5 + [Granted(rate.interval)]
    assert rate.interval == 3750


def test_a_bucket_without_a_limit_never_waits() -> None:
    ledger = MemoryLedger()
    assert {ledger.take("b", UNHURRIED, START, 0) for _ in range(1000)} == {Granted()}


@pytest.mark.parametrize(
    ("url", "bucket"),
    [
        ("https://api.gdeltproject.org/api/v2/doc/doc?query=x", "gdelt"),
        ("https://news.google.com/rss/search?q=x", "google_news"),
        ("https://news.google.com/articles/x", "news.google.com"),
        ("https://de.wikipedia.org/w/api.php", "wikimedia"),
        ("https://de.wikipedia.org/wiki/Linz", "de.wikipedia.org"),
        ("https://www.wikidata.org/wiki/Special:EntityData/Q1.json", "wikimedia"),
        ("https://www.sec.gov/files/company_tickers.json", "sec_files"),
        ("https://lemmy.world/api/v3/search", "lemmy.world"),
        ("https://notreddit.com/", "notreddit.com"),
        ("https://www.globenewswire.com/RssFeed/orgclass/1", "wires"),
    ],
)
def test_each_address_has_its_bucket(url: str, bucket: str) -> None:
    assert policy_for(httpx.URL(url))[0] == bucket


def test_pages_are_what_no_line_of_the_table_names() -> None:
    assert policy_for(httpx.URL("https://acme.com/news"))[1] is PAGES
    assert not any(policy.pages for policy in POLICIES)


@pytest.mark.parametrize(
    ("url", "requests", "seconds"),
    [
        ("https://api.gdeltproject.org/", 1, 5),
        ("https://www.reddit.com/search.rss", 1, 60),
        ("https://api.stackexchange.com/2.3/search", 300, 86_400),
        ("https://hn.algolia.com/api/v1/search", 10_000, 3600),
        ("https://api.github.com/orgs/x/events", 60, 3600),
        ("https://efts.sec.gov/LATEST/search-index", 10, 1),
        ("https://itunes.apple.com/search", 20, 60),
        ("https://lemmy.world/api/v3/search", 100, 600),
        ("https://mastodon.social/api/v1/timelines/tag/x", 300, 300),
    ],
)
def test_what_the_services_allow_is_kept(url: str, requests: int, seconds: int) -> None:
    rate, ledger = policy_for(httpx.URL(url))[1].rate, MemoryLedger()
    step = max(1, min(rate.interval, 1000) // 3)
    moments = range(START, START + seconds * 1000, step)
    granted = sum(isinstance(ledger.take("b", rate, now, 0), Granted) for now in moments)
    assert requests / 2 < granted <= requests
