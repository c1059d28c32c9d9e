"""Who calls: the rep whom the CRM names as the lead's owner, else the reps in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from precall.config import Rep
from precall.model import Lead


@dataclass(frozen=True)
class Route:
    """The rep, and why it is this one."""

    rep: Rep
    reason: str


def route(lead: Lead, reps: Sequence[Rep], next_turn: Callable[[], int]) -> Route:
    """The owner if in the team, else whose turn it is: `next_turn` gives 0, 1, 2, … and is asked only then."""
    if owner := owner_among(lead, reps):
        return Route(owner, "owner in the CRM")
    named = lead.owner or lead.owner_email
    reason = "round robin: the owner in the CRM is not in the team" if named else "round robin: the CRM names no owner"
    return Route(reps[next_turn() % len(reps)], reason)


def owner_among(lead: Lead, reps: Sequence[Rep]) -> Rep | None:
    """The rep whom the CRM's owner id names, else the one with the owner's e-mail address (in any case)."""
    return rep_called(lead.owner or "", reps) or rep_called(lead.owner_email or "", reps)


def rep_called(name: str, reps: Sequence[Rep]) -> Rep | None:
    """The rep with this id in the CRM, else with this address (in any case); None when that is nobody."""
    wanted = name.strip()
    by_id = (rep for rep in reps if wanted and rep.crm_owner == wanted)
    by_address = (rep for rep in reps if rep.email.casefold() == wanted.casefold())
    return next(by_id, None) or next(by_address, None)
