"""What is known of an account beyond what the CRM gave: found out once, kept, and built on by the next lead."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.namesake import Namesake

Network = Literal[
    "bluesky", "facebook", "github", "instagram", "lemmy", "linkedin", "mastodon", "reddit", "tiktok", "x", "youtube"
]
FactName = Literal[
    "description", "employees", "founded", "headquarters", "industry", "listed", "openings", "owner", "products",
    "revenue", "technology", "filing", "code",
]  # fmt: skip
JobBoardProvider = Literal["greenhouse", "lever", "ashby"]


class Handle(Model):
    """An account on a social network. `id` is what the network's API takes: `acme@mastodon.example`, `UC…`, `acme`."""

    network: Network
    id: str = Field(min_length=1, max_length=200)
    url: str | None = None


class JobBoard(Model):
    """Where openings are published. `token` names the company in the provider's API."""

    provider: JobBoardProvider
    token: str = Field(min_length=1, max_length=120)


class AccountProfile(Model):
    """The resolved identity of an account; every field may be empty.

    `names` has the name without its legal form first, then aliases. `wikidata` is a Q-id, `wikipedia` an English
    title, `cik` the SEC's number without leading zeros, `apps` are App Store ids. `checked_at` is when it was last
    resolved.
    """

    names: tuple[str, ...] = ()
    domain: str | None = None
    description: str | None = None
    industry: str | None = None
    country: str | None = None
    logo: str | None = None
    wikidata: str | None = None
    wikipedia: str | None = None
    ticker: str | None = None
    exchange: str | None = None
    cik: str | None = None
    feeds: tuple[str, ...] = ()
    handles: tuple[Handle, ...] = ()
    job_boards: tuple[JobBoard, ...] = ()
    apps: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    namesakes: tuple[Namesake, ...] = ()
    checked_at: UtcDatetime | None = None

    def merged(self, other: AccountProfile) -> Self:
        """This profile, completed by `other`: a value that is there stays, lists are joined, each item once."""
        changes: dict[str, object] = {}
        for name in type(self).model_fields:
            ours, theirs = getattr(self, name), getattr(other, name)
            if isinstance(ours, tuple):
                changes[name] = _each_once((*ours, *theirs))
            elif ours is None:
                changes[name] = theirs
        return self.model_copy(update=changes)

    def handles_on(self, network: Network) -> tuple[str, ...]:
        """The ids of its accounts on `network`."""
        return tuple(handle.id for handle in self.handles if handle.network == network)

    def boards_at(self, provider: JobBoardProvider) -> tuple[str, ...]:
        """The tokens of its job boards at `provider`."""
        return tuple(board.token for board in self.job_boards if board.provider == provider)


def _each_once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Each value once, the first of its kind; an account on a network counts whatever its capitals and address."""
    first: dict[Any, Any] = {}
    for value in values:
        first.setdefault((value.network, value.id.casefold()) if isinstance(value, Handle) else value, value)
    return tuple(first.values())


class AccountFact(Model):
    """One thing about an account, as a source has it: `value` stands in the `field` of the mention that it cites."""

    name: FactName
    value: str = Field(min_length=1, max_length=500)
    mention_id: str
    field: Literal["title", "text"] = "text"
    as_of: UtcDatetime | None = None
