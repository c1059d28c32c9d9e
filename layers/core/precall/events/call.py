"""When a call is, or that there will be none."""

from __future__ import annotations

from typing import Literal

from precall.clock import UtcDatetime
from precall.events.base import Event


class CallMoved(Event):
    """The call has another time. `change` is the name that the change has where it was made (an event's id in the CRM,
    an invitation's UID and sequence), `by` where that is: "crm", "invitation", "operator", or an address. `call` names
    the call where it is kept, among others with the same lead; "" where there is but one."""

    business_key = ("change",)
    type: Literal["call.moved"] = "call.moved"
    call_at: UtcDatetime
    change: str
    by: str
    call: str = ""


class CallCancelled(Event):
    """There will be no call: nothing is sent any more. `change`, `by` and `call` as in `CallMoved`."""

    business_key = ("change",)
    type: Literal["call.cancelled"] = "call.cancelled"
    change: str
    by: str
    call: str = ""
