"""The pages: what a holder of a link sees."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from audit.beacon import with_beacon
from precall.errors import BusUnavailable, StorageUnavailable
from precall.events import BriefAcknowledged, Event, parse_event
from precall.model import Account, Assignment, Lead, Prospect
from tests.fakes import FakeFacts
from tests.unit.audit.world import (
    ASSIGNMENT,
    BRIEF_PAGE,
    CALL_AT,
    EVENTS,
    LEAD,
    LEAD_ID,
    RESEARCH_ID,
    World,
    asked,
    failed,
)


@pytest.fixture
def world() -> World:
    return World()


def shown(world: World) -> BeautifulSoup:
    answer = world.pages.trail(asked())
    assert answer.status == 200
    return BeautifulSoup(answer.body, "lxml")


def plain(soup: BeautifulSoup) -> str:
    return soup.get_text(" ", strip=True)


def test_the_trail_page_shows_whom_who_when_and_the_prep(world: World) -> None:
    text = plain(shown(world))
    for told in ("Nordlicht Foods", "Ada Berg, Head of Logistics", "Jonas Ferber", "Thu 12 Mar 2026, 10:30 CET"):
        assert told in text
    assert "Briefed The brief was sent 1 hour 19 minutes before the call." in text


def test_the_timeline_is_complete_and_oldest_first(world: World) -> None:
    soup = shown(world)
    titles = [title.get_text() for title in soup.select("ol.trail h3")]
    assert titles == [
        "The lead came in by a signed webhook",
        "Given to Jonas Ferber",
        "23 mentions collected",
        "5 stories ranked",
        "The brief is ready",
        "The brief was sent",
    ]
    times = [time["datetime"] for time in soup.select("ol.trail time")]
    assert times == sorted(times)
    assert len(times) == len(EVENTS)


def test_the_link_to_the_brief_opens_it_behind_any_stage(world: World) -> None:
    href = str(shown(world).select_one("a.action")["href"])  # type: ignore[index]
    target = urlsplit(urljoin(f"https://api.example/live/leads/{LEAD_ID}?token=x", href))
    assert target.path == f"/live/leads/{LEAD_ID}/brief"
    token = parse_qs(target.query)["token"][0]
    assert world.brief_page.show(asked(token=token)).body == with_beacon(BRIEF_PAGE)


def test_what_a_stranger_wrote_is_text_not_markup(world: World) -> None:
    hostile = Prospect(account=Account(name="<script>alert(1)</script>"))
    world.facts.leads[LEAD_ID] = LEAD.model_copy(update={"prospect": hostile})
    world.happened(failed().model_copy(update={"error": '"><img src=x onerror=alert(1)>', "research_id": "x"}))
    soup = shown(world)
    assert not soup.find(["script", "img"])
    assert "<script>alert(1)</script>" in plain(soup)


def test_a_screen_reader_gets_language_title_and_order(world: World) -> None:
    soup = shown(world)
    assert soup.html
    assert soup.html["lang"] == "en"
    assert soup.title
    assert soup.title.get_text() == "Nordlicht Foods · Precall"
    assert len(soup.select("main")) == 1
    assert [tag.name for tag in soup.find_all(["h1", "h2", "h3"])][:3] == ["h1", "h2", "h3"]
    assert soup.select_one('meta[name="viewport"]')


def test_a_lead_that_is_gone_is_said_to_be_gone(world: World) -> None:
    world.facts.leads.clear()
    world.nothing_happened()
    answer = world.pages.trail(asked())
    assert answer.status == 404
    assert "Nothing is kept about this lead" in answer.body


def test_the_trail_outlives_the_lead_and_its_assignment(world: World) -> None:
    world.facts.leads.clear()
    world.facts.assignments.clear()
    text = plain(shown(world))
    assert "Nordlicht Foods" in text  # from the event
    assert "The brief was sent" in text
    assert "Ada Berg" not in text


def test_a_lead_without_assignment_yet(world: World) -> None:
    world.nothing_happened()
    world.facts.assignments.clear()
    text = plain(shown(world))
    assert "not assigned yet" in text
    assert "In preparation" in text
    assert "Nothing is recorded yet" in text


def test_no_link_to_a_brief_that_does_not_exist(world: World) -> None:
    world.nothing_happened()
    assert not shown(world).select("a.action")


def test_a_brief_that_is_not_there_yet(world: World) -> None:
    world.nothing_happened()
    answer = world.brief_page.show(asked())
    assert answer.status == 404
    assert "The research is on its way" in answer.body


def test_a_brief_that_will_not_come(world: World) -> None:
    world.nothing_happened()
    world.happened(failed())
    answer = world.brief_page.show(asked())
    assert answer.status == 404
    assert "the research failed while writing the brief (Unsupported)" in answer.body


def test_a_brief_that_is_no_longer_kept(world: World) -> None:
    world.documents.texts.clear()
    assert "time of keeping is over" in world.brief_page.show(asked()).body


def test_a_brief_that_the_trail_does_not_know_yet_is_shown_all_the_same(world: World) -> None:
    world.facts.trails.clear()  # the mail was faster than the audit queue
    assert world.brief_page.show(asked()).body == with_beacon(BRIEF_PAGE)


def test_as_json_it_is_the_whole_record(world: World) -> None:
    answer = world.pages.trail(asked(as_json=True))
    assert answer.content_type.startswith("application/json")
    told = json.loads(answer.body)
    assert set(told) == {"lead", "assignment", "prep", "events"}
    assert Lead.model_validate(told["lead"]) == LEAD
    assert Assignment.model_validate(told["assignment"]) == ASSIGNMENT
    assert [parse_event(event) for event in told["events"]] == EVENTS
    assert told["prep"]["state"] == "briefed"
    assert told["prep"]["says"] == "The brief was sent 1 hour 19 minutes before the call."


def test_as_json_a_refusal_is_json(world: World) -> None:
    answer = world.pages.trail(asked(token="x", as_json=True))
    assert answer.status == 403
    assert "does not open anything" in json.loads(answer.body)["error"]


def test_when_the_table_is_down_the_reader_is_told_to_come_back(world: World) -> None:
    class Down(FakeFacts):
        def trail(self, lead_id: str) -> list[Event]:
            raise StorageUnavailable("DynamoDB did not serve trail")

    world.facts = Down()
    answer = world.pages.trail(asked())
    assert answer.status == 503
    assert "try again" in answer.body
    assert "DynamoDB" not in answer.body


def test_a_missing_brief_turns_the_state_after_the_call(world: World) -> None:
    world.nothing_happened()
    world.now = CALL_AT + timedelta(seconds=1)
    assert "Missing The time of the call has passed" in plain(shown(world))


def test_the_reader_acknowledges_the_brief_and_twice_is_once(world: World) -> None:
    for _ in range(2):
        answer = world.brief_page.say(asked(), {"action": "acknowledge"})
        assert (answer.status, "counts as read" in answer.body) == (200, True)
    first, second = world.bus.events
    assert isinstance(first, BriefAcknowledged)
    assert (first.research_id, first.id) == (RESEARCH_ID, second.id)


def test_the_reader_says_that_it_is_another_company(world: World) -> None:
    assert world.brief_page.say(asked(), {"action": "wrong-company"}).status == 200
    assert [event.type for event in world.bus.events] == ["company.disputed"]


@pytest.mark.parametrize("action", ["", "delete", "acknowledge "])
def test_nothing_else_can_be_said(world: World, action: str) -> None:
    assert world.brief_page.say(asked(), {"action": action}).status == 400
    assert world.bus.events == []


def test_a_brief_that_is_not_there_is_not_acknowledged(world: World) -> None:
    world.nothing_happened()
    assert world.brief_page.say(asked(), {"action": "acknowledge"}).status == 404


def test_when_the_bus_is_down_the_reader_is_told_to_come_back(world: World) -> None:
    world.bus.down = BusUnavailable("EventBridge did not take it")
    assert world.brief_page.say(asked(), {"action": "acknowledge"}).status == 503


def test_what_was_said_is_on_the_trail_in_words(world: World) -> None:
    world.brief_page.say(asked(), {"action": "acknowledge"})
    world.brief_page.say(asked(), {"action": "wrong-company"})
    world.happened(*world.bus.events)
    assert "The brief was acknowledged" in plain(shown(world))
    assert "called one about another company" in plain(shown(world))
