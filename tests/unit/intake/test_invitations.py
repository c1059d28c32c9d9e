"""Invitations: with a lead or after it, moved, cancelled, out of order, and on the rep's own clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from precall.events import CallCancelled, CallMoved, Event, LeadAcquired
from precall.model import Assignment
from precall.model.lead import Assignee
from tests.unit.crm.deliveries import LEAD, as_body, generic_headers
from tests.unit.crm.test_invitation import TWO, ics
from tests.unit.distribute.conftest import NOW
from tests.unit.intake.conftest import Answer, Stack
from tests.unit.intake.gateway import generic, with_headers

THREE = "DTSTART:20260312T150000Z"
MINE = {**LEAD, "id": "crm-4711"}


def sent(stack: Stack, payload: Any, content_type: str = "application/json") -> Answer:
    body = payload.encode() if isinstance(payload, str) else as_body(payload)
    event = generic(body) | {"path": "/invitations", "body": body.decode()}
    return stack.post(with_headers(event, {"Content-Type": content_type, **generic_headers(body)}))


def told(stack: Stack) -> list[Event]:
    return [event for event in stack.bus.events if not isinstance(event, LeadAcquired)]


def with_invitation(stack: Stack, invitation: str) -> str:
    answer = stack.post(generic({**MINE, "invitation": invitation}))
    assert answer.status == 202
    return str(answer.body["accepted"][0]["id"])


def test_a_lead_comes_with_its_time_and_later_invitations_are_known_by_their_uid(stack: Stack) -> None:
    lead_id = with_invitation(stack, ics())
    assert stack.facts.leads[lead_id].call_at == TWO
    assert told(stack) == []
    assert sent(stack, ics(THREE, "SEQUENCE:1"), "text/calendar; charset=utf-8; method=REQUEST").status == 202
    answer = sent(stack, ics("SEQUENCE:2", method="CANCEL"), "text/calendar")
    assert answer.body == {"leads": [{"id": lead_id}], "rejected": []}
    moved, off = told(stack)
    assert isinstance(moved, CallMoved)
    assert isinstance(off, CallCancelled)
    assert (moved.lead_id, moved.call_at, moved.by) == (lead_id, datetime(2026, 3, 12, 15, tzinfo=UTC), "invitation")
    assert (moved.call, moved.at) == (off.call, datetime(2026, 3, 10, 9, tzinfo=UTC))


def test_an_invitation_after_the_lead_names_it_by_either_id(stack: Stack) -> None:
    lead_id = stack.post(generic(MINE)).body["accepted"][0]["id"]
    for name in ("crm-4711", lead_id):
        assert sent(stack, {"lead": name, "invitation": ics()}).body["leads"] == [{"id": lead_id}]
    first, second = told(stack)
    assert first.id == second.id


def test_an_older_one_that_comes_late_changes_nothing_and_says_so(stack: Stack) -> None:
    with_invitation(stack, ics("DTSTART:20260312T160000Z", "SEQUENCE:2"))
    answer = sent(stack, ics(THREE, "SEQUENCE:1"), "text/calendar")
    assert answer.status == 422
    assert answer.body["error"].startswith("SEQUENCE: a later invitation")
    assert told(stack) == []


def test_the_same_lead_again_with_another_invitation_moves_its_call(stack: Stack) -> None:
    with_invitation(stack, ics())
    with_invitation(stack, ics())
    with_invitation(stack, ics(THREE, "SEQUENCE:1"))
    assert [event.type for event in told(stack)] == ["call.moved", "call.moved"]
    first, second = (event for event in told(stack) if isinstance(event, CallMoved))
    assert (first.call_at, second.call_at) == (TWO, datetime(2026, 3, 12, 15, tzinfo=UTC))


def test_a_time_without_a_zone_is_on_the_clock_of_the_leads_rep(stack: Stack) -> None:
    stack.zones = {"dana@seller.example": "America/New_York"}
    lead_id = with_invitation(stack, ics("DTSTART:20260312T100000"))
    assert stack.facts.leads[lead_id].call_at is None
    rep = Assignee(name="Jonas", email="jonas@seller.example", time_zone="Europe/Vienna")
    given: dict[str, Any] = {"research_id": "r", "reason": "x", "call_from": "lead", "assigned_at": NOW}
    stack.facts.assignments[lead_id] = Assignment(lead_id=lead_id, rep=rep, call_at=NOW, **given)
    sent(stack, ics("DTSTART:20260312T100000", "SEQUENCE:1"), "text/calendar")
    first, second = (event for event in told(stack) if isinstance(event, CallMoved))
    assert (first.call_at.hour, second.call_at.hour) == (14, 9)


def test_a_time_without_a_zone_and_a_rep_is_refused(stack: Stack) -> None:
    stack.crm_owners = {"dana@seller.example": "501", "jonas@seller.example": "502"}
    stack.zones = {"dana@seller.example": "America/New_York"}
    stack.post(generic(MINE))
    floating = {"lead": "crm-4711", "invitation": ics("DTSTART:20260312T100000")}
    assert sent(stack, floating).body["error"].startswith("DTSTART: has no time zone, and the lead no rep")
    stack.post(generic({**MINE, "id": "crm-4712", "owner": "502"}))
    assert sent(stack, {**floating, "lead": "crm-4712"}).status == 202


@pytest.mark.parametrize(
    ("payload", "status", "says"),
    [
        (ics(), 422, "lead: nobody knows whose call it is"),
        ("BEGIN:VCALENDAR", 422, "invitation: is not one whole VCALENDAR"),
        ({"lead": "nobody", "invitation": ics()}, 422, "lead: nobody knows whose call it is"),
        ({"lead": "x"}, 422, "invitation: is missing"),
        ({"invitations": [], "leads": 1}, 400, "leads: is no field beside invitations"),
        ({"invitations": {}}, 400, "invitations: is not a list"),
        ([], 400, "send 1 to 100"),
    ],
    ids=["unknown", "no calendar", "unknown lead", "none", "stray", "no list", "empty"],
)
def test_what_cannot_be_taken_is_told_with_its_fix(stack: Stack, payload: Any, status: int, says: str) -> None:
    answer = sent(stack, payload, "text/calendar" if isinstance(payload, str) else "application/json")
    assert (answer.status, stack.untouched()) == (status, True)
    assert says in answer.body["error"]


def test_what_is_unsigned_or_of_another_kind_is_refused(stack: Stack) -> None:
    event = generic(ics().encode()) | {"path": "/invitations"}
    assert stack.post(with_headers(event, {"Content-Type": "text/html"})).status == 415
    assert stack.post(with_headers(event, {"Content-Type": "text/calendar", "webhook-signature": "v1,x"})).status == 401


def test_a_lead_with_a_broken_invitation_is_rejected_by_its_property(stack: Stack) -> None:
    answer = stack.post(generic({**MINE, "invitation": ics("DTSTART;VALUE=DATE:20260312")}))
    assert answer.status == 422
    assert answer.body["error"].startswith("invitation: DTSTART: is missing, malformed or a whole day")
