"""What became of a brief after it was sent: what SES tells, who looked at it, of what the rep was reminded."""

from __future__ import annotations

from typing import Literal

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.events.base import Event


class BriefDelivered(Event):
    """The rep's mail server took the mail: only this proves that it arrived."""

    business_key = ("message_id",)
    type: Literal["brief.delivered"] = "brief.delivered"
    research_id: str
    to: EmailStr
    message_id: str


class BriefBounced(Event):
    """The mail came back. `permanent`: the address takes no mail, and gets none any more."""

    business_key = ("message_id",)
    type: Literal["brief.bounced"] = "brief.bounced"
    research_id: str
    to: EmailStr
    message_id: str
    permanent: bool
    reason: str


class BriefComplained(Event):
    """The mail was marked as spam: the address gets none any more."""

    business_key = ("message_id",)
    type: Literal["brief.complained"] = "brief.complained"
    research_id: str
    to: EmailStr
    message_id: str
    reason: str


class BriefOpened(Event):
    """The mail's pixel or the brief's page was asked for: by a person, or by a scanner or a proxy. Proves nothing."""

    business_key = ("research_id", "where")
    type: Literal["brief.opened"] = "brief.opened"
    research_id: str
    where: Literal["mail", "page"]


class BriefClicked(Event):
    """A link of the mail was followed: by a person, or by a scanner. Proves nothing."""

    business_key = ("research_id",)
    type: Literal["brief.clicked"] = "brief.clicked"
    research_id: str


class BriefRead(Event):
    """The brief's page was open, in a visible document, for `seconds` (10 at least)."""

    business_key = ("research_id",)
    type: Literal["brief.read"] = "brief.read"
    research_id: str
    seconds: int


class RepNudged(Event):
    """A manager reminded the rep of a call that is not prepared."""

    business_key = ("research_id", "call_at", "by")
    type: Literal["rep.nudged"] = "rep.nudged"
    research_id: str
    call_at: UtcDatetime
    by: EmailStr
    to: EmailStr
