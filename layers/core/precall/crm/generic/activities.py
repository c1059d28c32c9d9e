"""The payload of `POST /activities`: one object, a list, or `{"activities": [...]}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from precall.clock import UtcDatetime
from precall.crm.errors import MalformedBody
from precall.crm.generic.payload import BusinessId, CompanySent, ContactSent, Sent
from precall.crm.port import MAX_ITEMS, WebhookRequest
from precall.crm.reading import complaints, printable
from precall.errors import InvalidLead
from precall.ids import derived_id
from precall.model import Activity, Prospect
from precall.model.lead import Name
from precall.standings import Logged


class ActivitySent(Sent):
    """Something that a contact did: attended, downloaded, replied, followed.

    `kind` is one that the manager's settings score. `company` needs a name or a domain, unless `contact.email` is a
    business address. `id` is the sender's own id: an activity sent twice counts once. Without `at` it is now.
    """

    kind: Name
    id: BusinessId | None = None
    at: UtcDatetime | None = None
    summary: Annotated[str, Field(max_length=500)] | None = None
    product_line: Name | None = None
    company: CompanySent = Field(default_factory=CompanySent)
    contact: ContactSent = Field(default_factory=ContactSent)


@dataclass(frozen=True)
class ActivityRead:
    """An activity, and the product line that its sender named."""

    logged: Logged
    product_line: str | None


def items_of(body: Any) -> list[Any]:
    """The items in a body; MalformedBody."""
    if isinstance(body, dict) and "activities" in body:
        if stray := sorted(body.keys() - {"activities"}):
            raise MalformedBody(printable(f"{', '.join(stray)[:100]}: is no field beside activities"))
        body = body["activities"]
        if not isinstance(body, list):
            raise MalformedBody("activities: is not a list; write [{…}, {…}]")
    items = body if isinstance(body, list) else [body]
    if len(items) > MAX_ITEMS:
        raise MalformedBody(f"activities: {len(items)} in one request; send at most {MAX_ITEMS}")
    return items


def activity_of(index: int, item: Any, request: WebhookRequest) -> ActivityRead:
    """The activity in an item; InvalidLead naming the wrong fields."""
    try:
        sent = ActivitySent.model_validate(item)
    except ValidationError as error:
        raise InvalidLead(complaints(error)) from None
    prospect = _prospect(sent)
    if prospect is None or not prospect.has_company:
        raise InvalidLead("company: give company.name or company.domain, or a contact with a business e-mail address")
    at = sent.at or request.received_at
    logged = Logged(
        id=_activity_id(sent, index, request),
        activity=Activity(kind=sent.kind, at=at, summary=sent.summary),
        at=at,
        account=prospect.account,
        contact=prospect.contact,
    )
    return ActivityRead(logged, sent.product_line)


def _prospect(sent: ActivitySent) -> Prospect | None:
    """None where neither a company nor a person is named."""
    account, contact = (part.model_dump(exclude_none=True) for part in (sent.company, sent.contact))
    try:
        return Prospect.model_validate({"account": account, "contact": contact or None})
    except ValidationError:
        return None


def _activity_id(sent: ActivitySent, index: int, request: WebhookRequest) -> str:
    own = (sent.id,) if sent.id else (request.headers["webhook-id"], str(index))
    return derived_id("activity", "generic", *own)
