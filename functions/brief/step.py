"""The step: read what there is about a research, write its brief in three forms, tell the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from brief.compose import compose
from brief.render import as_html, as_text
from precall.bus import Bus
from precall.clock import Clock
from precall.config_store import ConfigStore
from precall.documents import Documents, load, research_key
from precall.errors import InvalidLead
from precall.events import BriefReady
from precall.facts import Facts
from precall.links import Links
from precall.model import Brief, Collection, Lead, Ranking, ResearchTask
from precall.model._base import Model

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class BriefStep:
    """Writes the brief of one research. `links` is asked anew each time, as the keys of links may be rotated.

    `on_refusal` is told why the gate refused a sentence.

    Errors: LeadNotFound, InvalidLead, DocumentNotFound, InvalidConfiguration, Unsupported (all permanent),
    StorageUnavailable, BusUnavailable.
    """

    facts: Facts
    documents: Documents
    bus: Bus
    config: ConfigStore
    links: Callable[[], Links]
    clock: Clock
    on_refusal: Callable[[str], object] = lambda reason: None

    def __call__(self, task: ResearchTask) -> Brief:
        """The brief, as stored; doing it twice stores and tells the same."""
        lead = self.facts.lead(task.lead_id)
        brief = self._composed(task, lead)
        self._store(task, brief)
        self.bus.publish(
            BriefReady(
                lead_id=task.lead_id,
                research_id=task.research_id,
                correlation_id=task.correlation_id,
                at=self.clock(),
                stories=len(brief.stories),
                partial=brief.partial,
            )
        )
        return brief

    def _composed(self, task: ResearchTask, lead: Lead) -> Brief:
        if lead.prospect is None:
            raise InvalidLead(f"lead {lead.id} has no company to brief on; it was never read back from the CRM")
        collection = self._found(task, "collect", "collection.json", Collection)
        return compose(
            lead,
            self.facts.assignment(task.lead_id),
            collection,
            self._found(task, "rank", "ranking.json", Ranking) if collection else None,
            now=lead.as_of or self.clock(),
            failures=task.failures,
            link=self.links().to_lead(task.lead_id, "/brief"),
            seller=self.config.current().seller,
            on_refusal=self.on_refusal,
        )

    def _found(self, task: ResearchTask, step: str, name: str, model: type[M]) -> M | None:
        """What a step wrote; None when it gave up, and DocumentNotFound when it wrote nothing although it did not."""
        if any(failure.step == step for failure in task.failures):
            return None
        return load(self.documents, research_key(task.lead_id, task.research_id, name), model)

    def _store(self, task: ResearchTask, brief: Brief) -> None:
        forms = {
            "brief.json": (brief.model_dump_json(), "application/json"),
            "brief.html": (as_html(brief), "text/html"),
            "brief.txt": (as_text(brief), "text/plain"),
        }
        for name, (text, content_type) in forms.items():
            self.documents.put(research_key(task.lead_id, task.research_id, name), text, content_type)
