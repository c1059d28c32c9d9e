"""The evidence ledger: for each sentence of a brief the mention, the span in it, and where and when it was read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from precall.clock import UtcDatetime
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
