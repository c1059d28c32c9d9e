"""How the mentions' sentiments are summed up for the brief."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rank.sentiment import Sentiment, not_scored
from rank.story_sentiment import story_sentiment, trend

GOOD = Sentiment(0.1, 0.1, 0.8, about_target=True)
BAD = Sentiment(0.9, 0.1, 0.0, about_target=True)
FLAT = Sentiment(0.1, 0.8, 0.1, about_target=True)
TONE = Sentiment(0.9, 0.1, 0.0, about_target=False)


@pytest.mark.parametrize(
    ("mentions", "phrase"),
    [
        ([GOOD] * 7 + [BAD] * 2, "mostly positive, 2 of 9 negative"),
        ([BAD] * 3, "negative"),
        ([GOOD, BAD], "mixed: 1 positive, 1 negative of 2"),
        ([FLAT] * 8 + [GOOD, BAD], "mostly neutral, 1 of 10 positive and 1 of 10 negative"),
        ([not_scored("no words")], "not scored"),
        ([], "not scored"),
        ([TONE, TONE], "negative in general tone"),
        ([TONE, GOOD], "positive"),
    ],
)
def test_phrase(mentions: list[Sentiment], phrase: str) -> None:
    assert story_sentiment(mentions).phrase == phrase


def test_value_is_the_mean_of_mentions_that_name_the_target() -> None:
    found = story_sentiment([GOOD, BAD, TONE, not_scored("language de")])
    assert found.value == pytest.approx((0.7 - 0.9) / 2)
    assert (found.not_scored, found.about_target) == (1, 2)


def test_an_outlet_counts_once_however_often_it_writes() -> None:
    found = story_sentiment([GOOD, GOOD, GOOD, BAD], ["a.example", "a.example", "a.example", "b.example"])
    assert found.value == pytest.approx((0.7 - 0.9) / 2)


MONDAY = datetime(2026, 3, 9, tzinfo=UTC)


def dated(*said: Sentiment) -> list[tuple[datetime, Sentiment]]:
    return [(MONDAY + timedelta(hours=n), each) for n, each in enumerate(said)]


def test_the_trend_is_the_later_half_less_the_earlier_half_whatever_the_order() -> None:
    found = dated(BAD, BAD, BAD, FLAT, GOOD, GOOD, GOOD)
    assert trend(found) == trend(found[::-1]) == pytest.approx(0.7 + 0.9)


@pytest.mark.parametrize(
    "few",
    [
        [],
        dated(BAD, BAD, GOOD, GOOD, GOOD),
        dated(BAD, BAD, BAD, GOOD, GOOD, TONE),
        [(MONDAY, each) for each in (BAD, BAD, BAD, GOOD, GOOD, GOOD)],
    ],
    ids=["nothing", "too few", "too few that name them", "all at once"],
)
def test_there_is_no_trend_in_little(few: list[tuple[datetime, Sentiment]]) -> None:
    assert trend(few) is None
