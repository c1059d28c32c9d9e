"""Taking a delivery in: what is answered with 2xx is stored and on the bus."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from intake.rejections import record, rejected_key, rejection
from precall.abreast import abreast
from precall.bus import Bus
from precall.crm import Adapter, Batch, Lenience, MalformedBody, RejectedItem, WebhookRequest
from precall.crm.planned import PlannedCalls
from precall.documents import Documents
from precall.events import LeadAcquired
from precall.facts import Facts
from precall.model import Lead
from precall.secrets import Secrets

if TYPE_CHECKING:
    from intake.logbook import Logbook
    from precall.config import Config
    from precall.crm.port import Told
    from precall.standings import Standings


class Receipt(NamedTuple):
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
    planned: PlannedCalls
    standings: Callable[[], Standings]

    @property
    def logbook(self) -> Logbook:
        """What counts activities."""
        from intake.logbook import Logbook

        return Logbook(self.facts, self.standings(), self.config)

    def receive(self, crm: Adapter, request: WebhookRequest) -> Receipt:
        """Verify, read, store and publish one delivery.

        SignatureRefused, MalformedBody; StorageUnavailable, BusUnavailable: nothing is lost when it is sent again.
        """
        crm.verify(request, self.secrets.all(crm.secret), self.lenience)
        batch = _parsed(crm, request)
        if batch.rejected and not (batch.leads or batch.skipped or crm.always_acknowledges):
            return Receipt((), 0, batch.rejected, fresh=0, kept=False)
        return self.keep(crm.name, batch, request)

    def keep(self, crm: str, batch: Batch, request: WebhookRequest) -> Receipt:
        """Store and publish what a verified delivery from `crm` held; errors as of `receive`."""
        keep_days = self.config().retention.documents
        leads = {lead.id: lead for lead in batch.leads}
        fresh = [leads[lead_id] for lead_id in self.facts.add_leads(tuple(leads.values()), keep_days)]
        self._publish(crm, fresh, batch.rejected, request)
        if batch.told:
            self._tell(crm, batch.told, {lead.id for lead in fresh}, request)
        return Receipt(tuple(leads), batch.skipped, batch.rejected, fresh=len(fresh))

    def _tell(self, crm: str, told: Sequence[Told], fresh: Collection[str], request: WebhookRequest) -> None:
        """Of leads that there are: for everybody, and in what it counts for their accounts."""
        from intake.deeds import Deeds  # both are imported when something is told: new leads are most of what comes
        from intake.told import Teller

        Teller(self.facts, self.bus, self.planned, self.config).tell(crm, told, fresh, request.received_at)
        logbook = self.logbook
        made = logbook.log(Deeds(logbook).entries(crm, told), request.received_at, request.correlation_id)
        if leads := logbook.leads(made):
            self.keep("generic", Batch(leads), request)

    def _publish(
        self, crm: str, fresh: list[Lead], rejected: tuple[RejectedItem, ...], request: WebhookRequest
    ) -> None:
        rejections = [rejection(crm, item, request) for item in rejected]
        abreast(
            lambda one: self.documents.put(rejected_key(one[0].lead_id), record(*one)),
            zip(rejections, rejected, strict=True),
        )
        self.bus.publish(*map(LeadAcquired.of, fresh), *rejections)
        self.facts.mark_published(*(lead.id for lead in fresh))


def _parsed(crm: Adapter, request: WebhookRequest) -> Batch:
    try:
        return crm.parse(request)
    except MalformedBody as error:
        if not crm.always_acknowledges:
            raise
        return Batch(rejected=(RejectedItem(0, str(error), request.body.decode(errors="replace")),))
