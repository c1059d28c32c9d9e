"""When activities become a lead: pure, so that the manager's formula can be held against it.

sum over activities of score(kind) · 2^(-age / half-life), a lead at the threshold. Ages are whole days: what happened
within a day counts in full, so that two activities worth the threshold reach it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from precall.ids import derived_id
from precall.model import Contact, Lead, Prospect
from precall.product_lines import ANY, ProductLine
from precall.standings import Logged, Made, Standing

MOST_WAITING = 200
"""Activities that wait, and leads that are remembered: a standing is one item of at most 400 KB."""
MOST_MADE = 100
_MOST_SHOWN = 50  # what a lead carries


def points(logged: Sequence[Logged], line: ProductLine, now: datetime) -> float:
    """What the activities count together at `now`."""
    return sum(_points(one, line, now) for one in logged)


def log(
    standing: Standing, logged: Sequence[Logged], name: str, line: ProductLine, now: datetime, correlation_id: str
) -> tuple[Standing, tuple[Lead, ...]]:
    """The standing after `logged`, those that it knows left out, and the leads that they make, in their order."""
    known = {one.id for one in standing.waiting} | {by for made in standing.made for by in made.by}
    leads: list[Lead] = []
    for one in {one.id: one for one in logged if one.id not in known}.values():
        waiting = (*standing.waiting, one)[-MOST_WAITING:]
        standing = standing.model_copy(update={"waiting": waiting})
        if not _rests(standing, line, now) and points(waiting, line, now) >= line.threshold:
            leads.append(_lead(waiting, name, line, now, correlation_id))
            made = Made(lead_id=leads[-1].id, at=now, by=tuple(one.id for one in waiting))
            standing = Standing(made=(*standing.made, made)[-MOST_MADE:])
    return standing, tuple(leads)


def leads_of(standing: Standing, logged: Sequence[Logged]) -> tuple[str, ...]:
    """The leads that any of the activities helped to make."""
    ids = {one.id for one in logged}
    return tuple(made.lead_id for made in standing.made if ids & set(made.by))


def _points(one: Logged, line: ProductLine, now: datetime) -> float:
    days = max(0, (now - one.at).days)
    return float(line.scores.get(one.activity.kind, 0.0) * 0.5 ** (days / line.half_life_days))


def _rests(standing: Standing, line: ProductLine, now: datetime) -> bool:
    """Whether the last lead is too young; another request, a moment later, may have made it."""
    if not standing.made:
        return False
    return max(timedelta(), now - standing.made[-1].at) < timedelta(days=line.cool_down_days)


def _lead(by: Sequence[Logged], name: str, line: ProductLine, now: datetime, correlation_id: str) -> Lead:
    newest_first = sorted(by, key=lambda one: one.at, reverse=True)
    return Lead(
        id=derived_id("activities", by[-1].id, name),
        crm="generic",
        acquired_at=now,
        correlation_id=correlation_id,
        prospect=Prospect(account=newest_first[0].account, contact=_contact(newest_first)),
        source=_source(by, name, line, now),
        activities=tuple(one.activity for one in newest_first[:_MOST_SHOWN]),
    )


def _contact(newest_first: Sequence[Logged]) -> Contact | None:
    """Who was active last."""
    return next((one.contact for one in newest_first if one.contact), None)


def _source(by: Sequence[Logged], name: str, line: ProductLine, now: datetime) -> str:
    count = f"{len(by)} activities" if len(by) > 1 else "1 activity"
    about = "" if name == ANY else f" about {name}"
    return f"{count}{about}: {points(by, line, now):.1f} points, {line.threshold:g} make a lead"[:200]
