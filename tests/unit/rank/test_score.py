"""Every part of a score is in 0…1, goes the right way, and says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.config import HalfLives, Weights
from precall.model import Engagement, Kind, Sentiment
from rank import recency, volume
from rank.engagement import standings
from rank.mood import Mood
from rank.score import ORDER, Valued, feeling, parts, score
from tests.unit.rank.given import NOW, mention


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


def test_a_half_life_is_that_of_the_kind_of_place() -> None:
    post, filing = (mention("Kestrelon", hours=48, kind=kind) for kind in (Kind.SOCIAL, Kind.FILING))
    assert recency.freshest([post], NOW, HalfLives())[0] == pytest.approx(0.5)
    assert recency.freshest([filing], NOW, HalfLives())[0] > 0.9
    assert recency.freshest([post, filing], NOW, HalfLives()) == recency.freshest([filing], NOW, HalfLives())


def test_a_new_independent_text_revives_a_story_and_an_undated_one_does_not() -> None:
    old, new, undated = (mention("Kestrelon", hours=hours) for hours in (600, 1, None))
    assert recency.freshest([old, new, undated], NOW, HalfLives())[1] == "1 h old"
    assert recency.freshest([undated], NOW, HalfLives()) == (0.0, "undated")


def test_reactions_count_in_their_own_sources_scale() -> None:
    def item(source: str, points: int) -> tuple[str, float]:
        told = mention(
            f"{source} {points}",
            source=source,
            engagement=Engagement(points=points),
            url=f"https://{source}.example/{points}",
        )
        return told.id, standings([told])[told.id]

    assert item("stack_exchange", 20)[1] == 1
    assert item("stack_exchange", 20)[1] > item("reddit", 200)[1] > item("youtube", 200)[1]
    silent = mention("Kestrelon", engagement=Engagement())
    assert standings([silent]) == {}


def test_reactions_make_a_story_louder_and_are_said() -> None:
    assert volume.volume(1, 0) < volume.volume(1, 0, 0.5) < volume.volume(1, 0, 1) == volume.volume(3, 0)
    assert volume.because(1, 0, "312 points") == "1 outlet, 312 points"


def values(*of: float | None) -> dict[str, Valued]:
    return {name: (value, name) for name, value in zip(ORDER, of, strict=True)}


def test_weights_are_scaled_over_the_parts_that_have_a_value() -> None:
    given = values(1, 1, None, 1, 1, None, None, None)
    scored = parts(given, Weights(recency=1, volume=0.5, burst=1, proximity=0.5, signal=0, context=1, sentiment=1))
    assert [part.weight for part in scored] == [0.5, 0.25, 0, 0.25, 0, 0, 0, 0]
    assert [part.name for part in scored] == list(ORDER)
    assert score(scored) == 1


def test_weight_on_what_has_no_value_falls_back_to_equal_shares() -> None:
    weights = Weights(recency=0, volume=0, burst=0, proximity=0, signal=0, context=0, feedback=0, sentiment=1)
    scored = parts(values(0.9, 0.3, None, 0.6, 0.2, None, None, None), weights)
    assert score(scored) == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize("value", [-0.8, 0.8])
def test_a_scored_mood_counts_by_how_far_it_is_from_neutral(value: float) -> None:
    mood = Mood(Sentiment(state="scored", value=value, positive=1), "positive")
    assert feeling(mood) == (0.8, "positive")
    assert feeling(Mood()) == (None, "sentiment not scored")


unit = st.floats(0, 1)
maybe = st.none() | unit


drawn = st.tuples(unit, unit, maybe, unit, unit, maybe, maybe, maybe)
weights = st.fixed_dictionaries(dict.fromkeys(ORDER, unit)).filter(lambda given: sum(given.values()) > 0)


@given(drawn, weights)
def test_a_score_is_the_weighted_mean_of_its_parts(drawn: tuple[float | None, ...], weights: dict[str, float]) -> None:
    known = [value for value in drawn if value is not None]
    scored = parts(values(*drawn), Weights.model_validate(weights))
    assert min(known) - 1e-3 <= score(scored) <= max(known) + 1e-3
