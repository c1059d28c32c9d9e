"""The payload of `POST /invitations`: one object, a list, or `{"invitations": [...]}`; or an iCalendar object."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, ValidationError

from precall.crm.changes import ToldInvitation
from precall.crm.errors import MalformedBody
from precall.crm.generic.payload import BusinessId, Sent
from precall.crm.invitation import MOST_LETTERS, invitation_in
from precall.crm.port import MAX_ITEMS, WebhookRequest
from precall.crm.reading import complaints, printable, read_json
from precall.errors import InvalidLead


class InvitationSent(Sent):
    """An invitation to a lead's call, an update of it, or a cancellation, as a calendar program attaches it.

    `lead` is the sender's own id of the lead, or Precall's; without it the invitation's UID says whose call it is,
    which was told before.
    """

    invitation: Annotated[str, Field(max_length=MOST_LETTERS)]
    lead: BusinessId | None = None


def items_of(request: WebhookRequest) -> list[Any]:
    """The items in a request; MalformedBody."""
    if request.headers.get("content-type", "").strip().casefold().startswith("text/calendar"):
        return [{"invitation": request.body.decode(errors="replace")}]
    body = read_json(request.body)
    if isinstance(body, dict) and "invitations" in body:
        if stray := sorted(body.keys() - {"invitations"}):
            raise MalformedBody(printable(f"{', '.join(stray)[:100]}: is no field beside invitations"))
        body = body["invitations"]
        if not isinstance(body, list):
            raise MalformedBody("invitations: is not a list; write [{…}, {…}]")
    items = body if isinstance(body, list) else [body]
    if not 0 < len(items) <= MAX_ITEMS:
        raise MalformedBody(f"invitations: {len(items)} in one request; send 1 to {MAX_ITEMS}")
    return items


def invitation_of(item: Any) -> ToldInvitation:
    """The invitation in an item, `lead_id` as its sender wrote it; InvalidLead naming the wrong fields."""
    try:
        sent = InvitationSent.model_validate(item)
    except ValidationError as error:
        raise InvalidLead(complaints(error)) from None
    return ToldInvitation(invitation_in(sent.invitation), sent.lead)
