"""All triggers, by kind; of equally sure kinds the first in `SignalKind` counts."""

from __future__ import annotations

from rank.triggers_growth import ACQUISITION, EXPANSION, FUNDING, LAUNCH, PARTNERSHIP
from rank.triggers_people import AWARD, EVENT, HIRING, LAYOFFS, LEADERSHIP
from rank.triggers_results import EARNINGS, LEGAL, OUTAGE

TRIGGERS = (
    *FUNDING, *ACQUISITION, *LEADERSHIP, *HIRING, *LAYOFFS, *LAUNCH, *PARTNERSHIP, *EXPANSION, *EARNINGS, *LEGAL,
    *OUTAGE, *AWARD, *EVENT,
)  # fmt: skip
