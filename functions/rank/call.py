"""What fits the call: who sells what, and what the call is for, change which stories are worth raising."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from precall.config import Ranking as RankingConfig
from precall.config import Seller
from precall.identity import words
from precall.model import Lead, Purpose, Signal, SignalKind

_K = SignalKind
WORTH: Mapping[Purpose, Mapping[SignalKind, float]] = {
    "first_call": {
        _K.FUNDING: 1.0, _K.EXPANSION: 0.95, _K.LEADERSHIP: 0.9, _K.HIRING: 0.85, _K.ACQUISITION: 0.8, _K.LAUNCH: 0.75,
        _K.PARTNERSHIP: 0.65, _K.EVENT: 0.55, _K.AWARD: 0.5, _K.EARNINGS: 0.5, _K.LAYOFFS: 0.35, _K.OUTAGE: 0.3,
        _K.LEGAL: 0.2,
    },
    "follow_up": {
        _K.LAUNCH: 0.9, _K.PARTNERSHIP: 0.85, _K.FUNDING: 0.85, _K.LEADERSHIP: 0.85, _K.EVENT: 0.8, _K.EXPANSION: 0.8,
        _K.HIRING: 0.75, _K.ACQUISITION: 0.75, _K.AWARD: 0.6, _K.EARNINGS: 0.6, _K.LAYOFFS: 0.4, _K.OUTAGE: 0.35,
        _K.LEGAL: 0.25,
    },
    "quote": {
        _K.FUNDING: 1.0, _K.EARNINGS: 0.95, _K.EXPANSION: 0.9, _K.LAYOFFS: 0.85, _K.LEADERSHIP: 0.8,
        _K.ACQUISITION: 0.8, _K.HIRING: 0.7, _K.LAUNCH: 0.6, _K.PARTNERSHIP: 0.6, _K.LEGAL: 0.5, _K.OUTAGE: 0.4,
        _K.EVENT: 0.3, _K.AWARD: 0.3,
    },
    "renewal": {
        _K.LEADERSHIP: 1.0, _K.ACQUISITION: 0.95, _K.LAYOFFS: 0.9, _K.EARNINGS: 0.85, _K.OUTAGE: 0.75,
        _K.EXPANSION: 0.75, _K.FUNDING: 0.7, _K.PARTNERSHIP: 0.7, _K.LEGAL: 0.6, _K.HIRING: 0.6, _K.LAUNCH: 0.6,
        _K.AWARD: 0.4, _K.EVENT: 0.4,
    },
    "win_back": {
        _K.LEADERSHIP: 1.0, _K.OUTAGE: 0.85, _K.ACQUISITION: 0.85, _K.FUNDING: 0.85, _K.EXPANSION: 0.8, _K.HIRING: 0.7,
        _K.LAUNCH: 0.7, _K.PARTNERSHIP: 0.65, _K.EARNINGS: 0.6, _K.LAYOFFS: 0.5, _K.LEGAL: 0.4, _K.EVENT: 0.4,
        _K.AWARD: 0.4,
    },
}  # fmt: skip
"""What a trigger event is worth in a call, 0…1: judged by what it changes for the buyer, and how it is to speak of."""
PURPOSES: Mapping[Purpose, str] = {
    "first_call": "a first call", "follow_up": "a follow-up", "quote": "a quote", "renewal": "a renewal",
    "win_back": "a win-back",
}  # fmt: skip
NO_EVENT = 0.3
"""What a story without a trigger event is worth."""
OFFER, INDUSTRY = 0.8, 0.4
"""How much of the way to 1 a story goes that speaks of what the seller offers, or of an industry that it sells to."""
_STAGES: Mapping[str, Purpose] = {
    "churned": "win_back", "lost": "win_back", "former": "win_back", "renewal": "renewal", "customer": "renewal",
    "evangelist": "renewal", "quote": "quote", "proposal": "quote", "negotiation": "quote", "opportunity": "quote",
    "contract": "quote", "qualified": "follow_up", "contacted": "follow_up", "nurture": "follow_up",
    "demo": "follow_up",
    "salesqualifiedlead": "follow_up",
}  # fmt: skip


@dataclass(frozen=True)
class Call:
    """What the ranking is for; without a purpose and a seller, nothing is known of the call and nothing weighs."""

    purpose: Purpose | None = None
    seller: Seller | None = None
    worth: Mapping[Purpose, Mapping[SignalKind, float]] = field(default_factory=dict)


def call_of(lead: Lead, seller: Seller, config: RankingConfig) -> Call:
    """The call to a lead, with what the manager's settings say of trigger events."""
    return Call(purpose_of(lead), seller, config.signals)


def purpose_of(lead: Lead) -> Purpose:
    """What was said; else by the stage's words; else a customer's is a renewal, and everybody else's a first call."""
    if lead.purpose:
        return lead.purpose
    stage = set(words(lead.stage or ""))
    by_stage = next((purpose for word, purpose in _STAGES.items() if word in stage), None)
    return by_stage or ("renewal" if lead.customer else "first_call")


def fit(call: Call, signals: Sequence[Signal], text: str) -> tuple[float | None, str]:
    """How well a story fits the call in 0…1, and its clause; None where nothing is known of the call.

    The worth of its best trigger event (by worth · confidence), moved towards 1 when `text` (its headlines and first
    lines) speaks of what the seller offers.
    """
    if call.purpose is None and call.seller is None:
        return None, "nothing is known of the call"
    worth, said = _worth(call, signals)
    share, spoken = _spoken_of(call.seller, text)
    clauses = [clause for clause in (said, spoken) if clause]
    return worth + (1 - worth) * share, ", ".join(clauses) or "nothing that fits the call"


def _worth(call: Call, signals: Sequence[Signal]) -> tuple[float, str]:
    if call.purpose is None or not signals:
        return NO_EVENT, ""
    table = {**WORTH[call.purpose], **call.worth.get(call.purpose, {})}
    best = max(signals, key=lambda signal: (table[signal.kind] * signal.confidence, signal.kind))
    value = NO_EVENT + (table[best.kind] - NO_EVENT) * best.confidence
    return value, f"{best.kind.value} in {PURPOSES[call.purpose]}"


def _spoken_of(seller: Seller | None, text: str) -> tuple[float, str]:
    """How much a text speaks of what is sold: of a whole offer, else of an industry."""
    if seller is None:
        return 0.0, ""
    spoken = set(words(text))
    for phrases, share in ((seller.offers, OFFER), (seller.industries, INDUSTRY)):
        found = next((phrase for phrase in phrases if words(phrase) and set(words(phrase)) <= spoken), None)
        if found:
            return share, f"speaks of {found}"
    return 0.0, ""
