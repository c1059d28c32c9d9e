"""What HubSpot keeps around a contact: the stage of the open deal, and the next meeting."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from precall.crm.errors import CrmObjectMissing
from precall.crm.hubspot.api import HubSpotApi
from precall.crm.values import moment, number, text
from precall.errors import CrmRefused

MOST = 5
"""Records of a kind that are looked at."""


def associated(found: dict[str, Any], kind: str) -> list[str]:
    """The ids of a record's associated ones, each once: HubSpot lists a labelled association twice."""
    try:
        ids = [number(one["id"]) for one in found["associations"][kind]["results"]]
    except (KeyError, TypeError):
        ids = []
    return list(dict.fromkeys(one for one in ids if one))


async def deal_stage(api: HubSpotApi, deals: list[str]) -> str | None:
    """The stage of the first open deal in the team's own words; None without one, or where the token may not see."""
    wanted = "dealstage,pipeline,hs_is_closed"
    for deal in await asyncio.gather(*(_properties(api, f"objects/deals/{one}", wanted) for one in deals[:MOST])):
        pipeline, stage = text(deal.get("pipeline")), text(deal.get("dealstage"))
        if pipeline and stage and str(deal.get("hs_is_closed")).lower() != "true":
            return await _label(api, pipeline, stage) or stage
    return None


async def next_meeting(api: HubSpotApi, meetings: list[str], after: datetime) -> datetime | None:
    """When the next meeting after a moment begins; None without one, or where the token may not see."""
    wanted = "hs_meeting_start_time"
    found = await asyncio.gather(*(_properties(api, f"objects/meetings/{one}", wanted) for one in meetings[:MOST]))
    starts = (moment(meeting.get(wanted)) for meeting in found)
    return min((start for start in starts if start and start > after), default=None)


async def _properties(api: HubSpotApi, path: str, wanted: str) -> dict[str, Any]:
    """Empty where the record is gone, or not to be seen: the lead goes on without it."""
    try:
        properties = (await api.get(path, properties=wanted)).get("properties")
    except (CrmObjectMissing, CrmRefused):
        return {}
    return properties if isinstance(properties, dict) else {}


async def _label(api: HubSpotApi, pipeline: str, stage: str) -> str | None:
    if not (pipeline.isalnum() and stage.isalnum()):  # ids have no place in an address otherwise
        return None
    try:
        return text((await api.get(f"pipelines/deals/{pipeline}/stages/{stage}")).get("label"))
    except CrmRefused:
        return None
