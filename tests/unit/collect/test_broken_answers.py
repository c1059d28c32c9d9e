"""Whatever comes back instead of JSON, or as JSON of another shape, gives a reason and no mention, never an error."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collect.batch import Batch
from collect.question import Question
from collect.sources import app_store, bluesky, hacker_news, lemmy, mastodon, podcasts, stack_exchange
from precall.fetch import Page
from precall.model import AccountProfile
from tests.unit.collect.support import about, page, recorded

Parse = Callable[[Page, Question], Batch]
PARSERS: dict[str, Parse] = {
    "hits": hacker_news.parse,
    "statuses": mastodon.parse,
    "posts": lemmy.parse,
    "feed": bluesky.parse,
    "items": lambda answer, question: stack_exchange.parse(answer, question, "stackoverflow"),
    "results": podcasts.parse,
    "reviews": lambda answer, question: app_store.parse(answer, question, "123456789"),
}
QUESTION = replace(about(), profile=AccountProfile(apps=("123456789",)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
KNOWN = st.sampled_from(
    """
    account acct ap_id answer_id author body collectionId collectionName comment_text content counts created_at
    created_at_i creation_date creator feed handle id im:rating indexedAt item_type label langs name objectID points
    post published question_id reblog record releaseDate score spoiler_text story_title tags text title trackName
    trackViewUrl updated uri url
    """.split()
)
ROWS = st.lists(st.dictionaries(KNOWN, JSON | st.dictionaries(KNOWN, JSON, max_size=6), max_size=12) | JSON, max_size=4)


@pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("", "the answer is empty"),
        ("<html><h1>502 Bad Gateway</h1>", "an error page instead of the answer"),
        ('{"half": [', "the answer is no JSON"),
        ("[" * 100_000, "the answer is no JSON"),
        ("\xff\xfe", "the answer is no JSON"),
    ],
)
def test_what_is_no_json(parse: Parse, body: str, flaw: str) -> None:
    assert parse(page(body, "application/json"), QUESTION) == Batch(flaw=flaw)


@pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
def test_a_captcha(parse: Parse) -> None:
    assert parse(recorded("captcha.html", "text/html"), QUESTION) == Batch(flaw="blocked by a captcha")


@pytest.mark.parametrize(("name", "parse"), PARSERS.items())
@pytest.mark.parametrize("body", ["{}", "null", "7", '"text"', '{"error": "too many requests"}'])
def test_json_without_the_list(name: str, parse: Parse, body: str) -> None:
    flaw = "the answer has no feed" if name == "reviews" else f"the answer has no list of {name}"
    assert parse(page(body, "application/json"), QUESTION) == Batch(flaw=flaw)


@pytest.mark.parametrize(("name", "parse"), PARSERS.items())
def test_rows_that_are_none(name: str, parse: Parse) -> None:
    rows: object = ["text", 7, None, [], {}]
    answer = {"feed": {"entry": rows}} if name == "reviews" else {name: rows}
    batch = parse(page(json.dumps(answer)), QUESTION)
    assert batch == Batch(flaw=f"5 of 5 {name} could not be read")


@pytest.mark.parametrize(("name", "parse"), PARSERS.items())
@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_no_shape_of_a_row_is_an_error(name: str, parse: Parse, rows: object) -> None:
    answer = {"feed": {"entry": rows}} if name == "reviews" else {name: rows}
    batch = parse(page(json.dumps(answer)), QUESTION)
    assert all(mention.url.startswith("http") and mention.title for mention in batch.mentions)
