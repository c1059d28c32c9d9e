"""Every part of a score is in 0…1, goes the right way, and says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.config import Weights
from precall.model import Sentiment
from rank import recency, volume
from rank.mood import Mood
from rank.score import parts, score
from tests.unit.rank.given import NOW


def test_recency_halves_every_half_life() -> None:
    assert recency.recency(NOW, NOW, 5) == 1
    assert recency.recency(NOW - timedelta(days=5), NOW, 5) == pytest.approx(0.5)
    assert recency.recency(NOW - timedelta(days=10), NOW, 5) == pytest.approx(0.25)


def test_undated_is_below_a_dated_story_of_three_weeks() -> None:
    assert recency.recency(None, NOW, 5) < recency.recency(NOW - timedelta(days=21), NOW, 5)


@pytest.mark.parametrize(
    ("hours", "says"),
    [(0.5, "30 min old"), (3, "3 h old"), (24, "1 day old"), (75, "3 days old"), (None, "undated")],
)
def test_recency_says_the_age(hours: float | None, says: str) -> None:
    assert recency.because(None if hours is None else NOW - timedelta(hours=hours), NOW) == says


def test_volume_grows_with_outlets_saturates_and_discounts_copies() -> None:
    values = [volume.volume(n, 0) for n in (1, 3, 7, 27, 500)]
    assert values == pytest.approx([0.25, 0.5, 0.7, 0.9, 500 / 503])
    assert volume.volume(1, 0) < volume.volume(1, 9) < volume.volume(4, 0)


def test_volume_says_outlets_and_copies() -> None:
    assert volume.because(1, 0) == "1 outlet"
    assert volume.because(7, 1) == "7 outlets, 1 wire copy"
    assert volume.because(2, 5) == "2 outlets, 5 wire copies"


def test_weights_are_scaled_and_unscored_sentiment_takes_no_share() -> None:
    scored = parts((1.0, "a"), (1.0, "b"), (1.0, "c"), Weights(recency=1, volume=0.5, proximity=0.5, sentiment=1))
    assert [part.weight for part in scored] == [0.5, 0.25, 0.25, 0.0]
    assert scored[-1].because == "sentiment not scored"
    assert score(scored) == 1


def test_weight_on_sentiment_alone_falls_back_to_equal_shares() -> None:
    scored = parts((0.9, "a"), (0.3, "b"), (0.6, "c"), Weights(recency=0, volume=0, proximity=0, sentiment=1))
    assert score(scored) == pytest.approx(0.6, abs=1e-3)


@pytest.mark.parametrize("value", [-0.8, 0.8])
def test_a_scored_mood_counts_by_how_far_it_is_from_neutral(value: float) -> None:
    mood = Mood(Sentiment(state="scored", value=value, positive=1), "positive")
    scored = parts((1.0, "a"), (1.0, "b"), (1.0, "c"), Weights(recency=1, volume=1, proximity=1, sentiment=1), mood)
    assert [part.weight for part in scored] == [0.25] * 4
    assert (scored[-1].value, scored[-1].because) == (0.8, "positive")
    assert score(scored) == pytest.approx(0.95)


def test_a_scored_mood_without_weight_changes_no_score() -> None:
    mood = Mood(Sentiment(state="scored", value=-1, negative=1), "negative")
    given = ((0.9, "a"), (0.3, "b"), (0.6, "c"), Weights())
    assert score(parts(*given, mood)) == score(parts(*given))


unit = st.floats(0, 1)


@given(unit, unit, unit, unit, unit, unit)
def test_a_score_is_the_weighted_mean_of_its_parts(a: float, b: float, c: float, x: float, y: float, z: float) -> None:
    if not x + y + z:
        return
    scored = parts((a, "a"), (b, "b"), (c, "c"), Weights(recency=x, volume=y, proximity=z))
    assert min(a, b, c) - 1e-3 <= score(scored) <= max(a, b, c) + 1e-3
