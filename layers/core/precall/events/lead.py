"""A lead comes, is given to a rep, or is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.events.base import Event

if TYPE_CHECKING:
    from precall.model.lead import Lead


class LeadAcquired(Event):
    """A verified webhook brought a lead that was not known before."""

    type: Literal["lead.acquired"] = "lead.acquired"
    crm: str
    prospect: str | None = None
    lead_source: str | None = None

    @classmethod
    def of(cls, lead: Lead) -> LeadAcquired:
        """What the bus is told about a new lead; a person's name, which the trail would keep for long, is left out."""
        return cls(
            lead_id=lead.id,
            correlation_id=lead.correlation_id,
            at=lead.acquired_at,
            crm=lead.crm,
            prospect=lead.prospect.label if lead.prospect and lead.prospect.has_company else None,
            lead_source=lead.source,
        )


class LeadRejected(Event):
    """A lead that cannot be researched; `reason` names the field and the fix."""

    type: Literal["lead.rejected"] = "lead.rejected"
    crm: str
    reason: str


class LeadAssigned(Event):
    """A rep has the lead and a call time; starts the research."""

    business_key = ("research_id",)
    type: Literal["lead.assigned"] = "lead.assigned"
    research_id: str
    rep: EmailStr
    rep_name: str
    reason: str
    call_at: UtcDatetime


class ErasureAsked(Event):
    """The CRM told that the lead's person must be forgotten: they are suppressed, what is kept waits to be erased."""

    type: Literal["erasure.asked"] = "erasure.asked"
    crm: str


class LeadErased(Event):
    """All that was kept about the lead's person or company is gone, but for this trail: how much, by class of data."""

    type: Literal["lead.erased"] = "lead.erased"
    documents: int
    by: Literal["operator", "crm"] = "operator"
    counts: dict[str, int] = Field(default_factory=dict)
