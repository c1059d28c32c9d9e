"""What Zoho's notifications tell of leads that there are: owners, planned Events and Calls, statuses.

An update holds the fields that changed (with `return_affected_field_values`), so whose an Event is comes once.
Statuses and results are Zoho's own; what a team's own words mean, only the team knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from precall.crm.changes import ToldCall, ToldOwner
from precall.crm.outcomes import ToldOutcome, of_disposition
from precall.crm.values import moment, number, text
from precall.crm.zoho.notifications import MODULES, id_of, values_of
from precall.events.crm import Outcome
from precall.ids import derived_id

Told = ToldOwner | ToldCall | ToldOutcome
_STATUSES: Mapping[str, Outcome] = {
    "Contacted": "reached",
    "Attempted to Contact": "not_reached",
    "Lost Lead": "lost",
    "Junk Lead": "lost",
    "Not Qualified": "lost",
}
_STAGES: Mapping[str, Outcome] = {"Closed Won": "won", "Closed Lost": "lost", "Closed-Lost to Competition": "lost"}
"""A deal in any other stage is open."""
PLANNED = {
    "Events": ("Start_DateTime", "All_day"),
    "Calls": ("Call_Start_Time", "Outgoing_Call_Status", "Call_Result"),
}
"""The modules of planned calls, and the fields of each that say when; the first is the time."""
_OFF = ("Cancelled", "Canceled")


def told(body: Any, item: Any, received_at: datetime) -> Iterator[Told]:
    """What a notification tells of a lead that there may be; `item` is one of its ids."""
    record, module = number(item), text(body.get("module"))
    if not (record and module):
        return
    at = _server_time(body.get("server_time")) or received_at
    version, values = str(body.get("server_time") or ""), values_of(body, record)
    if module in MODULES and body.get("operation") == "update":
        yield from _of_person(record, module, values, version, at)
    elif module in PLANNED:
        yield from _of_call(record, module, body.get("operation") == "delete", values, version, at)
    elif module == "Deals" and (contact := id_of(values.get("Contact_Name"))):
        said = text(values.get("Stage")) or ""
        if said:
            lead_id, opens = derived_id("zoho", contact), said not in _STAGES
            yield ToldOutcome(lead_id, _STAGES.get(said), f"Deals/{record}", said, at, opens=opens)


def _of_person(record: str, module: str, values: dict[str, Any], version: str, at: datetime) -> Iterator[Told]:
    lead_id = derived_id("zoho", record)
    if owner := id_of(values.get("Owner")):
        yield ToldOwner(lead_id, owner, version, at)
    said = text(values.get("Lead_Status")) or ""
    if said:
        yield ToldOutcome(lead_id, _STATUSES.get(said), f"{module}/{record}", said, at)


def _of_call(
    record: str, module: str, gone: bool, values: dict[str, Any], version: str, at: datetime
) -> Iterator[Told]:
    result = text(values.get("Call_Result"))
    if result:
        yield ToldOutcome(_who(values), of_disposition(result), f"{module}/{record}", result, at)
    if told := call_of(record, module, values, version, at, gone=gone):
        yield told


def call_of(
    record: str, module: str, values: dict[str, Any], version: str, at: datetime, *, gone: bool = False
) -> ToldCall | None:
    """The planned call that an Event or a Call is, or was; None for one that took place, or that has no time."""
    off = gone or text(values.get("Outgoing_Call_Status")) in _OFF
    starts, lead_id = None if off else planned_at(module, values), _who(values)
    return (
        ToldCall(f"{module}/{record}", version, at, lead_id, starts, told_once=bool(lead_id)) if off or starts else None
    )


def planned_at(module: str, values: dict[str, Any]) -> datetime | None:
    """When it is planned; None for a whole day, and for what took place or is off."""
    status = text(values.get("Outgoing_Call_Status"))
    if values.get("All_day") is True or values.get("Call_Result") or status in (*_OFF, "Completed"):
        return None
    return moment(values.get(PLANNED[module][0]))


def _who(values: dict[str, Any]) -> str | None:
    """A Contact is whom an activity is with, a Lead what it is about."""
    found = id_of(values.get("Who_Id"))
    if not found and values.get("$se_module") in (None, "Leads"):
        found = id_of(values.get("What_Id"))
    return derived_id("zoho", found) if found else None


def _server_time(value: object) -> datetime | None:
    """Milliseconds since 1970."""
    if isinstance(value, int) and 0 < value < 10**14:
        return datetime.fromtimestamp(value / 1000, UTC)
    return None
