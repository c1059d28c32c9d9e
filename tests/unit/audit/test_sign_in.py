"""Signing in: what is asked, how often, and who is let in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.people import person_of
from audit.sign_in import COOKIE, TRIES_FROM_A_PLACE, TRIES_OF_AN_ADDRESS, SignIn
from precall.config import Config, parse_config
from precall.sign_in_links import SignInLinks
from tests.integration.audit.test_in_browser import FakePost, FakeSessions
from tests.unit.audit.world import NOW, ROOT

CONFIG: Config = parse_config((ROOT / "precall.example.yaml").read_text())
LINKS = SignInLinks("https://api.example/live", ("a-secret-for-tests",))
MANAGER, REP = CONFIG.managers[0], CONFIG.reps[0]


@pytest.fixture
def sign_in() -> SignIn:
    return SignIn(lambda: CONFIG, FakeSessions(), lambda: LINKS, FakePost(), lambda: NOW)


def token(address: str, ask: str = "ask-1") -> str:
    return LINKS.to(address, ask).split("token=")[1]


def test_a_mailed_link_signs_in_once(sign_in: SignIn) -> None:
    answer = sign_in.enter(token(MANAGER.email))
    assert answer.status == 303
    secret = answer.headers["Set-Cookie"].removeprefix(f"{COOKIE}=").split(";")[0]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(answer.headers["Set-Cookie"].split("; "))
    person = sign_in.person(secret)
    assert person
    assert (person.email, person.manager) == (MANAGER.email, True)
    assert sign_in.enter(token(MANAGER.email)).status == 403


def test_looking_at_a_link_does_not_use_it_up(sign_in: SignIn) -> None:
    assert sign_in.confirm(token(REP.email)).status == 200
    assert sign_in.enter(token(REP.email)).status == 303


def test_who_left_the_team_is_signed_out(sign_in: SignIn) -> None:
    secret = sign_in.enter(token(REP.email)).headers["Set-Cookie"].removeprefix(f"{COOKIE}=").split(";")[0]
    without = CONFIG.model_copy(update={"reps": CONFIG.reps[1:]})
    assert replace(sign_in, config=lambda: without).person(secret) is None


def test_a_link_of_a_lead_does_not_sign_in(sign_in: SignIn) -> None:
    from tests.unit.audit.world import TOKEN

    assert sign_in.enter(TOKEN).status == 403
    assert sign_in.confirm(TOKEN).status == 403


def test_too_many_tries_are_refused_for_known_and_unknown_alike(sign_in: SignIn) -> None:
    for address in (MANAGER.email, "stranger@nowhere.example"):
        statuses = [sign_in.asked(address, address).status for _ in range(TRIES_OF_AN_ADDRESS + 1)]
        assert statuses == [200] * TRIES_OF_AN_ADDRESS + [429]


def test_one_place_cannot_ask_for_everybody(sign_in: SignIn) -> None:
    statuses = [sign_in.asked(f"{n}@x.example", "192.0.2.1").status for n in range(TRIES_FROM_A_PLACE + 1)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {200}


def test_an_old_link_does_not_sign_in(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    old, now = token(MANAGER.email), time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + timedelta(minutes=16).total_seconds())
    assert sign_in.enter(old).status == 403


def test_who_is_both_is_a_manager_with_the_reps_day() -> None:
    both = CONFIG.model_copy(update={"managers": (MANAGER.model_copy(update={"email": REP.email.upper()}),)})
    person = person_of(both, f" {REP.email} ")
    assert person
    assert (person.manager, person.zone) == (True, REP.time_zone)
    assert person_of(both, "stranger@nowhere.example") is None
