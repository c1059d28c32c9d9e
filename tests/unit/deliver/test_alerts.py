"""New stories about a rep's accounts: in one mail, each once, at most so many mails a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from deliver.alerts import MOST, AlertMails
from precall.alerts import Alert
from precall.config import Config
from precall.errors import BusUnavailable, MailRefused, MailUnavailable
from precall.events import StoryAlerted
from precall.listening_settings import Listening
from precall.post import AlertsAsked
from tests.fake_listening import FakeAlerts
from tests.unit.deliver.world import CONFIG, LINKS, World

REP = CONFIG.reps[1]
AT_WORK = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
TWO_MAILS: Config = CONFIG.model_copy(update={"listening": Listening(on=True, mails_a_day=2)})


def alert(name: str = "one", **changes: Any) -> Alert:
    known = Alert(
        id=name,
        to=REP.email,
        account_key="k",
        account="Nordlicht & Söhne",
        headline=f"Nordlicht <b>raises</b> {name}",
        quote="It has raised 40 million euros.",
        url=f"https://outlet.example/{name}?a=1&b=2",
        outlets=("The Outlet", "Kurier"),
        published=date(2026, 3, 12),
        because=("funding", "3 outlets"),
        watched="a call is planned",
        call="lead-1",
        score=0.8,
        heard_at=AT_WORK,
        lead_id="subject",
        research_id="look-1",
        correlation_id="c",
        story=f"m-{name}",
    )
    return known.model_copy(update=changes)


@pytest.fixture
def world() -> World:
    return World(now=AT_WORK, config=TWO_MAILS)


def mails(world: World, alerts: FakeAlerts) -> AlertMails:
    return AlertMails(
        alerts, lambda: world.config, lambda: LINKS, world.bus, world.mailer, world.once, world.addresses,
        lambda: world.now,
    )  # fmt: skip


def wish(**changes: Any) -> AlertsAsked:
    return AlertsAsked(to=REP.email, at=AT_WORK).model_copy(update=changes)


def test_a_story_is_quoted_cited_and_explained_and_everything_is_escaped(world: World) -> None:
    alerts = FakeAlerts(alert(did="lead", sensitive="illness"))
    assert mails(world, alerts).send(wish()) == 1
    (mail,) = world.mailer.sent
    assert (mail.to, mail.subject) == (REP.email, "Nordlicht & Söhne: Nordlicht <b>raises</b> one")
    for said in (
        '"Nordlicht <b>raises</b> one"', '"It has raised 40 million euros."', "The Outlet, Kurier · Thu 12 Mar",
        "https://outlet.example/one?a=1&b=2", "Why you hear of it: funding; 3 outlets", "A lead was made of it.",
        "Know it, do not raise it: illness", "/leads/lead-1/brief?token=", "(a call is planned)",
    ):  # fmt: skip
        assert said in mail.text
    assert "“Nordlicht &lt;b&gt;raises&lt;/b&gt; one”" in mail.html
    assert 'href="https://outlet.example/one?a=1&amp;b=2"' in mail.html
    assert "<b>" not in mail.html
    assert mail.headers["Auto-Submitted"] == "auto-generated"


def test_a_manager_is_told_why_no_rep_is_and_signs_in_to_read_the_brief(world: World) -> None:
    reason = "gone@seller.example is not in the team any more"
    manager = CONFIG.managers[0]
    alerts = FakeAlerts(alert(to=manager.email, instead=reason))
    assert [mails(world, alerts).send(wish(to=manager.email)) for _ in range(2)] == [1, 0]
    (mail,) = world.mailer.sent
    assert mail.to == manager.email
    assert f"{manager.name}, this is new about an account of the team's" in mail.text
    for said in (mail.text, mail.html):
        assert f"Why you, a manager, are told: {reason}" in said
        assert "/leads/lead-1/brief" in said
        assert "token=" not in said
    (told,) = (event for event in world.bus.events if isinstance(event, StoryAlerted))
    assert (told.to, told.instead) == (manager.email, reason)


def test_what_waits_goes_in_one_mail_the_highest_first(world: World) -> None:
    low, high = alert("low", score=0.6), alert("high", score=0.9, heard_at=AT_WORK + timedelta(minutes=1))
    alerts = FakeAlerts(low, high, alert("another's", to="jonas@seller.example"))
    assert mails(world, alerts).send(wish()) == 2
    (mail,) = world.mailer.sent
    assert mail.subject == "Nordlicht & Söhne: Nordlicht <b>raises</b> high (and 1 more story)"
    assert mail.text.index("raises</b> high") < mail.text.index("raises</b> low")
    told = [event for event in world.bus.events if isinstance(event, StoryAlerted)]
    assert {(event.story, event.to, event.lead_id) for event in told} == {
        ("m-low", REP.email, "subject"),
        ("m-high", REP.email, "subject"),
    }


def test_the_account_is_in_the_subject_once(world: World) -> None:
    mails(world, FakeAlerts(alert(account="Nordlicht"))).send(wish())
    assert world.mailer.sent[0].subject == "Nordlicht <b>raises</b> one"


def test_a_wish_that_comes_again_mails_nothing(world: World) -> None:
    alerts = FakeAlerts(alert())
    assert [mails(world, alerts).send(wish()) for _ in range(2)] == [1, 0]
    assert len(world.mailer.sent) == 1


@pytest.mark.parametrize("breaks", ["bus", "table"])
def test_a_mail_that_is_out_is_only_recorded_by_the_next_try_even_if_more_has_come(world: World, breaks: str) -> None:
    alerts = FakeAlerts(alert())
    restore = broken(world, alerts, breaks)
    with pytest.raises(BusUnavailable):
        mails(world, alerts).send(wish())
    restore()
    alerts.held.append(alert("later", heard_at=AT_WORK + timedelta(minutes=1)))
    assert mails(world, alerts).send(wish()) == 1
    assert (len(world.mailer.sent), [each.id for each in alerts.held]) == (1, ["later"])
    assert mails(world, alerts).send(wish()) == 1
    assert len(world.mailer.sent) == 2


def broken(world: World, alerts: FakeAlerts, what: str) -> Callable[[], None]:
    """Something fails after the mail is out; what mends it."""
    error = BusUnavailable("down")
    if what == "bus":
        world.bus.down = error
        return lambda: setattr(world.bus, "down", None)

    def fails(*given: object) -> None:
        raise error

    setattr(alerts, "mailed", fails)  # noqa: B010 - mypy knows no assignment to a method
    return lambda: delattr(alerts, "mailed")


@pytest.mark.parametrize("error", [MailUnavailable("throttled"), MailRefused("not verified")])
def test_a_mail_that_fails_stays_with_its_queue_and_a_redrive_finishes_it(world: World, error: Exception) -> None:
    alerts = FakeAlerts(alert())
    world.mailer.error = error
    with pytest.raises(type(error)):
        mails(world, alerts).send(wish())
    world.mailer.error = None
    assert mails(world, alerts).send(wish()) == 1


def test_no_more_mails_a_day_than_the_settings_say_and_the_rest_waits(world: World) -> None:
    alerts = FakeAlerts()
    for name in ("one", "two", "three"):
        alerts.held.append(alert(name))
        mails(world, alerts).send(wish())
    assert (len(world.mailer.sent), [each.id for each in alerts.held]) == (2, ["three"])
    world.now = AT_WORK + timedelta(days=1)
    assert mails(world, alerts).send(wish(at=world.now)) == 1


def test_a_mail_has_so_many_stories_and_the_next_one_the_others(world: World) -> None:
    alerts = FakeAlerts(*(alert(f"{n:02}", heard_at=AT_WORK + timedelta(seconds=n)) for n in range(MOST + 1)))
    assert [mails(world, alerts).send(wish()) for _ in range(2)] == [MOST, 1]


def test_a_wish_from_dead_letters_waits_for_the_morning_and_one_just_before_closing_holds(world: World) -> None:
    alerts = FakeAlerts(alert())
    world.now = AT_WORK + timedelta(hours=14)
    assert mails(world, alerts).send(wish()) == 0
    closing = datetime(2026, 3, 12, 15, 59, tzinfo=UTC)
    world.now = closing + timedelta(minutes=2)
    assert mails(world, alerts).send(wish(at=closing)) == 1


def test_who_takes_no_mail_or_has_left_gets_none(world: World) -> None:
    alerts = FakeAlerts(alert(), alert("other", to="gone@seller.example"))
    world.addresses.suppress(REP.email, "user unknown", AT_WORK)
    assert mails(world, alerts).send(wish()) == 0
    assert mails(world, alerts).send(wish(to="gone@seller.example")) == 0
