"""After the call the rep says by one click how it went; before it nobody is asked, and nobody else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from audit.access import Asked
from precall.events import CallOutcome
from tests.unit.audit.test_voting import COLLEAGUE, MANAGER, shown, world
from tests.unit.audit.world import ASSIGNMENT, LEAD_ID, World, asked

__all__ = ["world"]


def click(world: World, outcome: str = "reached", by: Asked | None = None) -> int:
    return world.brief_page.say(by or asked(), {"action": "outcome", "outcome": outcome}).status


def told(world: World) -> list[CallOutcome]:
    return [event for event in world.bus.events if isinstance(event, CallOutcome)]


@pytest.fixture
def called(world: World) -> World:
    world.now = ASSIGNMENT.call_at + timedelta(minutes=20)
    return world


def pressed(soup: BeautifulSoup) -> list[str]:
    return [str(button["value"]) for button in soup.select("#outcome button[aria-pressed=true]")]


def test_the_rep_is_asked_once_the_call_has_begun(world: World) -> None:
    world.now = ASSIGNMENT.call_at - timedelta(minutes=1)
    assert not shown(world).select("#outcome")
    world.now = ASSIGNMENT.call_at
    soup = shown(world)
    assert [button["value"] for button in soup.select("#outcome button")] == [
        "reached", "not_reached", "meeting_set", "won", "lost", "other",
    ]  # fmt: skip
    assert soup.select("#outcome ~ #rating")


def test_one_click_tells_it_and_a_double_click_tells_the_same(called: World) -> None:
    assert [click(called), click(called)] == [200, 200]
    first, second = told(called)
    assert (first.outcome, first.source, first.lead_id) == ("reached", "rep", LEAD_ID)
    assert first.id == second.id


def test_it_is_shown_and_can_be_changed_back_and_forth(called: World) -> None:
    for outcome in ("reached", "not_reached", "reached"):
        click(called, outcome)
        called.happened(*told(called))
        assert pressed(shown(called)) == [outcome]
        called.now += timedelta(minutes=2)
    assert len({event.id for event in told(called)}) == 3


@pytest.mark.parametrize("outcome", ["", "excellent", "REACHED"])
def test_what_is_none_of_the_buttons_is_refused(called: World, outcome: str) -> None:
    assert (click(called, outcome), told(called)) == (400, [])


def test_managers_and_colleagues_are_neither_asked_nor_heard(called: World) -> None:
    for person, status in ((MANAGER, 400), (COLLEAGUE, 403)):
        by = asked(token="", person=person)
        assert click(called, by=by) == status
    assert not shown(called, asked(token="", person=MANAGER)).select("#outcome")
    assert told(called) == []


def test_a_cancelled_call_went_nowhere(called: World) -> None:
    held = called.facts.assignments[LEAD_ID]
    called.facts.assignments[LEAD_ID] = held.model_copy(update={"cancelled": True})
    assert not shown(called).select("#outcome")
