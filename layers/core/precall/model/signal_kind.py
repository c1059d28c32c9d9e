"""Trigger events by kind: apart from stories, as settings and events name them too."""

from __future__ import annotations

from enum import StrEnum


class SignalKind(StrEnum):
    """The kinds of event that give a reason to call."""

    FUNDING = "funding"
    ACQUISITION = "acquisition"
    LEADERSHIP = "leadership"
    HIRING = "hiring"
    LAYOFFS = "layoffs"
    LAUNCH = "launch"
    PARTNERSHIP = "partnership"
    EXPANSION = "expansion"
    EARNINGS = "earnings"
    LEGAL = "legal"
    OUTAGE = "outage"
    AWARD = "award"
    EVENT = "event"
