"""From the generic payload to leads: one object, a list, or `{"leads": [...]}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ValidationError

from precall.crm import invitation
from precall.crm.changes import ToldInvitation
from precall.crm.errors import MalformedBody
from precall.crm.generic.payload import CREATED, LeadSent
from precall.crm.port import MAX_ITEMS, WebhookRequest
from precall.crm.reading import complaints, printable
from precall.errors import InvalidLead
from precall.ids import derived_id
from precall.model import Lead, Prospect


def items_of(body: Any) -> list[Any]:
    """The items in a body; an envelope's `type` holds for every item without its own. MalformedBody."""
    if isinstance(body, dict) and "leads" in body:
        return _checked(_enveloped(body))
    return _checked(body if isinstance(body, list) else [body])


def lead_of(index: int, item: Any, request: WebhookRequest) -> Lead | None:
    """The lead in an item; None for an event type that makes no lead, InvalidLead naming the wrong fields."""
    if _is_another_event(item):
        return None
    try:
        sent = LeadSent.model_validate(item)
        prospect = Prospect.model_validate(sent.prospect())
    except ValidationError as error:
        raise InvalidLead(complaints(error)) from None
    if sent.as_of and not request.development:
        raise InvalidLead("as_of: replays the past in development only; remove it")
    invited = _invited(sent)
    return Lead(
        id=_lead_id(sent, index, request),
        crm="generic",
        crm_id=sent.id,
        acquired_at=request.received_at,
        correlation_id=request.correlation_id,
        prospect=prospect,
        owner=sent.owner,
        call_at=sent.call_at or invited,
        source=sent.source,
        activities=sent.activities,
        purpose=sent.purpose,
        product_line=sent.product_line,
        employees=sent.company.employees,
        stage=sent.stage,
        customer=sent.customer,
        as_of=sent.as_of,
    )


def invitation_of(index: int, item: Any, request: WebhookRequest) -> ToldInvitation | None:
    """The invitation that came with a lead; None without one. For an item that `lead_of` took."""
    if not (isinstance(item, dict) and item.get("invitation")) or _is_another_event(item):
        return None
    sent = LeadSent.model_validate(item)
    return ToldInvitation(invitation.invitation_in(str(sent.invitation)), _lead_id(sent, index, request))


def _invited(sent: LeadSent) -> datetime | None:
    """The invitation's time, where it has a zone of its own; InvalidLead."""
    found = invitation.invitation_in(sent.invitation) if sent.invitation else None
    return None if found is None or found.floats else found.start


def _lead_id(sent: LeadSent, index: int, request: WebhookRequest) -> str:
    """By the sender's own id; without one by `webhook-id`, which a redelivery repeats, and the place in the request."""
    return (
        derived_id("generic", sent.id) if sent.id else derived_id("generic", request.headers["webhook-id"], str(index))
    )


def _is_another_event(item: Any) -> bool:
    kind = item.get("type") if isinstance(item, dict) else None
    return isinstance(kind, str) and kind.strip() not in ("", CREATED)


def _enveloped(body: dict[str, Any]) -> list[Any]:
    if not isinstance(body["leads"], list):
        raise MalformedBody("leads: is not a list; write [{…}, {…}]")
    if stray := sorted(body.keys() - {"leads", "type"}):
        raise MalformedBody(printable(f"{', '.join(stray)[:100]}: is no field beside leads; put it into each lead"))
    common = {"type": body["type"]} if "type" in body else {}
    return [{**common, **item} if isinstance(item, dict) else item for item in body["leads"]]


def _checked(items: list[Any]) -> list[Any]:
    if len(items) > MAX_ITEMS:
        raise MalformedBody(f"leads: {len(items)} in one request; send at most {MAX_ITEMS}")
    return items
