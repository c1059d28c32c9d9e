"""Items of a taken delivery that are no valid leads: each is kept as a document, and told on the bus."""

from __future__ import annotations

import json
from typing import Any

from precall.crm import RejectedItem, WebhookRequest
from precall.events import LeadRejected
from precall.ids import derived_id


def rejected_key(rejected_id: str) -> str:
    """Where a rejected item is kept."""
    return f"rejected/{rejected_id}.json"


def rejection(crm: str, item: RejectedItem, request: WebhookRequest) -> LeadRejected:
    """The event. Its id comes from the item's content, so that a redelivery does not record it twice."""
    return LeadRejected(
        lead_id=derived_id("rejected", crm, json.dumps(_lasting(item.received), sort_keys=True)),
        correlation_id=request.correlation_id,
        at=request.received_at,
        crm=crm,
        reason=item.error,
    )


def record(event: LeadRejected, item: RejectedItem) -> str:
    """The document: the event, and the item with its place in the delivery, as JSON."""
    return json.dumps({**event.model_dump(mode="json"), "index": item.index, "received": item.received})


def _lasting(received: Any) -> Any:
    """What stays the same when HubSpot sends an event again."""
    if not isinstance(received, dict):
        return received
    return {key: value for key, value in received.items() if key != "attemptNumber"}
