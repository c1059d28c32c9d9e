"""The manager's settings for listening: who is asked about again, what is worth an alert, what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import time
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from precall.emails import EmailStr
from precall.model._base import Model
from precall.model.kind import Kind
from precall.model.lead import Account, Name
from precall.model.signal_kind import SignalKind
from precall.names import site_domain
from precall.naming import words
from precall.wall_clock import ClockTime

if TYPE_CHECKING:
    from precall.model.ranking import Story

_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")


class Quiet(Model):
    """Hours on a rep's own clock in which no alert is mailed, within the working hours too; `end` may lie after
    midnight."""

    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def _some_time(self) -> Quiet:
        if self.start == self.end:
            raise ValueError("quiet hours end when they start; give end another time, or remove them")
        return self

    def covers(self, wall: time) -> bool:
        """Whether it is quiet at this time of the day."""
        if self.start < self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


class NamedAccount(Model):
    """An account that is listened to because the manager says so, and the rep who is told (an address)."""

    name: Name | None = None
    domain: Annotated[str, Field(max_length=253)] | None = None
    owner: EmailStr

    @model_validator(mode="after")
    def _somebody(self) -> NamedAccount:
        if self.domain and not _DOMAIN.fullmatch(self.domain):
            raise ValueError(f"{self.domain!r} is not a domain; write for example stripe.com")
        if not (self.name or self.domain):
            raise ValueError("names nobody; give name, domain or both")
        return self

    @property
    def account(self) -> Account:
        """As the rest of Precall knows it."""
        return Account(name=self.name, domain=site_domain(self.domain or "") or None)


class Rule(Model):
    """What a new high story becomes beside the alert, if it tells of `signal` and was told at a place of kind `where`
    (either left out: any). An "activity" counts as one of `kind` in `product_line`, a "lead" makes a lead at once,
    unless one was made within the cool-down; with "alert" there is the alert alone. The first rule that fits counts."""

    signal: SignalKind | None = None
    where: Kind | None = None
    do: Literal["alert", "activity", "lead"]
    kind: Name = "mention"
    product_line: Name | None = None

    def fits(self, story: Story) -> bool:
        """Whether the rule is about such a story."""
        told = self.signal is None or self.signal in {signal.kind for signal in story.signals}
        return told and (self.where is None or self.where in story.kinds)


class Listening(Model):
    """Accounts with a planned call, an open opportunity or a customer, and those that are named in `accounts`, are
    asked about again every `every_hours`, at most `at_once` of them each quarter of an hour. A story that is new since,
    and scores `threshold` or more, is an alert to the account's rep, mailed when the rep is at work and it is not
    `quiet`, several in one mail, in at most `mails_a_day`. `sensitive`: also what no call is opened with. `stages`: the
    words in a CRM's stage that mean an open opportunity."""

    on: bool = False
    every_hours: float = Field(default=24, ge=1, le=30 * 24)
    at_once: int = Field(default=20, ge=1, le=200)
    threshold: float = Field(default=0.6, ge=0, le=1)
    sensitive: bool = False
    quiet: Quiet | None = None
    mails_a_day: int = Field(default=3, ge=1, le=50)
    stages: tuple[Name, ...] = ("opportunity", "proposal", "quote", "negotiation", "contract")
    accounts: tuple[NamedAccount, ...] = Field(default=(), max_length=500)
    rules: tuple[Rule, ...] = Field(default=(), max_length=50)

    def is_open(self, said: str) -> bool:
        """Whether a stage, in a CRM's own words, means an open opportunity."""
        stage = set(words(said))
        return any(set(words(one)) <= stage for one in self.stages)

    def rule_for(self, story: Story) -> Rule | None:
        """The rule that says what becomes of a story beside an alert."""
        return next((rule for rule in self.rules if rule.fits(story)), None)

    def mistakes(self, reps: Collection[str], kinds: Callable[[str | None], Collection[str]]) -> Iterator[str]:
        """What names something that is not there: `reps` are known by address, `kinds` those that a product line
        scores."""
        for number, named in enumerate(self.accounts):
            if named.owner.casefold() not in reps:
                fix = "add the rep to reps, or correct the address"
                yield f"listening.accounts.{number}.owner: {named.owner} is no rep; {fix}"
        for number, rule in enumerate(self.rules):
            if rule.do == "activity" and rule.kind not in kinds(rule.product_line):
                scored = ", ".join(sorted(kinds(rule.product_line)))
                yield f"listening.rules.{number}.kind: {rule.kind} has no score; write one of {scored}"
