"""What HubSpot keeps around a contact: the stage of the open deal, and the next meeting or task to call."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from precall.crm.hubspot.changes import NEXT
from precall.crm.reader import PlannedCall, Sight, next_of
from precall.crm.rest import Rest
from precall.crm.values import moment, number, text

MOST = 5
"""Records of a kind that are looked at one by one."""
_AT_ONCE = 100
"""Records in one batch."""
_OVER = ("CANCELED", "COMPLETED", "NO_SHOW")
"""Outcomes of meetings that will not be (any more); one that was rescheduled will be."""
_DONE = ("COMPLETED", "DEFERRED")

Properties = dict[str, Any]


def associated(found: Properties, kind: str) -> list[str]:
    """The ids of a record's associated ones, each once: HubSpot lists a labelled association twice."""
    try:
        ids = [number(one["id"]) for one in found["associations"][kind]["results"]]
    except (KeyError, TypeError):
        ids = []
    return list(dict.fromkeys(one for one in ids if one))


def properties_of(found: Any) -> Properties:
    """A record's properties; empty where there are none."""
    properties = found.get("properties") if isinstance(found, dict) else None
    return properties if isinstance(properties, dict) else {}


async def deal_stage(rest: Rest, deals: Sequence[str], sight: Sight) -> str | None:
    """The stage of the first open deal in the team's own words; None without one, or where the token may not see."""
    for deal in await sight.of(_batch(rest, "deals", deals, "dealstage", "pipeline", "hs_is_closed"), []):
        pipeline, stage = text(deal.get("pipeline")), text(deal.get("dealstage"))
        if pipeline and stage and str(deal.get("hs_is_closed")).lower() != "true":
            return await sight.of(_label(rest, pipeline, stage), None) or stage
    return None


async def next_call(rest: Rest, contact: Properties, now: datetime, sight: Sight) -> PlannedCall | None:
    """The next meeting or task to call, else the next planned activity, which HubSpot works out a while later. Under
    whichever it is known, webhooks tell of it as of the one planned call that a contact has."""
    meetings, tasks = await asyncio.gather(
        sight.of(
            _batch(rest, "meetings", associated(contact, "meetings"), "hs_meeting_start_time", "hs_meeting_outcome"), []
        ),
        sight.of(
            _batch(rest, "tasks", associated(contact, "tasks"), "hs_timestamp", "hs_task_type", "hs_task_status"), []
        ),
    )
    first = next_of((*_meetings(meetings), *_tasks(tasks)), now)
    return first or next_of([_planned(properties_of(contact).get("notes_next_activity_date"))], now)


def _meetings(found: Sequence[Properties]) -> Iterator[PlannedCall | None]:
    for meeting in found:
        if str(meeting.get("hs_meeting_outcome")).upper() not in _OVER:
            yield _planned(meeting.get("hs_meeting_start_time"))


def _tasks(found: Sequence[Properties]) -> Iterator[PlannedCall | None]:
    for task in found:
        if task.get("hs_task_type") == "CALL" and str(task.get("hs_task_status")).upper() not in _DONE:
            yield _planned(task.get("hs_timestamp"))


def _planned(at: object) -> PlannedCall | None:
    found = moment(at)
    return PlannedCall(NEXT, found) if found else None


async def _batch(rest: Rest, kind: str, ids: Sequence[str], *wanted: str) -> list[Properties]:
    """The properties of records, the newest hundred, in the order of their ids; of those that are gone, nothing."""
    if not ids:
        return []
    inputs = [{"id": one} for one in sorted(ids, key=int)[-_AT_ONCE:]]
    found = await rest.send("POST", f"objects/{kind}/batch/read", {"inputs": inputs, "properties": list(wanted)})
    results = found.get("results") if isinstance(found, dict) else None
    return [properties_of(one) for one in results] if isinstance(results, list) else []


async def _label(rest: Rest, pipeline: str, stage: str) -> str | None:
    if not (pipeline.isalnum() and stage.isalnum()):  # ids have no place in an address otherwise
        return None
    return text((await rest.record(f"pipelines/deals/{pipeline}/stages/{stage}")).get("label"))
