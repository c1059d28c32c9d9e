"""What CRMs tell that leads' contacts did, as activities of their accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.logbook import Logbook
from precall.abreast import abreast
from precall.crm.changes import ToldDeed
from precall.errors import LeadNotFound
from precall.ids import derived_id
from precall.model import Activity, Lead
from precall.standings import Logged


@dataclass(frozen=True)
class Deeds:
    """Reads them by the manager's settings."""

    logbook: Logbook

    def entries(self, crm: str, told: Iterable[object]) -> Iterator[tuple[Logged, str | None]]:
        """The activities among `told`, with the product lines of their leads. Of a lead that is not here, or whose
        company is not known (yet), and what has no score, nothing is counted."""
        deeds = [one for one in told if isinstance(one, ToldDeed)]
        leads = {lead.id: lead for lead in abreast(self._lead, {deed.lead_id for deed in deeds}) if lead}
        for deed in deeds:
            if deed.lead_id in leads:
                yield from self._entry(crm, deed, leads[deed.lead_id])

    def _lead(self, lead_id: str) -> Lead | None:
        try:
            return self.logbook.facts.lead(lead_id)
        except LeadNotFound:
            return None

    def _entry(self, crm: str, told: ToldDeed, lead: Lead) -> Iterator[tuple[Logged, str | None]]:
        config = self.logbook.config()
        kind = config.crm_activities.kind(told.deed)
        scores = config.product_line(config.line_name(lead.product_line)).scores
        if kind in scores and lead.prospect and lead.prospect.has_company:
            logged = Logged(
                id=derived_id("activity", crm, lead.id, told.id),
                activity=Activity(kind=str(kind), at=told.at, summary=told.summary or None),
                at=told.at,
                account=lead.prospect.account,
                contact=lead.prospect.contact,
            )
            yield logged, lead.product_line
