"""What is kept of a lead's newest brief beside its trail: its text, its scores, its ledger, what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from audit.cost import cost_of
from audit.filling import SAYS
from audit.record import Record
from audit.table import Table
from precall.clock import for_people
from precall.documents import Documents, load, research_key
from precall.errors import DocumentNotFound
from precall.feedback import CALL, Feedback
from precall.model import Ranking
from precall.model.ledger import Entry, Ledger, Proof
from precall.ratings import Ratings

M = TypeVar("M", bound=BaseModel)
_TOKEN = re.compile(r"\?token=[^\s#]+")
_SCORES = ("Story", "Part", "Because", "Value", "Weight", "Adds")
_LEDGER = ("Where in the brief", "Sentence", "Outlet", "Source", "Published", "Read")
_SAID = ("About", "Said", "By")
_LED = {"led_on": "the call led on", "led_nowhere": "the call led nowhere"}


@dataclass(frozen=True)
class Dossier:
    """The brief as plain text (None when it is gone), and the tables by name."""

    brief: str | None
    tables: Mapping[str, Table]


@dataclass(frozen=True)
class Dossiers:
    """Puts it together. Errors: StorageUnavailable."""

    documents: Documents
    feedback: Feedback
    ratings: Ratings

    def of(self, record: Record) -> Dossier:
        """What is still kept of the lead's newest brief; of an older version's documents, what can be read."""
        ranking = self._found(record, "ranking.json", Ranking)
        ledger = self._found(record, "ledger.json", Ledger)
        tables = (
            self._said(record, ranking),
            Table("scores", "What each story's score is made of", _SCORES, _scores(ranking), frozenset({3, 4, 5})),
            Table("ledger", "What proves each sentence", _LEDGER, _entries(ledger, record.zone)),
            cost_of(record.events),
        )
        return Dossier(self._text(record), {table.name: table for table in tables})

    def _said(self, record: Record, ranking: Ranking | None) -> Table:
        headlines = {story.id: story.headline for story in (ranking.stories if ranking else ())} | {CALL: "the call"}
        votes = self.feedback.all_votes(record.lead_id)
        rows = [(headlines.get(v.story_id, "a story"), SAYS.get(v.says) or _LED[v.says], str(v.rep)) for v in votes]
        for rating in self.ratings.of(record.lead_id):
            said = (f"{rating.stars} of 5" if rating.stars else "", rating.missing and f"missing: {rating.missing}")
            rows.append(("the whole brief", "; ".join(filter(None, said)), str(rating.rep)))
        return Table("said", "What was said of it", _SAID, rows)

    def _text(self, record: Record) -> str | None:
        """Without the token of the rep's link: who looks at the page is not the rep."""
        try:
            text = self.documents.get(research_key(record.lead_id, record.briefed_by or "", "brief.txt"))
        except DocumentNotFound:
            return None
        return _TOKEN.sub("", text)

    def _found(self, record: Record, name: str, model: type[M]) -> M | None:
        try:
            return load(self.documents, research_key(record.lead_id, record.briefed_by or "", name), model)
        except (DocumentNotFound, ValidationError):
            return None


def _scores(ranking: Ranking | None) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for story in ranking.stories if ranking else ():
        for part in story.parts:
            numbers = (f"{number:.2f}" for number in (part.value, part.weight, part.value * part.weight))
            rows.append((story.headline, part.name, part.because, *numbers))
        rows.append((story.headline, "score", "the sum", "", "", f"{story.score:.2f}"))
    return rows


def _entries(ledger: Ledger | None, zone: str) -> list[tuple[str, ...]]:
    return [
        _entry(entry, proof, zone) for entry in (ledger.entries if ledger else ()) for proof in entry.proofs or (None,)
    ]


def _entry(entry: Entry, proof: Proof | None, zone: str) -> tuple[str, ...]:
    if proof is None:
        return (entry.place, entry.text, "", "what the CRM says, or a count", "", "")
    published = for_people(proof.published_at, zone) if proof.published_at else "undated"
    return (entry.place, entry.text, proof.outlet, proof.url, published, for_people(proof.fetched_at, zone))
