"""What the manager's pages ask to be mailed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from precall.errors import MailRefused
from precall.post import NudgeAsked, SignInAsked
from precall.sign_in_links import SignInLinks
from tests.unit.deliver.world import CALL_AT, NOW, World, ready

LINKS = SignInLinks("https://api.example/live", ("a-secret-for-tests",))


@pytest.fixture
def world() -> World:
    return World()


def sign_in(address: str) -> SignInAsked:
    return SignInAsked(ask="ask-1", address=address, at=NOW)


def nudge() -> NudgeAsked:
    return NudgeAsked(lead_id=ready().lead_id, by="priya@seller.example", at=NOW)


@pytest.mark.parametrize(
    "address", ["priya@seller.example", " PRIYA@seller.example", "joachim.vellacourt@seller.example"]
)
def test_who_belongs_to_the_team_gets_a_link_that_signs_in_as_them(world: World, address: str) -> None:
    world.post_office.send(sign_in(address))
    (mail,) = world.mailer.sent
    (token,) = re.findall(r"https://api.example/live/manage/link\?token=(\S+)", mail.text)
    assert LINKS.opened(token) == (address.strip().lower(), "ask-1")


@pytest.mark.parametrize("address", ["stranger@seller.example", "", "priya@seller.example.evil.example"])
def test_who_does_not_gets_nothing(world: World, address: str) -> None:
    world.post_office.send(sign_in(address))
    assert world.mailer.sent == []


def test_a_message_that_comes_twice_mails_once(world: World) -> None:
    for _ in range(2):
        world.post_office.send(sign_in("priya@seller.example"))
        world.post_office.send(nudge())
    assert len(world.mailer.sent) == 2


def test_a_wish_that_waited_too_long_is_dropped(world: World) -> None:
    world.now = NOW + timedelta(minutes=16)
    world.post_office.send(sign_in("priya@seller.example"))
    assert world.mailer.sent == []


def test_the_rep_is_reminded_with_the_briefs_link_and_the_trail_knows(world: World) -> None:
    world.post_office.send(nudge())
    (mail,) = world.mailer.sent
    assert mail.to == "jonas@seller.example"
    assert mail.subject == "Please prepare your call with Ada Berg (Nordlicht Foods), Thu 12 Mar 2026, 10:30 CET"
    assert f"/leads/{ready().lead_id}/brief?token=" in mail.text
    assert [event.type for event in world.bus.events] == ["rep.nudged"]


def test_nobody_is_reminded_of_a_call_that_has_begun(world: World) -> None:
    world.now = CALL_AT
    world.post_office.send(nudge())
    assert world.mailer.sent == []


def test_a_refused_reminder_is_not_on_the_trail(world: World) -> None:
    world.mailer.error = MailRefused("suppressed")
    world.post_office.send(nudge())
    assert world.bus.events == []
