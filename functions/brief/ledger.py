"""The evidence ledger: for each sentence of a brief the mention, the span in it, and where and when it was read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from brief.evidence import Evidence
from precall.clock import UtcDatetime
from precall.model import Brief, Citation, Mention, Sentence
from precall.model._base import Model


class Proof(Model):
    """One mention that bears a sentence out. `span` is [start, end) in characters of the mention's `field`; None where
    the sentence is no quote but filled from facts of the mention."""

    mention_id: str
    field: Literal["title", "text"]
    span: tuple[int, int] | None
    url: str
    outlet: str
    published_at: UtcDatetime | None
    fetched_at: UtcDatetime


class Entry(Model):
    """One sentence, at its `place` in the brief, with what proves it; what the CRM or a count says cites no mention."""

    place: str
    text: str
    kind: Literal["quote", "template"]
    template: str | None = None
    slots: dict[str, str] = Field(default_factory=dict)
    proofs: tuple[Proof, ...] = ()


class Ledger(Model):
    """All sentences of one brief."""

    version: Literal[1] = 1
    lead_id: str
    research_id: str
    entries: tuple[Entry, ...]


def ledger(brief: Brief, evidence: Evidence) -> Ledger:
    """The ledger of a brief that has passed the gate."""
    entries = tuple(_entry(place, sentence, evidence) for place, sentence in brief.sentences())
    return Ledger(lead_id=brief.lead_id, research_id=brief.research_id, entries=entries)


def _entry(place: str, sentence: Sentence, evidence: Evidence) -> Entry:
    return Entry(
        place=place,
        text=sentence.text,
        kind=sentence.kind,
        template=sentence.template,
        slots=sentence.slots,
        proofs=tuple(_proof(sentence, cited, evidence.mentions[cited.mention_id]) for cited in sentence.citations),
    )


def _proof(sentence: Sentence, cited: Citation, mention: Mention) -> Proof:
    said = sentence.text if sentence.kind == "quote" else sentence.slots.get("value", "")
    start = str(getattr(mention, cited.field)).find(said) if said else -1
    return Proof(
        mention_id=mention.id,
        field=cited.field,
        span=(start, start + len(said)) if start >= 0 else None,
        url=cited.url,
        outlet=cited.outlet,
        published_at=cited.published_at,
        fetched_at=mention.fetched_at,
    )
