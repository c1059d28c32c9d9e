"""What Precall writes back to a CRM: the port that each CRM's client fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Self

from precall.model import Lead

if TYPE_CHECKING:
    from precall.fetch import Door

FIELDS = ("precall_brief_ready", "precall_brief_link", "precall_top_signal")
"""The names of the custom fields, in a CRM that names them freely (docs/crm.md)."""


@dataclass(frozen=True)
class Records:
    """The CRM's records that a lead is about, by id; a deal only while it is open."""

    contact: str | None = None
    company: str | None = None
    deal: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """`contact/51`, `company/9`, as the trail tells them."""
        return tuple(f"{kind}/{found}" for kind, found in vars(self).items() if found)

    @classmethod
    def of(cls, named: Iterable[str]) -> Self:
        """The records that `named` told."""
        return cls(**{kind: found for kind, _, found in (one.partition("/") for one in named)})

    def each(self) -> Iterator[Records]:
        """One after the other."""
        return (Records(**{kind: found}) for kind, found in vars(self).items() if found)


@dataclass(frozen=True)
class Note:
    """A brief's short form as plain text. `marker` is a word that nobody else writes: by it an own note is known."""

    text: str
    marker: str
    at: datetime
    owner: str | None = None


@dataclass(frozen=True)
class Fields:
    """What a CRM's own lists and views can show of a brief."""

    ready_at: datetime
    link: str
    signal: str

    def by_name(self) -> dict[str, str]:
        """The values by the names of `FIELDS`."""
        values = (self.ready_at.isoformat(timespec="seconds"), self.link, self.signal)
        return dict(zip(FIELDS, values, strict=True))


class CrmClient(Protocol):
    """The port. Errors: CrmUnavailable (worth another try), CrmRefused (credentials, permission; names the fix),
    CrmObjectMissing (deleted or merged)."""

    async def records(self, lead: Lead) -> Records:
        """The records that `lead` is about, as the CRM knows them now."""

    async def find_note(self, records: Records, marker: str) -> str | None:
        """The id of the note that has `marker`, if one was written before."""

    async def add_note(self, records: Records, note: Note) -> str:
        """Write `note` once, on all of `records`; its id. After CrmUnavailable it may be there nevertheless."""

    async def set_fields(self, records: Records, fields: Fields) -> None:
        """Set the fields of all of `records`; harmless to repeat."""

    async def delete_note(self, records: Records, note_id: str, marker: str) -> None:
        """Take the note back, with all that was written of it on `records`; harmless where it is gone."""

    async def clear_fields(self, records: Records) -> None:
        """Empty the fields of those of `records` that are still there; harmless to repeat."""


@dataclass(frozen=True)
class ClientKind:
    """One CRM: the name of its secret in `precall.secrets`, and what makes a client of the secret's values."""

    secret: str
    make: Callable[[Door, tuple[str, ...]], CrmClient]
