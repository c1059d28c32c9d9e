"""Taking a delivery in: what is answered with 2xx is stored and on the bus."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from intake.rejections import record, rejected_key, rejection
from precall.bus import Bus
from precall.config import Config
from precall.crm import Adapter, Batch, Lenience, MalformedBody, RejectedItem, WebhookRequest
from precall.documents import Documents
from precall.errors import LeadNotFound
from precall.events import LeadAcquired
from precall.facts import Facts
from precall.model import Lead
from precall.secrets import Secrets


@dataclass(frozen=True)
class Receipt:
    """What became of a verified delivery.

    `accepted` are ids of leads (known ones too), `fresh` of them were published now. `kept` is False when nothing in
    the delivery was valid and its sender is told so: then nothing was stored.
    """

    accepted: tuple[str, ...]
    skipped: int
    rejected: tuple[RejectedItem, ...]
    fresh: int
    kept: bool = True


@dataclass(frozen=True)
class Intake:
    """The step, with what it reads and writes."""

    facts: Facts
    bus: Bus
    documents: Documents
    config: Callable[[], Config]
    secrets: Secrets
    lenience: Lenience

    def receive(self, crm: Adapter, request: WebhookRequest) -> Receipt:
        """Verify, read, store and publish one delivery.

        SignatureRefused, MalformedBody; StorageUnavailable, BusUnavailable: nothing is lost when it is sent again.
        """
        crm.verify(request, self.secrets.all(crm.secret), self.lenience)
        batch = _parsed(crm, request)
        if batch.rejected and not (batch.leads or batch.skipped or crm.always_acknowledges):
            return Receipt((), 0, batch.rejected, fresh=0, kept=False)
        keep_days = self.config().retention.documents
        leads = {lead.id: lead for lead in batch.leads}
        fresh = [lead for lead in leads.values() if self.facts.add_lead(lead, keep_days)]
        self._publish(crm, fresh, batch.rejected, request)
        return Receipt(tuple(leads), batch.skipped, batch.rejected, fresh=len(fresh))

    def _publish(
        self, crm: Adapter, fresh: list[Lead], rejected: tuple[RejectedItem, ...], request: WebhookRequest
    ) -> None:
        rejections = [rejection(crm.name, item, request) for item in rejected]
        for event, item in zip(rejections, rejected, strict=True):
            self.documents.put(rejected_key(event.lead_id), record(event, item))
        self.bus.publish(*map(acquired, fresh), *rejections)
        for lead in fresh:
            with suppress(LeadNotFound):  # erased a moment ago: it stays erased
                self.facts.mark_published(lead.id)


def _parsed(crm: Adapter, request: WebhookRequest) -> Batch:
    try:
        return crm.parse(request)
    except MalformedBody as error:
        if not crm.always_acknowledges:
            raise
        return Batch(rejected=(RejectedItem(0, str(error), request.body.decode(errors="replace")),))


def acquired(lead: Lead) -> LeadAcquired:
    """What the bus is told about a new lead."""
    return LeadAcquired(
        lead_id=lead.id,
        correlation_id=lead.correlation_id,
        at=lead.acquired_at,
        crm=lead.crm,
        prospect=lead.prospect.label if lead.prospect else None,
        lead_source=lead.source,
    )
