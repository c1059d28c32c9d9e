"""Who gets a lead: the team's rules in `precall.yaml`, in order; errors name the field and the fix."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from precall.emails import EmailStr
from precall.model._base import Model

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[tuple[Word, ...], Field(min_length=1, max_length=100)]
Spread = Literal["round robin", "least loaded"]


def _expanded(value: object) -> object:
    """Each of "2026-12-24/2027-01-06" as its days, the last included (ISO 8601)."""
    return [day for one in value for day in _days(one)] if isinstance(value, list | tuple) else value


def _days(one: object) -> list[object]:
    if not (isinstance(one, str) and "/" in one):
        return [one]
    first, last = (date.fromisoformat(end.strip()) for end in one.split("/", 1))
    if not timedelta(0) <= last - first <= timedelta(days=366):
        raise ValueError(f"{one} does not end after it begins, within a year; write for example 2026-12-24/2027-01-06")
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


Dates = Annotated[tuple[date, ...], BeforeValidator(_expanded), Field(max_length=3660)]
"""Days; in YAML also spans of them: 2026-12-24/2027-01-06."""
Holidays = dict[str, Dates]


class Condition(Model):
    """What a lead must have, each field that is given: one of the words (without regard to case). `country` by code or
    name; `domain` also as `*.gov`; `employees_from` and `employees_below` bound the size of the company."""

    country: Words | None = None
    industry: Words | None = None
    domain: Words | None = None
    source: Words | None = None
    product_line: Words | None = None
    employees_from: int | None = Field(default=None, ge=0)
    employees_below: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.model_fields_set:
            raise ValueError("a rule without a condition takes every lead; give it one, or use routing.spread")
        low, high = self.employees_from, self.employees_below
        if low is not None and high is not None and low >= high:
            raise ValueError("employees_from is not below employees_below, so that no company fits; correct one")
        return self


class Rule(Model):
    """Leads that fit go `to` one place: a `rep` (an address), a `team`, or a `queue` from which people take them."""

    when: Condition
    rep: EmailStr | None = None
    team: Word | None = None
    queue: Word | None = None

    @model_validator(mode="after")
    def _to_one_place(self) -> Rule:
        if sum(place is not None for place in (self.rep, self.team, self.queue)) != 1:
            raise ValueError("a rule leads to exactly one of rep, team or queue; give one of them")
        return self


class Routing(Model):
    """`teams` are reps' addresses by name. `spread`: how leads are shared out among reps who may have them.

    A lead without a call time is called within `call_within` minutes where somebody is at work and free. A lead that
    nobody can be given waits in the queue called `fallback`; managers are told after `take_within` minutes.
    """

    teams: dict[Word, Annotated[tuple[EmailStr, ...], Field(min_length=1, max_length=500)]] = Field(
        default_factory=dict
    )
    rules: tuple[Rule, ...] = Field(default=(), max_length=200)
    spread: Spread = "round robin"
    call_within: int = Field(default=15, ge=5, le=24 * 60)
    take_within: int = Field(default=15, ge=1, le=24 * 60)
    fallback: Word = "everybody"

    def mistakes(self, reps: frozenset[str]) -> list[str]:
        """What names nobody: a line for each, with its field and the fix. `reps` are addresses in small letters."""
        fix = "add the rep to reps, or correct the address"
        wrong = [
            f"routing.teams.{team}.{number}: {address} is no rep; {fix}"
            for team, addresses in self.teams.items()
            for number, address in enumerate(addresses)
            if address.casefold() not in reps
        ]
        for number, rule in enumerate(self.rules):
            if rule.rep and rule.rep.casefold() not in reps:
                wrong.append(f"routing.rules.{number}.rep: {rule.rep} is no rep; {fix}")
            if rule.team and rule.team not in self.teams:
                known = ", ".join(sorted(self.teams)) or "none"
                wrong.append(f"routing.rules.{number}.team: there is no team {rule.team} in routing.teams ({known})")
        return wrong
