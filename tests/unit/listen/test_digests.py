"""Alerts wait for the rep's own working hours, and are asked for once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.at_work import may_be_told
from precall.errors import MailUnavailable
from precall.listening_settings import Quiet
from precall.post import AlertsAsked
from tests.unit.listen.test_hearing import LINZ, leaves, world  # noqa: F401 - a fixture
from tests.unit.listen.world import NOW, ON, REP, World, mention

NIGHT = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)


def at(wall: str, zone: str = "Europe/Vienna") -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_what_is_heard_at_night_waits_for_the_start_of_work_and_goes_as_one(world: World) -> None:  # noqa: F811
    world.now = NIGHT
    world.hear(LINZ, mention("other", "Nordlicht Foods names a new head of logistics", at=NIGHT))
    assert (world.digests.ask(), len(world.alerts.held)) == (0, 2)
    world.now = at("2026-03-12 08:59")
    assert world.digests.ask() == 0
    world.now = at("2026-03-12 09:00")
    assert world.digests.ask() == 1
    assert world.post.wishes == [AlertsAsked(to=REP.email, at=world.now)]


def test_the_same_alerts_are_asked_for_again_on_another_day_only(world: World) -> None:  # noqa: F811
    world.hear(LINZ)
    assert [world.digests.ask(), world.digests.ask()] == [1, 0]
    world.hear(mention("other", "Nordlicht Foods names a new head of logistics"), research_id="look-2")
    assert [world.digests.ask(), world.digests.ask()] == [1, 0]
    world.now = NOW + timedelta(days=1)
    assert world.digests.ask() == 1


def test_managers_who_are_told_in_a_reps_place_have_their_usual_hours_and_quiet_ones_too(
    world: World,  # noqa: F811
) -> None:
    leaves(world)
    world.listens(quiet=Quiet(start=time(12), end=time(13)))
    priya = world.config.managers[0].model_copy(update={"time_zone": "America/New_York"})
    world.config = world.config.model_copy(update={"managers": (priya,)})
    world.hear(LINZ)
    asked = []
    for wall in ("08:59", "12:30", "13:00", "13:15"):
        world.now = at(f"2026-03-12 {wall}", "America/New_York")
        asked.append(world.digests.ask())
    assert asked == [0, 0, 1, 0]
    assert [wish.to for wish in world.post.wishes if isinstance(wish, AlertsAsked)] == [priya.email]


def test_what_could_not_be_asked_for_is_asked_for_by_the_next_run(world: World) -> None:  # noqa: F811
    world.hear(LINZ)
    world.post.down = True
    with pytest.raises(MailUnavailable):
        world.digests.ask()
    world.post.down = False
    assert world.digests.ask() == 1


@pytest.mark.parametrize(
    ("wall", "told"),
    [
        ("2026-03-12 12:30", False),
        ("2026-03-12 13:00", True),
        ("2026-03-13 16:59", True),
        ("2026-03-13 17:00", False),
        ("2026-03-14 10:00", False),
        ("2026-12-08 10:00", False),
    ],
    ids=["quiet", "quiet no more", "last minute", "gone home", "Saturday", "holiday"],
)
def test_quiet_hours_weekends_and_holidays_are_the_reps_own(wall: str, told: bool) -> None:
    config = ON.model_copy(
        update={
            "listening": ON.listening.model_copy(update={"quiet": Quiet(start=time(12), end=time(13))}),
            "holidays": {"AT": (date(2026, 12, 8),)},
        }
    )
    assert may_be_told(config, REP.model_copy(update={"holidays": "AT"}), at(wall)) is told


def test_quiet_hours_may_last_over_midnight() -> None:
    late = Quiet(start=time(22), end=time(6))
    assert [late.covers(time(hour)) for hour in (21, 22, 0, 5, 6)] == [False, True, True, True, False]


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
@given(day=st.integers(0, 365))
def test_every_working_day_has_as_many_quarters_as_the_wall_clock_shows(zone: str, day: int) -> None:
    """Whatever the clocks do: they are changed at night, and working hours are a wall clock's."""
    rep = REP.model_copy(update={"time_zone": zone})
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    local = noon.astimezone(rep.zone).date()
    start = datetime(local.year, local.month, local.day, tzinfo=rep.zone).astimezone(UTC)
    runs = [moment for n in range(-8, 112) if may_be_told(ON, rep, moment := start + timedelta(minutes=15 * n))]
    mine = [moment.astimezone(rep.zone) for moment in runs if moment.astimezone(rep.zone).date() == local]
    assert len(mine) == (32 if local.weekday() < 5 else 0)
    assert all(time(9) <= moment.time() < time(17) for moment in mine)
