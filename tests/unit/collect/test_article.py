"""A page gives its article and the facts about it, and nothing when it is a wall or no article."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collect.article import Article, read_article
from precall.fetch import Page
from precall.model import DateOrigin, Precision

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
URL = "https://www.tidemark.com/business/marlbrook-fenwick?utm_source=x"
PARAGRAPHS = "".join(
    f"<p>Marlbrook Pumps opened its plant number {number} in the old shipyard of Fenwick, where 400 people are "
    "going to build pumps for ships, mines and towns along the coast of the northern sea.</p>"
    for number in range(1, 7)
)


def article(head: str = "", body: str = PARAGRAPHS, url: str = URL, html: str = '<html lang="en-GB">') -> Article:
    markup = (
        f"<!doctype html>{html}<head>{head}</head><body><nav>Home News</nav><article>{body}</article></body></html>"
    )
    return read_article(Page(url, 200, {"content-type": "text/html"}, markup.encode()), NOW)


def test_every_fact_of_a_well_made_page() -> None:
    found = article(
        """<title>Marlbrook opens a plant | Tidemark</title><meta property="og:site_name" content="Tidemark">
        <link rel="canonical" href="https://www.tidemark.com/business/marlbrook-fenwick">
        <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "inLanguage": "en",
          "datePublished": "2026-03-02T08:15:00+01:00", "author": [{"@type": "Person", "name": "By Ada Penrose"},
          {"name": "Tidemark Staff"}]}]}</script>"""
    )
    assert (found.title, found.outlet_name, found.author) == ("Marlbrook opens a plant", "Tidemark", "Ada Penrose")
    assert found.url == "https://www.tidemark.com/business/marlbrook-fenwick"
    assert found.published
    assert found.published.dated.at == datetime(2026, 3, 2, 7, 15, tzinfo=UTC)
    assert (found.published.origin, found.published.dated.precision) == (DateOrigin.PAGE, Precision.SECOND)
    assert (found.language, found.teaser, found.barrier) == ("en", False, None)
    assert found.text.startswith("Marlbrook Pumps opened its plant number 1")
    assert "Home News" not in found.text


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2026-03-02T23:30:00-05:00">', date(2026, 3, 2)),
        ('<meta name="DC.date.issued" content="2026-03-02">', date(2026, 3, 2)),
        ('<script type="application/ld+json">[{"@type": ["BlogPosting"], "datePublished": "2026-03-02"}]</script>',
         date(2026, 3, 2)),
        ('<meta property="article:published_time" content="2027-01-01">', None),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', None),
        ('<meta property="article:modified_time" content="not a date">', None),
        ('<script type="application/ld+json">{"@type": "Organization", "foundingDate": "2001-04-02"}</script>', None),
        ('<script type="application/ld+json">{"@type": "Event", "datePublished": "2001-04-02"}</script>', None),
    ],
)  # fmt: skip
def test_the_date_of_the_metadata_unless_it_cannot_be(head: str, day: date | None) -> None:
    found = article(head).published
    assert (found.dated.day if found else None) == day


def test_a_date_in_running_text_is_no_date_of_publication() -> None:
    profile = "<p>Founded in 2017, the company moved to Fenwick on 4 May 2019 and has 40 people, says the register.</p>"
    assert article(body=profile + PARAGRAPHS).published is None


def test_a_date_in_a_line_of_its_own_is_an_estimate() -> None:
    found = article(body=f'<div class="date">2 March 2026</div>{PARAGRAPHS}').published
    assert found
    assert (found.dated.day, found.origin, found.dated.precision) == (
        date(2026, 3, 2),
        DateOrigin.ESTIMATE,
        Precision.DAY,
    )


def test_the_address_tells_the_day_and_the_metadata_the_moment() -> None:
    url = "https://tidemark.com/2026/03/02/marlbrook"
    told = article('<meta property="article:published_time" content="2026-03-03T02:00:00Z">', url=url).published
    assert told
    assert (told.dated.day, told.dated.at) == (date(2026, 3, 2), datetime(2026, 3, 3, 2, tzinfo=UTC))
    alone = article(url=url).published
    assert alone
    assert (alone.dated.day, alone.origin) == (date(2026, 3, 2), DateOrigin.ESTIMATE)


def test_somebody_elses_canonical_address_is_not_believed() -> None:
    assert article('<link rel="canonical" href="https://evil.example/x">').url == URL


def test_an_article_in_pieces_is_one_text() -> None:
    halves = [f"<p>{word} half: {'the pumps of Marlbrook run for years without care. ' * 8}</p>" for word in "AB"]
    body = "<aside>Advertisement</aside>".join(f'<div class="article__body">{half}</div>' for half in halves)
    text = article(body=body).text
    assert "A half" in text
    assert "B half" in text


def test_the_sites_own_lines_are_no_part_of_the_text() -> None:
    lines = "<p>Read more: Somebody else opens a plant</p><p>Subscribe to our newsletter today</p>"
    text = article("<title>Marlbrook opens</title>", f"<h1>Marlbrook opens</h1>{PARAGRAPHS}{lines}").text
    assert text.startswith("Marlbrook Pumps")
    assert "newsletter" not in text
    assert "Somebody else" not in text


@pytest.mark.parametrize(
    ("head", "body", "barrier"),
    [
        ("<title>Just a moment...</title>", "<p>Checking your browser before accessing tidemark.com.</p>", "a captcha"),
        ("<title>404 - Page not found</title>", "<p>We looked everywhere.</p>", "an error page"),
        (
            "<title>Tidemark</title>",
            "<p>We value your privacy. We and our 800 partners store data.</p>",
            "a consent page",
        ),
        ("<title>Marlbrook opens</title>", "<p>Subscribe to continue reading this article.</p>", "a paywall"),
    ],
)
def test_a_wall_gives_neither_text_nor_date(head: str, body: str, barrier: str) -> None:
    found = article(f'{head}<meta property="article:published_time" content="2026-03-02">', body)
    assert (found.barrier, found.text, found.published) == (barrier, "", None)


def test_a_long_article_about_cookies_is_an_article() -> None:
    assert article(body=f"<p>We use cookies, says the page not found.</p>{PARAGRAPHS}").barrier is None


def test_what_is_not_free_and_short_is_a_teaser() -> None:
    closed = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    assert article(closed).teaser
    assert not article(closed.replace("False", "True")).teaser


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "\x00\xff",
        "no markup",
        "<div>" * 100_000 + "deep",
        "<p>" * 50_000,
        "<b><i>" * 20_000 + "x" + "</b></i>" * 20_000,
        '<script type="application/ld+json">' + "[" * 50_000 + "</script><p>x</p>",
        '<meta property="article:published_time" content="' + "9" * 100_000 + '">',
        "<title>" + "a " * 500_000,
        "<p>" + "word " * 1_000_000,
    ],
    ids=["empty", "bytes", "plain", "deep", "many", "crossed", "json", "meta", "title", "long"],
)
def test_hostile_pages_take_no_long_time_and_no_error(markup: str) -> None:
    began = time.process_time()
    found = read_article(Page(URL, 200, {}, markup.encode()), NOW)
    assert time.process_time() - began < 8
    assert len(found.text) <= 20_000
    assert len(found.title) <= 300


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_wrong_or_missing_charset_is_survived(charset: str) -> None:
    body = f"<html><body><article>{PARAGRAPHS}<p>Café Zürich serves the people who build the pumps.</p></article>"
    for declared in ("text/html", f"text/html; charset={charset}", "text/html; charset=nonsense"):
        assert "Café Zürich" in read_article(Page(URL, 200, {"content-type": declared}, body.encode(charset)), NOW).text


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/\"'= aphdivmetscript{}[]:,0129&;"), max_size=200))
def test_any_markup_is_read_without_an_error(markup: str) -> None:
    read_article(Page(URL, 200, {}, f"<html><body>{markup}</body>".encode()), NOW)
