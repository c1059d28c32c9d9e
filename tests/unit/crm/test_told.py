"""What CRMs tell of leads that there are: whose they are, when the call is, how it went; each in its own form."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from precall.crm.changes import ToldCall, ToldOwner
from precall.crm.outcomes import ToldOutcome, of_disposition
from precall.crm.port import Told
from precall.crm.salesforce.relay import batch_of
from tests.unit.crm.deliveries import contact_created
from tests.unit.crm.samples import delivery, parse, sample_body
from tests.unit.crm.test_salesforce import RELAYED, message, notification

THREE = datetime(2026, 3, 12, 15, tzinfo=UTC)
LEAD = {crm: parse(delivery(crm), crm).leads[0].id for crm in ("pipedrive", "salesforce", "close", "zoho")}
SALESFORCE_LEAD = "00Q5Y00001Suvw6QAB"


def heard(crm: str, body: Any) -> list[Told]:
    return list(parse(delivery(crm, body), crm).told)


def hubspot(name: str, value: str) -> list[Told]:
    item = contact_created(subscriptionType="contact.propertyChange", propertyName=name, propertyValue=value)
    return list(parse(delivery("zoho", [item]), "hubspot").told)


def pipedrive(entity: str, data: dict[str, Any] | None, before: dict[str, Any] | None, **meta: Any) -> list[Told]:
    sent = sample_body("pipedrive")
    meta = {**sent["meta"], "action": "change", "entity": entity, "entity_id": "70", **meta}
    return heard("pipedrive", {"meta": meta, "data": data, "previous": before})


def close(object_type: str, action: str, data: dict[str, Any] | None, *changed: str) -> list[Told]:
    event = sample_body("close")["event"]
    more = {"object_id": "acti_1", "changed_fields": changed, "object_type": object_type, "action": action}
    return heard("close", {"event": {**event, **more, "data": data}})


def zoho(module: str, operation: str, values: dict[str, Any], record: str = "5725767000001451234") -> list[Told]:
    listed = [{"record_id": record, "values": values}]
    more = {"module": module, "operation": operation, "ids": [record], "affected_values": listed}
    return heard("zoho", {**sample_body("zoho"), **more})


def relayed(kind: str, change: str, record: str = "00U5Y00001AAAAAQAA", **fields: Any) -> list[Told]:
    event = json.loads(json.dumps(RELAYED))
    header = event["detail"]["payload"]["ChangeEventHeader"] | {
        "entityName": kind,
        "changeType": change,
        "recordIds": [record],
    }
    event["detail"]["payload"] = {"ChangeEventHeader": header, **fields}
    return list(batch_of(event, delivery("salesforce")).told)


def outbound(kind: str, **fields: str) -> list[Told]:
    return heard("salesforce", message(notification(kind, **fields)))


def call(told: list[Told]) -> ToldCall:
    (one,) = told
    assert isinstance(one, ToldCall)
    return one


def owner(told: list[Told]) -> ToldOwner:
    (one,) = told
    assert isinstance(one, ToldOwner)
    return one


def outcome(told: list[Told]) -> ToldOutcome:
    (one,) = told
    assert isinstance(one, ToldOutcome)
    return one


def test_hubspot_tells_the_owner_and_the_next_planned_activity_of_the_contact() -> None:
    assert owner(hubspot("hubspot_owner_id", "70110002")).owner == "70110002"
    for value in (str(int(THREE.timestamp() * 1000)), "2026-03-12T15:00:00Z"):
        assert call(hubspot("notes_next_activity_date", value)).call_at == THREE
    assert call(hubspot("notes_next_activity_date", "")).call_at is None
    assert hubspot("hubspot_owner_id", "") == hubspot("notes_next_activity_date", "soon") == []


PLANNED = {"type": "call", "due_date": "2026-03-12", "due_time": "15:00:00", "person_id": 151, "done": False}


def test_pipedrive_tells_planned_calls_in_utc_and_those_that_were_deleted() -> None:
    told = call(pipedrive("activity", PLANNED, {"due_time": "14:00:00"}))
    assert (told.call_at, told.lead_id, told.activity) == (THREE, LEAD["pipedrive"], "7654321/activity/70")
    gone = call(pipedrive("activity", None, PLANNED, action="delete"))
    assert (gone.call_at, gone.lead_id, gone.activity) == (None, told.lead_id, told.activity)
    listed = {**PLANNED, "person_id": None, "participants": [{"person_id": 151, "primary": True}]}
    assert call(pipedrive("activity", listed, None, action="create")).lead_id == told.lead_id


@pytest.mark.parametrize(
    "data", [{"type": "task"}, {"due_time": None}, {"person_id": None}, {"due_time": "at noon"}, {"done": True}]
)
def test_pipedrive_tells_no_call_by_other_activities_and_whole_days(data: dict[str, Any]) -> None:
    assert pipedrive("activity", {**PLANNED, **data}, {"due_time": None}) == []


def test_pipedrive_tells_owners_only_where_they_changed_and_not_what_came_through_the_api() -> None:
    data, before = {"owner_id": 502, "person_id": 151}, {"owner_id": 501}
    assert owner(pipedrive("person", data, before, entity_id="151")).lead_id == LEAD["pipedrive"]
    assert owner(pipedrive("deal", data, before)).owner == "502"
    assert pipedrive("deal", data, {"value": 3}) == []
    assert pipedrive("deal", data, before, change_source="api") == []


def test_pipedrive_tells_that_a_call_is_done_and_not_how_it_went() -> None:
    told = outcome(pipedrive("activity", {**PLANNED, "done": True}, {"done": False}))
    assert (told.outcome, told.said, told.lead_id) == ("other", "call done", LEAD["pipedrive"])


MEETING = {"status": "upcoming", "starts_at": "2026-03-12T15:00:00+00:00"}


def test_close_tells_meetings_that_are_set_moved_and_off() -> None:
    told = call(close("activity.meeting", "created", MEETING))
    assert (told.call_at, told.lead_id, told.activity) == (THREE, LEAD["close"], "meeting/acti_1")
    assert call(close("activity.meeting", "updated", MEETING, "starts_at")).call_at == THREE
    assert close("activity.meeting", "updated", MEETING, "note") == []
    assert call(close("activity.meeting", "deleted", None)).call_at is None
    off = {**MEETING, "status": "declined-by-lead"}
    assert call(close("activity.meeting", "updated", off, "status")).call_at is None
    done = close("activity.meeting", "updated", {**MEETING, "status": "completed"}, "status")
    assert not any(isinstance(one, ToldCall) for one in done)


@pytest.mark.parametrize(
    ("kind", "data", "means"),
    [
        ("activity.call", {"disposition": "answered"}, "reached"),
        ("activity.call", {"disposition": "vm-left"}, "not_reached"),
        ("opportunity", {"status_type": "won"}, "won"),
        ("opportunity", {"status_type": "active"}, None),
    ],
)
def test_close_tells_how_a_call_went(kind: str, data: dict[str, Any], means: str | None) -> None:
    told = outcome(close(kind, "created", data))
    assert (told.outcome, told.lead_id, told.opens) == (means, LEAD["close"], means is None)
    assert close(kind, "updated", data, "note") == []


def test_close_tells_the_status_and_the_owner_of_a_lead_where_they_changed() -> None:
    data = {"status_label": "Customer", "lead_owner_id": "user_2"}
    assert outcome(close("lead", "updated", data, "status_id")).said == "Customer"
    assert owner(close("lead", "updated", data, "lead_owner_id")).owner == "user_2"
    assert close("lead", "updated", data, "custom.cf_1") == []


def test_zoho_tells_whose_an_event_is_once_and_later_only_its_record() -> None:
    values = {"Start_DateTime": "2026-03-12T16:00:00+01:00", "Who_Id": {"id": "5725767000001451234"}}
    told = call(zoho("Events", "insert", values, "88"))
    assert (told.call_at, told.lead_id, told.told_once) == (THREE, LEAD["zoho"], True)
    moved = call(zoho("Events", "update", {"Start_DateTime": "2026-03-12T15:00:00Z"}, "88"))
    assert (moved.lead_id, moved.activity, moved.told_once) == (None, told.activity, False)
    assert call(zoho("Events", "delete", {}, "88")).call_at is None


def test_zoho_tells_calls_with_a_lead_by_what_they_are_about() -> None:
    about = {"What_Id": {"id": "5725767000001451234"}, "$se_module": "Leads"}
    planned = {**about, "Call_Start_Time": "2026-03-12T15:00:00Z", "Outgoing_Call_Status": "Scheduled"}
    assert call(zoho("Calls", "insert", planned, "89")).lead_id == LEAD["zoho"]
    assert call(zoho("Calls", "update", {"Outgoing_Call_Status": "Cancelled"}, "89")).call_at is None
    done = {**planned, "Outgoing_Call_Status": "Completed", "Call_Result": "No response/Busy"}
    assert outcome(zoho("Calls", "update", done, "89")).outcome == "not_reached"


def test_zoho_tells_owner_status_and_stage_and_nothing_by_precalls_own_fields() -> None:
    assert owner(zoho("Leads", "update", {"Owner": {"id": "2", "name": "Jonas"}})).owner == "2"
    assert outcome(zoho("Leads", "update", {"Lead_Status": "Contacted"})).outcome == "reached"
    open_deal = {"Stage": "Value Proposition", "Contact_Name": {"id": "5725767000001451234"}}
    assert outcome(zoho("Deals", "insert", open_deal, "71")).opens
    stage = {"Stage": "Closed Won", "Contact_Name": {"id": "5725767000001451234"}}
    assert outcome(zoho("Deals", "update", stage, "71")).lead_id == LEAD["zoho"]
    assert zoho("Leads", "update", {"Precall_Brief_Link": "https://api.example"}) == []


def test_salesforce_relays_whose_an_event_is_once_and_later_only_its_record() -> None:
    start = {"ActivityDateTime": "2026-03-12T15:00:00.000Z"}
    told = call(relayed("Event", "CREATE", WhoId=SALESFORCE_LEAD, **start))
    assert (told.call_at, told.lead_id, told.told_once) == (THREE, LEAD["salesforce"], True)
    moved = call(relayed("Event", "UPDATE", **start))
    assert (moved.lead_id, moved.activity, moved.at) == (None, told.activity, told.at)
    assert call(relayed("Event", "DELETE")).call_at is None
    assert relayed("Event", "UPDATE", Subject="Lunch") == []


def test_salesforce_relays_owners_that_changed_and_repeats_them_by_message() -> None:
    changed = owner(relayed("Lead", "UPDATE", SALESFORCE_LEAD, OwnerId="0055Y00000BBBBBQAV"))
    assert (changed.lead_id, changed.changed) == (LEAD["salesforce"], True)
    stamp = "2026-03-12T09:00:00.000Z"
    repeated = owner(outbound("Lead", Id=SALESFORCE_LEAD, OwnerId="0055Y00000BBBBBQAV", LastModifiedDate=stamp))
    assert (repeated.lead_id, repeated.changed, repeated.version) == (LEAD["salesforce"], False, stamp)


def test_salesforce_tells_by_message_when_an_event_is_and_what_came_of_a_call() -> None:
    event = {"Id": "00U5Y00001AAAAA", "WhoId": SALESFORCE_LEAD, "ActivityDateTime": "2026-03-12T15:00:00.000Z"}
    assert call(outbound("Event", **event)).call_at == THREE
    task = {"Id": "00T1", "WhoId": SALESFORCE_LEAD, "Status": "Completed", "TaskSubtype": "Call"}
    assert outcome(outbound("Task", **task)).outcome == "other"
    assert outcome(outbound("Task", **task, CallDisposition="Left voicemail")).outcome == "not_reached"
    assert outcome(outbound("Lead", Id=SALESFORCE_LEAD, Status="Working - Contacted")).outcome == "reached"


def test_salesforce_tells_how_a_deal_stands_by_its_contact_which_it_names_once() -> None:
    converted = outcome(outbound("Lead", Id=SALESFORCE_LEAD, Status="Closed - Converted"))
    assert (converted.outcome, converted.opens) == ("meeting_set", True)
    record = "0065Y00001AAAAAQAA"
    opened = outcome(relayed("Opportunity", "CREATE", record, ContactId="0035Y1", StageName="Prospecting"))
    assert (opened.outcome, opened.opens, opened.told_once) == (None, True, True)
    won = outcome(relayed("Opportunity", "UPDATE", record, StageName="Closed Won"))
    assert (won.outcome, won.opens, won.lead_id, won.record) == ("won", False, None, opened.record)
    message = outcome(outbound("Opportunity", Id=record, ContactId="0035Y1", StageName="Closed Lost"))
    assert (message.outcome, message.lead_id, message.record) == ("lost", opened.lead_id, opened.record)
    assert relayed("Opportunity", "UPDATE", record, Amount=7) == []


@pytest.mark.parametrize(
    "other", [{"Subject": "Precall brief precall0c7d"}, {"Status": "Open"}, {"WhoId": "001000000000001"}]
)
def test_salesforce_tells_nothing_by_precalls_own_tasks_or_those_of_accounts(other: dict[str, str]) -> None:
    task = {"Id": "00T1", "WhoId": SALESFORCE_LEAD, "Status": "Completed", "TaskSubtype": "Call"}
    assert outbound("Task", **{**task, **other}) == []


@pytest.mark.parametrize(
    ("said", "means"),
    [("No answer", "not_reached"), ("no-answer", "not_reached"), ("Connected", "reached"), ("Nein danke", "other")],
)
def test_a_disposition_is_read_in_the_usual_words_only(said: str, means: str) -> None:
    assert of_disposition(said) == means
