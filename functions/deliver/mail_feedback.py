"""What SES tells about a mail, as EventBridge brings it: `detail` of source `aws.ses`.

Form: SES developer guide, "Contents of event data that Amazon SES publishes"; the mail's own tags say which lead it is
about. Best effort: an event may be lost, so silence proves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.clock import UtcDatetime
from precall.errors import Permanent
from precall.events import BriefBounced, BriefClicked, BriefComplained, BriefDelivered, BriefOpened

MailEvent = BriefDelivered | BriefBounced | BriefComplained | BriefOpened | BriefClicked
_LONGEST_REASON = 300


class UnreadableFeedback(Permanent):
    """A message that is no event of SES. The text names the wrong fields, never their content."""


class _Mail(BaseModel):
    messageId: str  # noqa: N815 - SES's own name
    destination: tuple[str, ...] = Field(min_length=1)
    tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Feedback(BaseModel):
    """One event of SES about one mail. `happened` holds what only its type has."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    type: str
    at: UtcDatetime
    mail: _Mail
    happened: dict[str, Any]

    def tag(self, name: str) -> str:
        """The first value of one of the mail's tags; empty without it."""
        return next(iter(self.mail.tags.get(name, ())), "")

    @property
    def to(self) -> str:
        """The address that it is about."""
        recipients = self.happened.get("bouncedRecipients") or self.happened.get("complainedRecipients")
        return str(recipients[0]["emailAddress"]) if recipients else self.mail.destination[0]

    @property
    def suppresses(self) -> bool:
        """Whether the address shall get no more mail: it does not exist, or its owner called a mail spam."""
        return self.type == "Complaint" or (self.type == "Bounce" and self.happened.get("bounceType") == "Permanent")

    @property
    def reason(self) -> str:
        """Why, in one line, without the address."""
        first: dict[str, Any] = next(iter(self.happened.get("bouncedRecipients") or ()), {})
        said = first.get("diagnosticCode") or self.happened.get("complaintFeedbackType") or self.happened.get("reason")
        kind = " ".join(str(self.happened.get(name, "")) for name in ("bounceType", "bounceSubType")).strip()
        line = " ".join(str(said or kind or self.type).replace(self.to, "the address").split())
        return line[:_LONGEST_REASON]


_PARTS = {"Delivery": "delivery", "Bounce": "bounce", "Complaint": "complaint", "Reject": "reject", "Open": "open"}


def told_in(body: str) -> Feedback:
    """The event in the `body` of a message that a rule of the bus filled; UnreadableFeedback."""
    try:
        detail = json.loads(body)["detail"]
    except (ValueError, TypeError, KeyError):
        detail = None
    if not isinstance(detail, dict):
        raise UnreadableFeedback("a message without an event of SES (detail: missing)")
    return feedback_in(detail)


def feedback_in(detail: dict[str, Any]) -> Feedback:
    """The event in `detail`; UnreadableFeedback."""
    kind = detail.get("eventType")
    part = detail.get(_PARTS.get(str(kind), str(kind).lower()))
    happened = part if isinstance(part, dict) else {}
    mail = detail.get("mail") if isinstance(detail.get("mail"), dict) else {}
    at = happened.get("timestamp") or (mail or {}).get("timestamp")
    try:
        return Feedback.model_validate({"type": kind, "at": at, "mail": mail, "happened": happened})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['type']}" for e in error.errors(include_input=False))
        raise UnreadableFeedback(f"a message without an event of SES ({wrong})") from None


def mail_event(told: Feedback) -> MailEvent | None:
    """The event on the lead's trail; None for a mail that is about no lead, and for types that say nothing new."""
    make = _EVENTS.get(told.type)
    if make is None or told.tag("kind") not in ("brief", "notice"):
        return None
    common = {
        "lead_id": told.tag("lead"),
        "research_id": told.tag("research"),
        "correlation_id": told.tag("correlation") or told.mail.messageId,
        "at": told.at,
    }
    return make(told, common)


def _bounced(told: Feedback, common: dict[str, Any]) -> BriefBounced:
    return BriefBounced(
        **common, to=told.to, message_id=told.mail.messageId, permanent=told.suppresses, reason=told.reason
    )


_EVENTS: dict[str, Callable[[Feedback, dict[str, Any]], MailEvent]] = {
    "Delivery": lambda told, common: BriefDelivered(**common, to=told.to, message_id=told.mail.messageId),
    "Bounce": _bounced,
    "Reject": _bounced,
    "Complaint": lambda told, common: BriefComplained(
        **common, to=told.to, message_id=told.mail.messageId, reason=told.reason
    ),
    "Open": lambda told, common: BriefOpened(**common, where="mail"),
    "Click": lambda told, common: BriefClicked(**common),
}
