"""The figures of call prep: counted right, and honest about few calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.figures import Share, middle, prepared, reasons, span, successes, week_of
from precall.model.call import Answered, Call
from precall.source_tally import added_sources
from precall.tally import (
    JUDGED,
    Group,
    added,
    by_rep,
    by_source,
    entries,
    kept,
    margins,
    read,
    summed,
    tally_of,
)

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
AT = NOW - timedelta(hours=6)


def call(**changes: Any) -> Call:
    known: dict[str, Any] = {
        "lead_id": "l",
        "research_id": "r",
        "who": "Nordlicht Foods",
        "account": "a",
        "rep": "jonas@seller.example",
        "rep_name": "Jonas Ferber",
        "time_zone": "Europe/Vienna",
        "call_at": AT,
        "state": "briefed",
    }
    return Call.model_validate({**known, **changes})


def whole(calls: list[Call]) -> Group:
    return summed(tally_of(calls, NOW).groups)


def test_only_calls_that_are_over_count() -> None:
    assert prepared(whole([call(), call(call_at=NOW + timedelta(hours=1)), call(cancelled=True)])) == Share(0, 1)


def test_a_call_that_nobody_prepared_is_missing_once_it_is_over() -> None:
    found = whole([call(state="preparing")])
    assert found.states[JUDGED.index("missing")] == 1
    assert reasons(found) == [("missing", "no brief was sent", 1)]


def test_calls_are_shared_out_and_add_up() -> None:
    calls = [call(state="acknowledged"), call(), call(rep="ada@seller.example", state="late", reason="too late")]
    tally = added([tally_of(calls, NOW), tally_of(calls[:1], NOW)])
    shares = {name: prepared(summed(groups)) for name, groups in by_rep(tally.groups).items()}
    assert shares == {"ada@seller.example": Share(0, 1), "jonas@seller.example": Share(2, 3)}


def test_what_is_counted_of_days_adds_up_to_what_is_counted_of_all() -> None:
    calls = [
        call(state="acknowledged", outcome="won", brief_at=AT, acquired_at=AT, source="webinar"),
        call(state="late", reason="too late", brief_at=AT),
        call(state="late", reason="too late", source="webinar"),
        call(state="failed", reason="it came back", outcome="lost"),
    ]
    apart = summed(added(tally_of([each], NOW) for each in calls).groups)
    assert (apart.states, successes(apart), reasons(apart)) == (
        whole(calls).states, successes(whole(calls)), reasons(whole(calls))
    )  # fmt: skip
    assert reasons(whole(calls)) == [("late", "too late", 2), ("failed", "it came back", 1)]


def test_the_minutes_are_those_of_briefed_calls() -> None:
    brief_at = AT - timedelta(minutes=50)
    found = whole([call(brief_at=brief_at, acquired_at=brief_at - timedelta(minutes=4)), call()])
    assert (middle(found.to_brief), middle(found.to_call)) == (4, 50)


@given(st.lists(st.integers(0, 5000)))
def test_the_middle_is_the_median(minutes: list[int]) -> None:
    assert middle(";".join(map(str, minutes))) == (median(minutes) if minutes else None)


@pytest.mark.parametrize(
    ("minutes", "said"), [(None, "–"), (47, "47 min"), (119, "119 min"), (540, "9 h"), (4320, "3 days")]
)
def test_a_median_is_told_as_people_say_it(minutes: float | None, said: str) -> None:
    assert span(minutes) == said


def test_outcomes_are_compared_only_where_they_are_known() -> None:
    calls = [call(state="acknowledged", outcome="won"), call(outcome="not_reached"), call(outcome="reached"), call()]
    assert successes(whole(calls)) == {True: Share(1, 1), False: Share(1, 2)}


def test_sources_are_summed_over_days() -> None:
    answers = (Answered(source="site", state="answered", took_ms=100, mentions=3), Answered(source="x", state="failed"))
    day = tally_of([call(sources=answers)], NOW)
    site, x = sorted(added_sources([*day.sources, *day.sources]), key=lambda source: source.source)
    assert (site.asked, site.failed, site.mentions, site.quantile_ms(0.5)) == (2, 0, 6, 100)
    assert (x.asked, x.failed, x.quantile_ms(0.5)) == (2, 2, None)


def test_a_quantile_is_the_bound_that_as_many_answers_kept() -> None:
    took = [90] * 10 + [400] * 9 + [99_000]
    answers = tuple(Answered(source="site", state="answered", took_ms=ms) for ms in took)
    (site,) = tally_of([call(sources=answers)], NOW).sources
    assert [site.quantile_ms(share) for share in (0.5, 0.95, 1)] == [100, 500, None]


def test_a_tally_survives_being_kept() -> None:
    answers = (Answered(source="site", state="answered", took_ms=100, mentions=3),)
    late = call(state="late", reason="too late", outcome="won", brief_at=AT, acquired_at=AT, sources=answers)
    tally = tally_of([late, call()], NOW)
    again = read(kept(tally))
    assert (again.sources, [group.states for group in again.groups]) == (
        tally.sources,
        [g.states for g in tally.groups],
    )
    assert kept(again) == kept(tally)
    many = tally_of([call(brief_at=AT, state="late", reason="2*3; or so")] * 5, NOW)
    (group,) = read(kept(many)).groups
    assert (entries(group.to_call), reasons(group)) == ({"0": 5}, [("late", "2×3, or so", 5)])


def test_margins_are_the_sums_by_rep_and_by_source() -> None:
    calls = [call(source="fair"), call(source="web", rep="ada@seller.example", state="late"), call(source="web")]
    tally = margins(tally_of(calls, NOW))
    assert {rep: sum(summed(groups).states) for rep, groups in by_rep(tally.groups).items()} == {
        "ada@seller.example": 1, "jonas@seller.example": 2,
    }  # fmt: skip
    assert {name: sum(summed(groups).states) for name, groups in by_source(tally.groups).items()} == {
        "fair": 1,
        "web": 2,
    }
    assert reasons(summed(group for group in tally.groups if group.source)) == [("late", "no brief was sent", 1)]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),  # Newcombe 1998, table I: 81/263, 15/148, 0/20, 1/29
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=0.0001)


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_and_stays_a_share(whole: int, data: st.DataObject) -> None:
    share = Share(data.draw(st.integers(0, whole)), whole)
    assert share.interval
    assert share.value is not None
    assert 0 <= share.interval[0] <= share.value + 1e-9
    assert share.value - 1e-9 <= share.interval[1] <= 1


def test_of_nothing_there_is_no_share() -> None:
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_a_week_begins_on_monday() -> None:
    assert week_of(NOW.date()).isoformat() == "2026-03-09"
