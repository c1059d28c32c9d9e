"""The step: read what there is about a research, write its brief in three forms, tell the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from brief.compose import compose
from brief.evidence import Evidence
from brief.ledger import ledger
from brief.render import as_html, as_note, as_page, as_text
from brief.snippets import snippets_of
from precall.abreast import abreast
from precall.briefed import Briefed, Briefing
from precall.bus import Bus
from precall.clock import Clock
from precall.config_store import ConfigStore
from precall.documents import Documents, load, research_key
from precall.errors import DocumentNotFound, InvalidLead
from precall.events import BriefReady
from precall.facts import Facts
from precall.links import Links
from precall.model import Brief, Collection, Lead, Ranking, ResearchTask
from precall.model._base import Model

if TYPE_CHECKING:
    from brief.shortening import Rewrite

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class BriefStep:
    """Writes the brief of one research. `links` is asked anew each time, as the keys of links may be rotated.

    `on_refusal` is told why the gate refused a sentence, `rewrite` proposes shorter headlines, where there is one.

    Errors: LeadNotFound, InvalidLead, DocumentNotFound, InvalidConfiguration, Unsupported (all permanent),
    StorageUnavailable, BusUnavailable.
    """

    facts: Facts
    documents: Documents
    bus: Bus
    config: ConfigStore
    briefed: Briefed
    links: Callable[[], Links]
    clock: Clock
    on_refusal: Callable[[str], object] = lambda reason: None
    rewrite: Rewrite | None = None

    def __call__(self, task: ResearchTask) -> Brief:
        """The brief, as stored; doing it twice stores and tells the same."""
        lead = self.facts.lead(task.lead_id)
        brief, evidence = self._composed(task, lead)
        self._store(task, brief, evidence)
        briefing = Briefing(lead.id, task.research_id, brief.as_of, snippets_of(brief))
        self.briefed.note(lead.known().key, briefing, self.config.current().retention.documents)
        self.bus.publish(BriefReady.of(brief, task.correlation_id, self.clock()))
        return brief

    def _composed(self, task: ResearchTask, lead: Lead) -> tuple[Brief, Evidence]:
        if lead.prospect is None:
            raise InvalidLead(f"lead {lead.id} has nobody to brief on; it was never read back from the CRM")
        collection = self._found(task, "collect", "collection.json", Collection)
        config = self.config.current()
        now = lead.as_of or self.clock()
        evidence = Evidence(
            lead=lead,
            assignment=self.facts.assignment(task.lead_id),
            collection=collection,
            ranking=self._found(task, "rank", "ranking.json", Ranking) if collection else None,
            failures=task.failures,
            now=now,
            previous=self._previous(lead, Briefing(lead.id, task.research_id, collection.as_of if collection else now)),
            seller=config.seller,
            checklist=config.checklist(lead.prospect.account.industry),
            may_shorten=self.rewrite is not None,
        )
        link = self.links().to_lead(task.lead_id, "/brief")
        brief = compose(evidence, link=link, on_refusal=self.on_refusal, rewrite=self.rewrite)
        return brief, evidence

    def _previous(self, lead: Lead, briefing: Briefing) -> Brief | None:
        """The account's last brief; None where there was none, or it was erased or written by an older version."""
        last = self.briefed.before(lead.known().key, briefing)
        try:
            return (
                load(self.documents, research_key(last.lead_id, last.research_id, "brief.json"), Brief)
                if last
                else None
            )
        except (DocumentNotFound, ValidationError):
            return None

    def _found(self, task: ResearchTask, step: str, name: str, model: type[M]) -> M | None:
        """What a step wrote; None when it gave up, and DocumentNotFound when it wrote nothing although it did not."""
        if any(failure.step == step for failure in task.failures):
            return None
        return load(self.documents, research_key(task.lead_id, task.research_id, name), model)

    def _store(self, task: ResearchTask, brief: Brief, evidence: Evidence) -> None:
        def put(form: tuple[str, str, str]) -> None:
            name, text, content_type = form
            self.documents.put(research_key(task.lead_id, task.research_id, name), text, content_type)

        abreast(put, _forms(brief, evidence))
        put(("brief.json", brief.model_dump_json(), "application/json"))  # whoever finds it finds all forms


def _forms(brief: Brief, evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """What a brief is shown as, and rests on: name, text, content type."""
    yield "brief.html", as_html(brief), "text/html"
    yield "page.html", as_page(brief, evidence), "text/html"
    yield "brief.txt", as_text(brief), "text/plain"
    yield "note.txt", as_note(brief), "text/plain"
    yield "ledger.json", ledger(brief, evidence).model_dump_json(), "application/json"
