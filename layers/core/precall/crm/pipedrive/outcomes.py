"""A deal that was opened, won or lost, a call that is done: what came of the calls with its person (webhooks v2)."""

from __future__ import annotations

from collections.abc import Mapping

from precall.crm.outcomes import ToldOutcome
from precall.crm.pipedrive.changes import Event
from precall.events.crm import Outcome

_CLOSED: Mapping[str, Outcome] = {"won": "won", "lost": "lost"}
_OPEN = "open"


def outcome_of(sent: Event) -> ToldOutcome | None:
    """The outcome in a delivery whose deal has just become open, won or lost, or whose call was just marked as done: of
    that Pipedrive does not say how it went. None for any other."""
    before, meta = sent.previous or {}, sent.meta
    if sent.lead_id is None or meta.action == "delete":
        return None
    status = str(sent.record.get("status"))
    turned = meta.action == "create" or "status" in before
    if meta.entity == "deal" and turned and (status in _CLOSED or status == _OPEN):
        outcome, record = _CLOSED.get(status), f"deal/{meta.entity_id}"
        return ToldOutcome(sent.lead_id, outcome, record, status, meta.timestamp, opens=status == _OPEN)
    done = meta.action == "change" and sent.record.get("done") is True and "done" in before
    if meta.entity == "activity" and sent.record.get("type") == "call" and done:
        return ToldOutcome(sent.lead_id, "other", f"activity/{meta.entity_id}", "call done", meta.timestamp)
    return None
