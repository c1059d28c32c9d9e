"""Makes the evidence ledger of a brief (`precall.model.ledger`)."""

from __future__ import annotations

from brief.evidence import Evidence
from precall.model import Brief, Citation, Mention, Sentence
from precall.model.ledger import Entry, Ledger, Proof


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
