"""What happens while accounts are listened to. `lead_id` is where an account's looks are kept (`precall.watches`): no
CRM knows it, and nobody is to call."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from precall.emails import EmailStr
from precall.events.base import Event
from precall.model.signal_kind import SignalKind


class LookAsked(Event):
    """The account's time has come: the sources are asked again, and why it is listened to; starts the workflow."""

    business_key = ("research_id",)
    type: Literal["look.asked"] = "look.asked"
    research_id: str
    because: str


class LookFailed(Event):
    """A look gave nothing; `step` and `error` say where and why. The next one comes in its time."""

    business_key = ("research_id",)
    type: Literal["look.failed"] = "look.failed"
    research_id: str
    step: str
    error: str


class StoryHeard(Event):
    """A new high story. `story` is the id of its best mention, `to` the rep who is told (None: nobody in the team owns
    the account; the `managers` are told then, and `instead` says why), `did` what became of it beside an alert, with
    the `leads` that came of that."""

    business_key = ("story",)
    type: Literal["story.heard"] = "story.heard"
    research_id: str
    story: str
    score: float = Field(ge=0, le=1)
    signal: SignalKind | None = None
    to: EmailStr | None = None
    managers: tuple[EmailStr, ...] = ()
    instead: str | None = None
    did: Literal["alert", "activity", "lead"] = "alert"
    leads: tuple[str, ...] = ()


class StoryAlerted(Event):
    """SES took the mail in which the rep is told of the story, or a manager, and why `instead`."""

    business_key = ("story", "to")
    type: Literal["story.alerted"] = "story.alerted"
    research_id: str
    story: str
    to: EmailStr
    message_id: str
    instead: str | None = None
