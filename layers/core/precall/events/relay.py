"""What became of a brief in another channel than the mail."""

from __future__ import annotations

from typing import Literal

from precall.clock import UtcDatetime
from precall.events.base import Event


class BriefRelayed(Event):
    """Another channel than the mail took the brief, and why it was used."""

    business_key = ("research_id", "channel")
    type: Literal["brief.relayed"] = "brief.relayed"
    research_id: str
    channel: str
    call_at: UtcDatetime
    reason: str


class RelayFailed(Event):
    """A channel did not take the brief."""

    business_key = ("research_id", "channel")
    type: Literal["relay.failed"] = "relay.failed"
    research_id: str
    channel: str
    reason: str
