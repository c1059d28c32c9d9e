"""What a source gives, piece by piece, and what a source is."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from collect.question import Question
from precall.fetch import Door
from precall.model import AccountFact, AccountProfile, AskedFor, Mention


@dataclass(frozen=True)
class Batch:
    """Mentions out of one answer. `flaw`, a readable clause, says what was wrong with the answer, if something was.

    A mention whose id came before replaces the earlier one: the same item, known better. `profile` is what the answer
    told of the account's identity, `facts` what it says of the account; each cites one of the `mentions`.
    """

    mentions: tuple[Mention, ...] = ()
    flaw: str | None = None
    profile: AccountProfile | None = None
    facts: tuple[AccountFact, ...] = ()


class Source(Protocol):
    """One kind of source. `name` is that of its switch in `precall.config.Sources`, `label` what people call it."""

    @property
    def name(self) -> str:
        """For example `google_news`."""

    @property
    def label(self) -> str:
        """For example `Google News`."""

    @property
    def waits(self) -> bool:
        """Whether it is asked only when the account's identity is resolved (`question.profile`)."""

    def lacks(self, question: Question) -> str | None:
        """Which identifier is missing to ask this source at all, as a clause; None when nothing is."""

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """Batches as they arrive. Raises `precall.fetch.FetchError` when the source as a whole cannot be asked."""


def resolves(source: Source) -> bool:
    """Whether the source's answers tell who the account is: its class says `resolves = True`.

    Sources that wait are asked when each of these gave a batch with a `profile`, if only an empty one, or ended.
    """
    return bool(getattr(source, "resolves", False))


def asked_for(source: Source) -> AskedFor:
    """Whom the source asks about: the prospect, unless its class says `asks_for = "market"`."""
    found: AskedFor = getattr(source, "asks_for", "prospect")
    return found
