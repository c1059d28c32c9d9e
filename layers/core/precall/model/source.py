"""How the asking of a source went."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from precall.model._base import Model

AskedFor = Literal["prospect", "market"]
"""Whom a source was asked about: the prospect by its names, or its market by those of its competitors and subjects."""


class SourceState(StrEnum):
    """How the asking of one source ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"


class SourceReport(Model):
    """How one source answered; `reason` is a readable clause when it did not (fully) answer."""

    source: str
    label: str
    state: SourceState
    mentions: int = 0
    took_ms: int = 0
    reason: str | None = None
    asked_for: AskedFor = "prospect"
