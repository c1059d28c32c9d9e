"""How calls were prepared, on the manager's own morning, once a period, with the figures of the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from audit import coverage
from deliver.digest import Digest, is_due
from precall.config import Config, Mailing
from precall.counting import PREP, Counting
from precall.model.call import Call
from tests.fakes import FakeCalls, FakeTallies
from tests.unit.deliver.world import CONFIG, World

VIENNA = ZoneInfo("Europe/Vienna")
MANAGER = CONFIG.managers[0].model_copy(update={"time_zone": "Europe/Vienna"})
ONE = CONFIG.model_copy(update={"managers": (MANAGER,)})
WEEKLY = ONE.model_copy(update={"mail": Mailing(digest="weekly")})
DAILY = ONE.model_copy(update={"mail": Mailing(digest="daily")})
REP = CONFIG.reps[0]
MONDAY = datetime(2026, 3, 16, 8, 5, tzinfo=VIENNA).astimezone(UTC)


def call(lead_id: str, at: datetime, state: str = "briefed", **more: Any) -> Call:
    about = {
        "lead_id": lead_id,
        "research_id": "r",
        "who": "Nordlicht",
        "account": "a",
        "rep": REP.email,
        "rep_name": "x",
    }
    return Call.model_validate({**about, "time_zone": "UTC", "call_at": at, "state": state, **more})


def calls_of(*calls: Call) -> FakeCalls:
    found = FakeCalls()
    for each in calls:
        found.put(each, 1, 9)
    return found


LAST_WEEK = calls_of(
    call(
        "a",
        MONDAY - timedelta(days=6),
        "acknowledged",
        outcome="reached",
        source="webinar",
        brief_at=MONDAY - timedelta(days=6, minutes=50),
        acquired_at=MONDAY - timedelta(days=6, hours=9),
    ),
    call("b", MONDAY - timedelta(days=5), "late", reason="it came <late>"),
    call("c", MONDAY - timedelta(days=3), "acknowledged", outcome="not_reached"),
    call("d", MONDAY - timedelta(days=9)),
    call("e", MONDAY + timedelta(hours=1)),
)


def digest(world: World, calls: FakeCalls, config: Config = WEEKLY) -> Digest:
    counting = Counting(calls, FakeTallies(calls), PREP)
    return Digest(calls, counting, lambda: config, world.outbox, "https://api.example/live", lambda: world.now)


@pytest.fixture
def world() -> World:
    return World(now=MONDAY)


def test_the_figures_are_those_of_the_page(world: World) -> None:
    sender = digest(world, LAST_WEEK)
    assert sender.send_due() == 1
    (mail,) = world.mailer.sent
    assert (mail.to, mail.subject) == (MANAGER.email, "67 % of 3 calls prepared, 09 Mar to 15 Mar 2026")
    found = sender.counting.weeks(date(2026, 3, 9), MONDAY, "margins").tallies
    page = coverage.of({date(2026, 3, 9): found[date(2026, 3, 9)]}, 2, MONDAY, {REP.email: REP.name})
    (rep,) = page.tables["by-rep"].rows
    assert f"{rep[0]}: {rep[2]} of {rep[1]} ({rep[3]})" in mail.text
    assert f"interval {rep[4]}; the week before 0 %" in mail.text
    for outcome in page.tables["outcomes"].rows:
        if outcome[1] != "0":
            assert f"{outcome[0]}: {outcome[3]} of {outcome[1]} ({outcome[4]})" in mail.text
    assert "1 late: it came <late>" in mail.text
    assert "it came &lt;late&gt;" in mail.html
    assert "within 8 h of the lead, and 50 min or more before the call" in mail.text
    assert "shows no cause" in mail.text
    assert "https://api.example/live/manage/coverage" in mail.html


def test_it_goes_once_a_week_and_only_where_it_is_wanted(world: World) -> None:
    for _ in range(3):
        digest(world, LAST_WEEK).send_due()
        world.now += timedelta(minutes=15)
    digest(world, LAST_WEEK, ONE).send_due()
    assert len(world.mailer.sent) == 1
    world.now = MONDAY + timedelta(weeks=1)
    digest(world, LAST_WEEK).send_due()
    assert len(world.mailer.sent) == 2


def test_daily_it_tells_of_the_days_since_the_last(world: World) -> None:
    digest(world, LAST_WEEK, DAILY).send_due()
    assert world.mailer.sent[-1].subject == "100 % of 1 calls prepared, 13 Mar to 15 Mar 2026"
    world.now = MONDAY + timedelta(days=1)
    digest(world, LAST_WEEK, DAILY).send_due()
    assert world.mailer.sent[-1].subject == "0 % of 1 calls prepared, Monday, 16 Mar 2026"


def test_days_without_calls_say_so(world: World) -> None:
    digest(world, FakeCalls()).send_due()
    assert world.mailer.sent[0].subject == "No calls, 09 Mar to 15 Mar 2026"
    assert "No calls were made." in world.mailer.sent[0].text


def test_an_address_that_takes_no_mail_gets_none(world: World) -> None:
    world.addresses.suppress(MANAGER.email, "user unknown", MONDAY)
    assert digest(world, LAST_WEEK).send_due() == 0


@pytest.mark.parametrize(
    ("config", "day", "hour", "minute", "due"),
    [
        (WEEKLY, 16, 8, 0, True),
        (WEEKLY, 16, 7, 59, False),
        (WEEKLY, 16, 10, 1, False),
        (WEEKLY, 17, 8, 0, False),
        (DAILY, 20, 8, 0, True),
        (DAILY, 21, 8, 0, False),
    ],
)
def test_it_is_due_on_the_manager_s_own_clock(config: Config, day: int, hour: int, minute: int, due: bool) -> None:
    at = datetime(2026, 3, day, hour, minute, tzinfo=VIENNA)
    assert is_due(config, MANAGER, at.astimezone(UTC)) == due
    assert not is_due(config, MANAGER, at.replace(tzinfo=ZoneInfo("America/New_York")).astimezone(UTC))


def test_a_manager_without_a_time_zone_has_the_team_s() -> None:
    assert str(CONFIG.zone_of(CONFIG.managers[0])) in {rep.time_zone for rep in CONFIG.reps}
    own = CONFIG.managers[0].model_copy(update={"email": REP.email})
    assert str(CONFIG.zone_of(own)) == REP.time_zone
