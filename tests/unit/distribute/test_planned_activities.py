"""A call that was read back moves and goes with its activity; and whose a strange activity is, the CRM is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from intake.told import Teller
from precall.crm import adapter, rest
from precall.crm.clients import READERS
from precall.crm.salesforce.relay import batch_of
from precall.crm.zoho import reader as zoho_reader
from precall.errors import CrmUnavailable
from precall.events import ActivityChanged, CallCancelled, CallMoved, LeadAcquired
from precall.model import Assignment
from tests.fake_close import LEAD as CLOSE_LEAD
from tests.fake_salesforce import EVENT
from tests.unit.crm.deliveries import contact_created
from tests.unit.crm.samples import sample_body
from tests.unit.crm.test_salesforce import RELAYED
from tests.unit.distribute.conftest import NOW, Stack
from tests.unit.distribute.crms import CALL_AT, CRMS, by_id, connected, request

LATER = CALL_AT + timedelta(hours=3)
AFTER = NOW + timedelta(minutes=9)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)
    zoho_reader._TOKENS.forget()


def hubspot(at: datetime | None) -> Any:
    value = str(int(at.timestamp() * 1000)) if at else ""
    name = "notes_next_activity_date"
    said = int(AFTER.timestamp() * 1000)
    kind = "contact.propertyChange"
    return [contact_created(51, subscriptionType=kind, propertyName=name, propertyValue=value, occurredAt=said)]


def pipedrive(at: datetime | None) -> Any:
    action = "change" if at else "delete"
    meta = {**sample_body("pipedrive")["meta"], "action": action, "entity": "activity", "entity_id": "88"}
    due = {"due_date": f"{at:%Y-%m-%d}", "due_time": f"{at:%H:%M:%S}"} if at else {}
    data = {"type": "meeting", "person_id": 51, "done": False, **due}
    before = {"due_time": "09:50:00"} if at else data
    return {"meta": {**meta, "timestamp": AFTER.isoformat()}, "data": data if at else None, "previous": before}


def close(at: datetime | None) -> Any:
    event = {**sample_body("close")["event"], "object_type": "activity.meeting", "object_id": "acti_88"}
    status = {"status": "upcoming" if at else "canceled", "starts_at": (at or LATER).isoformat()}
    about = {"action": "updated", "lead_id": CLOSE_LEAD, "changed_fields": ["status", "starts_at"]}
    return {"event": {**event, **about, "data": status, "date_updated": AFTER.isoformat()}}


def zoho(at: datetime | None, record: str = "88") -> Any:
    values = {"Start_DateTime": at.isoformat()} if at else {}
    more = {"module": "Events", "operation": "update" if at else "delete", "ids": [record]}
    listed = [{"record_id": record, "values": values}]
    said = int(AFTER.timestamp() * 1000)
    return {**sample_body("zoho"), **more, "affected_values": listed, "server_time": said}


def salesforce(at: datetime | None) -> Any:
    event = json.loads(json.dumps(RELAYED))
    header = event["detail"]["payload"]["ChangeEventHeader"] | {
        "entityName": "Event",
        "changeType": "UPDATE" if at else "DELETE",
        "recordIds": [EVENT],
        "commitTimestamp": int(AFTER.timestamp() * 1000),
    }
    fields = {"ActivityDateTime": at.isoformat()} if at else {}
    event["detail"]["payload"] = {"ChangeEventHeader": header, **fields}
    return event


SAYS: dict[str, Callable[[datetime | None], Any]] = {
    "hubspot": hubspot, "pipedrive": pipedrive, "close": close, "salesforce": salesforce, "zoho": zoho,
}  # fmt: skip


def hear(stack: Stack, crm: str, body: Any) -> list[CallMoved | CallCancelled]:
    """What intake makes of a delivery; and distribute takes it, and what comes of it."""
    sent = request(crm, body)
    batch = batch_of(body, sent) if crm == "salesforce" else adapter(crm).parse(sent)
    stack.bus.events.clear()
    Teller(stack.facts, stack.bus, stack.planned, stack.config).tell(crm, batch.told, (), AFTER)
    for event in (heard := list(stack.bus.events)):
        stack.step().take(event)
    asked_for = [event for event in stack.bus.events if isinstance(event, CallMoved | CallCancelled)]
    for event in asked_for:
        if event not in heard:
            stack.step().take(event)
    return asked_for


def acquired(stack: Stack, crm: str) -> str:
    lead = by_id(crm)
    stack.facts.add_lead(lead, 90)
    stack.distribution().distribute(LeadAcquired.of(lead))
    return lead.id


def held(stack: Stack, lead_id: str) -> Assignment:
    return stack.facts.assignments[lead_id]


@pytest.mark.parametrize("crm", CRMS)
def test_a_meeting_that_was_read_back_moves_the_call_and_takes_it_away(stack: Stack, crm: str) -> None:
    connected(stack, crm)
    lead_id = acquired(stack, crm)
    asked = stack.asked
    for _ in range(2):
        hear(stack, crm, SAYS[crm](LATER))
        assert (held(stack, lead_id).call_at, held(stack, lead_id).revision) == (LATER, 1)
    hear(stack, crm, SAYS[crm](None))
    assert held(stack, lead_id).cancelled
    assert stack.asked == asked, "whose it is was known since it was read back"


def without_a_call(stack: Stack, crm: str) -> str:
    """A lead with which nothing was planned when it came in."""
    fake = connected(stack, crm)
    fake.call_at = None
    lead_id = acquired(stack, crm)
    assert held(stack, lead_id).call_from == "next working slot"
    fake.call_at = LATER
    return lead_id


@pytest.mark.parametrize("crm", ["salesforce", "zoho"])
def test_whose_an_activity_is_that_only_moved_the_crm_is_asked(stack: Stack, crm: str) -> None:
    lead_id = without_a_call(stack, crm)
    (told,) = hear(stack, crm, SAYS[crm](LATER))
    assert isinstance(told, CallMoved)
    assert (told.lead_id, told.call_at, told.call) == (lead_id, LATER, CRMS[crm].activity)
    assert held(stack, lead_id).call_at == LATER
    asked = stack.asked
    hear(stack, crm, SAYS[crm](None))
    assert (held(stack, lead_id).cancelled, stack.asked) == (True, asked)


def test_salesforce_still_knows_whose_a_deleted_event_was(stack: Stack) -> None:
    fake = connected(stack, "salesforce")
    lead_id = acquired(stack, "salesforce")
    stack.planned.calls.clear()
    fake.call_at = None
    (told,) = hear(stack, "salesforce", salesforce(None))
    assert isinstance(told, CallCancelled)
    assert held(stack, lead_id).cancelled


def meeting_changed(kind: str = "0-47", **more: Any) -> Any:
    said = int(AFTER.timestamp() * 1000)
    changed = {"subscriptionType": "object.propertyChange", "objectTypeId": kind, "occurredAt": said, **more}
    return [contact_created(8, **changed, propertyName="hs_meeting_start_time", propertyValue="1")]


def test_a_meeting_of_hubspots_names_nobody_and_the_next_call_of_its_contact_is_asked_for(stack: Stack) -> None:
    fake: Any = connected(stack, "hubspot")
    lead_id = acquired(stack, "hubspot")
    fake.planned["meetings"]["8"]["hs_meeting_start_time"] = f"{LATER:%Y-%m-%dT%H:%M:%SZ}"
    stack.now = AFTER
    assert [event.lead_id for event in hear(stack, "hubspot", meeting_changed())] == [lead_id]
    assert held(stack, lead_id).call_at == LATER
    fake.planned["meetings"]["8"]["hs_meeting_outcome"] = "CANCELED"
    stack.now += timedelta(minutes=1)
    hear(stack, "hubspot", meeting_changed(occurredAt=int(stack.now.timestamp() * 1000)))
    assert held(stack, lead_id).cancelled


def test_a_task_to_call_is_a_call_of_hubspots_and_another_task_is_none(stack: Stack) -> None:
    fake: Any = connected(stack, "hubspot")
    fake.planned["meetings"].clear()
    lead_id = acquired(stack, "hubspot")
    assert held(stack, lead_id).call_from == "next working slot"
    fake.contacts["51"]["tasks"] = ["8"]
    at = {"hs_timestamp": f"{LATER:%Y-%m-%dT%H:%M:%SZ}", "hs_task_status": "NOT_STARTED"}
    for kind, expected in (("TODO", "next working slot"), ("CALL", "crm")):
        fake.planned["tasks"]["8"] = {**at, "hs_task_type": kind}
        hear(stack, "hubspot", meeting_changed("0-27"))
        assert held(stack, lead_id).call_from == expected


def test_what_hubspot_does_not_show_cancels_nothing(stack: Stack) -> None:
    fake = connected(stack, "hubspot")
    lead_id = acquired(stack, "hubspot")
    fake.hidden = ("meetings/batch",)
    assert hear(stack, "hubspot", meeting_changed()) == []
    assert not held(stack, lead_id).cancelled


@pytest.mark.parametrize(("crm", "body"), [("zoho", zoho(LATER)), ("salesforce", salesforce(LATER))])
def test_activities_of_strangers_and_without_a_secret_change_nothing(stack: Stack, crm: str, body: Any) -> None:
    connected(stack, crm).call_at = LATER
    assert hear(stack, crm, body) == []
    stack.secrets.clear()
    asked = stack.asked
    assert hear(stack, crm, body) == []
    assert stack.asked == asked


@pytest.mark.parametrize("trouble", [401, 403])
def test_a_token_that_may_not_see_an_activity_is_logged_and_stops_nothing(
    stack: Stack, caplog: pytest.LogCaptureFixture, trouble: int
) -> None:
    connected(stack, "zoho").troubles.next = [trouble]
    assert hear(stack, "zoho", zoho(LATER)) == []
    assert "check the secret zoho/read-client" in caplog.text


def test_a_crm_that_is_busy_is_asked_about_an_activity_again(stack: Stack) -> None:
    fake = connected(stack, "zoho")
    fake.troubles.next = [503] * 3
    event = ActivityChanged(lead_id="x", correlation_id="x", at=AFTER, crm="zoho", activity="Events/88", change="1")
    with pytest.raises(CrmUnavailable):
        stack.step().take(event)
    assert stack.step().take(event) == "activity.changed"


@pytest.mark.parametrize("crm", ["pipedrive", "close"])
async def test_crms_that_say_whose_a_call_is_are_not_asked(stack: Stack, crm: str) -> None:
    connected(stack, crm)
    async with stack.reading().open_door(stack.config()) as door:
        reader = READERS[crm].make(door, (CRMS[crm].secret[1],))
        assert await reader.calls("meeting/1", "1", NOW) == ()


SALESFORCE_TASK = {
    "Id": "00T000000000087AAA",
    "TaskSubtype": "Call",
    "IsReminderSet": True,
    "ReminderDateTime": f"{LATER:%Y-%m-%dT%H:%M:%S.000+0000}",
}


def test_a_task_of_salesforces_to_call_is_due_when_its_reminder_says(stack: Stack) -> None:
    fake: Any = connected(stack, "salesforce")
    fake.call_at, fake.tasks = None, [SALESFORCE_TASK]
    lead_id = acquired(stack, "salesforce")
    assert (held(stack, lead_id).call_at, held(stack, lead_id).call) == (LATER, "00D5Y000001MPM7/Task/00T000000000087")


@pytest.mark.parametrize(
    ("text", "due", "expected"),
    [
        ("Call Ines about the audit", LATER.isoformat(), "crm"),
        ("Call Ines about the audit", f"{LATER:%Y-%m-%d}", "next working slot"),
        ("Send the contract", LATER.isoformat(), "next working slot"),
    ],
)
def test_a_task_of_closes_is_a_call_where_it_has_a_time_and_says_so(
    stack: Stack, text: str, due: str, expected: str
) -> None:
    fake: Any = connected(stack, "close")
    fake.call_at, fake.tasks = None, [{"id": "task_1", "text": text, "date": due, "is_complete": False}]
    lead_id = acquired(stack, "close")
    assert held(stack, lead_id).call_from == expected
