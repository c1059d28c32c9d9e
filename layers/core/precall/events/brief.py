"""A brief is mailed or missed, and what its reader says of it."""

from __future__ import annotations

from typing import Literal

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.events.base import Event


class BriefSent(Event):
    """SES took the mail, `message_id` is SES's. `notice_only`: it said that there is no brief. `partial_because`: why
    it is less than it could be."""

    business_key = ("research_id", "call_at", "to", "notice_only")
    type: Literal["brief.sent"] = "brief.sent"
    research_id: str
    to: EmailStr
    call_at: UtcDatetime
    message_id: str
    minutes_before_call: int
    notice_only: bool = False
    partial_because: str | None = None


class BriefMissed(Event):
    """Nothing was sent, and why: the call was over, or the mail was refused."""

    business_key = ("research_id", "call_at")
    type: Literal["brief.missed"] = "brief.missed"
    research_id: str
    call_at: UtcDatetime
    reason: str


class BriefAcknowledged(Event):
    """Who holds the brief's link said that it was read."""

    business_key = ("research_id",)
    type: Literal["brief.acknowledged"] = "brief.acknowledged"
    research_id: str


class CompanyDisputed(Event):
    """Who holds the brief's link said that it is about another company."""

    business_key = ("research_id",)
    type: Literal["company.disputed"] = "company.disputed"
    research_id: str
