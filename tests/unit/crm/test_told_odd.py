"""What CRMs tell, with one value in it that nobody would send: it is passed over or rejected, and nothing crashes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from precall.crm import MalformedBody, adapter
from precall.crm.salesforce.relay import batch_of
from tests.unit.crm.deliveries import contact_created
from tests.unit.crm.samples import delivery, sample_body
from tests.unit.crm.test_salesforce import RELAYED
from tests.unit.crm.test_told import MEETING, PLANNED, SALESFORCE_LEAD

ODD: list[Any] = [
    None, 0, -1, 1.5, 10**30, "", "x", "2026-03-12T15:00:00Z", "9999-99-99", [], {}, [{}], [[]], {"id": []}, True,
    "é\x00", "1" * 400,
]  # fmt: skip


def told() -> Iterator[tuple[str, Any]]:
    """Deliveries about leads that there are, with their CRMs."""
    zoho, close, pipedrive = sample_body("zoho"), sample_body("close"), sample_body("pipedrive")
    calls = {"Call_Start_Time": "2026-03-12T15:00:00Z", "Call_Result": "Interested", "What_Id": {"id": "1"}}
    for module, values in (("Events", {"Start_DateTime": "2026-03-12T15:00:00Z"}), ("Calls", calls)):
        listed = [{"record_id": "88", "values": values}]
        yield "zoho", {**zoho, "module": module, "operation": "update", "ids": ["88"], "affected_values": listed}
    for kind, data in (("activity.meeting", MEETING), ("lead", {"status_label": "Customer", "lead_owner_id": "u"})):
        changed = {"changed_fields": ["starts_at", "status_id", "lead_owner_id"], "action": "updated"}
        yield "close", {"event": {**close["event"], **changed, "object_type": kind, "data": data}}
    meta = {**pipedrive["meta"], "action": "change", "entity": "activity"}
    yield "pipedrive", {"meta": meta, "data": {**PLANNED, "participants": [{"person_id": 1}]}, "previous": {}}
    planned: dict[str, Any] = {"propertyName": "notes_next_activity_date", "propertyValue": "1773302000000"}
    yield "hubspot", [contact_created(**planned, subscriptionType="contact.propertyChange")]
    header = RELAYED["detail"]["payload"]["ChangeEventHeader"] | {"entityName": "Event", "changeType": "UPDATE"}
    fields = {"WhoId": SALESFORCE_LEAD, "ActivityDateTime": "2026-03-12T15:00:00Z"}
    yield "salesforce", {**RELAYED, "detail": {"payload": {"ChangeEventHeader": header, **fields}}}


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from paths(child, (*here, key))


DELIVERIES = list(told())


@settings(max_examples=150)
@given(st.sampled_from(range(len(DELIVERIES))), st.data())
def test_no_value_whatsoever_crashes(number: int, data: st.DataObject) -> None:
    crm, body = DELIVERIES[number][0], json.loads(json.dumps(DELIVERIES[number][1]))
    path = data.draw(st.sampled_from(list(paths(body))[1:]))
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = data.draw(st.sampled_from(ODD))
    with suppress(MalformedBody):
        if crm == "salesforce":
            batch_of(body, delivery("salesforce"))
        else:
            adapter(crm).parse(delivery("zoho", body))
