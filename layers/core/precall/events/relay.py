"""What became of a brief in another channel than the mail."""

from __future__ import annotations

from typing import Literal

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.events.base import Event


class BriefRelayed(Event):
    """Another channel than the mail took the brief, or the notice that there is none (`notice_only`), and why it was
    used. `to`: the rep whose channel it is; events of older versions have none."""

    business_key = ("research_id", "channel", "call_at", "to", "notice_only")
    type: Literal["brief.relayed"] = "brief.relayed"
    research_id: str
    channel: str
    call_at: UtcDatetime
    reason: str
    to: EmailStr | None = None
    notice_only: bool = False


class RelayFailed(Event):
    """A channel did not take the brief."""

    business_key = ("research_id", "channel")
    type: Literal["relay.failed"] = "relay.failed"
    research_id: str
    channel: str
    reason: str
