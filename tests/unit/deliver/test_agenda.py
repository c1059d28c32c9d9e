"""The day's calls, on the rep's own morning, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliver.agenda import Agenda, is_due
from precall.config import Config, Mailing
from precall.model.call import Call
from tests.fakes import FakeCalls
from tests.unit.deliver.world import CONFIG, LINKS, World

ON: Config = CONFIG.model_copy(update={"mail": Mailing(agenda=True)})
NEW_YORK, VIENNA = ON.reps
MORNING = datetime(2026, 3, 12, 7, 35, tzinfo=ZoneInfo("Europe/Vienna")).astimezone(UTC)


def call(lead_id: str, at: datetime, rep: str = VIENNA.email, cancelled: bool = False) -> Call:
    return Call(
        lead_id=lead_id,
        research_id="r",
        who="Nordlicht & Söhne",
        account="a",
        contact="Ada Berg",
        rep=rep,
        rep_name="x",
        time_zone="UTC",
        call_at=at,
        state="briefed",
        brief_at=at - timedelta(hours=1),
        cancelled=cancelled,
    )


def agenda(world: World, calls: FakeCalls, config: Config = ON) -> Agenda:
    return Agenda(calls, lambda: config, lambda: LINKS, world.outbox, lambda: world.now)


@pytest.fixture
def world() -> World:
    return World(now=MORNING)


def test_the_reps_calls_of_the_day_come_in_their_order_with_their_briefs(world: World) -> None:
    calls = FakeCalls()
    calls.put(call("late", MORNING + timedelta(hours=9)), 1, 9)
    calls.put(call("early", MORNING + timedelta(hours=2)), 1, 9)
    calls.put(call("tomorrow", MORNING + timedelta(days=1)), 1, 9)
    calls.put(call("cancelled", MORNING + timedelta(hours=3), cancelled=True), 1, 9)
    calls.put(call("another's", MORNING + timedelta(hours=3), rep=NEW_YORK.email), 1, 9)
    assert agenda(world, calls).send_due() == 1
    (mail,) = world.mailer.sent
    assert (mail.to, mail.subject) == (VIENNA.email, "2 calls today, Thu 12 Mar")
    assert mail.text.index("09:35  Ada Berg") < mail.text.index("16:35  Ada Berg")
    assert "/leads/early/brief?token=" in mail.text
    assert "Nordlicht &amp; Söhne" in mail.html


def test_a_day_without_calls_says_so(world: World) -> None:
    agenda(world, FakeCalls()).send_due()
    assert world.mailer.sent[0].subject == "No calls today, Thu 12 Mar"
    assert "No calls are planned for today." in world.mailer.sent[0].text


def test_it_goes_once_a_day_and_only_where_it_is_wanted(world: World) -> None:
    for _ in range(3):
        agenda(world, FakeCalls()).send_due()
    agenda(world, FakeCalls(), CONFIG).send_due()
    assert len(world.mailer.sent) == 1


def test_where_it_is_out_the_calls_are_not_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = FakeCalls()
    assert agenda(world, calls).send_due() == 1
    monkeypatch.setattr(calls, "on", lambda day: pytest.fail("the calls were read"))
    assert agenda(world, calls).send_due() == 1


def test_an_address_that_ses_cannot_take_keeps_nobody_elses_from_going(world: World) -> None:
    odd = VIENNA.model_copy(update={"email": "jürgen@seller.example"})
    config = ON.model_copy(update={"reps": (odd, *ON.reps)})
    assert agenda(world, FakeCalls(), config).send_due() == 1
    assert [mail.to for mail in world.mailer.sent] == [VIENNA.email]


def test_an_address_that_takes_no_mail_gets_none(world: World) -> None:
    world.addresses.suppress(VIENNA.email, "user unknown", MORNING)
    assert agenda(world, FakeCalls()).send_due() == 0


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe"])
@given(day=st.integers(0, 365))
def test_it_is_due_on_every_working_day_whatever_the_clocks_do(zone: str, day: int) -> None:
    rep = VIENNA.model_copy(update={"time_zone": zone})
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    local_day = noon.astimezone(rep.zone).date()
    start = datetime(local_day.year, local_day.month, local_day.day, tzinfo=rep.zone).astimezone(UTC)
    runs = [moment for n in range(96) if is_due(ON, rep, moment := start + timedelta(minutes=15 * n))]
    assert bool(runs) == (local_day.weekday() < 5)


def test_at_the_weekend_and_before_its_time_it_is_not_due() -> None:
    assert not is_due(ON, VIENNA, MORNING - timedelta(minutes=10))
    assert not is_due(ON, VIENNA, MORNING + timedelta(hours=3))
    assert not is_due(ON, VIENNA, MORNING + timedelta(days=2))
