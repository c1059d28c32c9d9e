"""What Precall reads back from a CRM: the port that each CRM's reader fills, and what a lead becomes by it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from precall.crm.changes import ToldCall
from precall.crm.errors import CrmObjectMissing
from precall.crm.prospects import Given, prospect_of
from precall.crm.values import email, text
from precall.errors import CrmRefused, InvalidLead
from precall.model import Lead

if TYPE_CHECKING:
    from precall.fetch import Door

T = TypeVar("T")


@dataclass(frozen=True)
class PlannedCall:
    """A call that is planned: its activity by the name under which webhooks tell of it, and when it is."""

    activity: str
    at: datetime


@dataclass(frozen=True)
class Known:
    """What a CRM says of a lead now; None where it says nothing.

    `account` and `contact` by the model's names, as people typed them; `unseen`: what was refused, each with the fix.
    """

    account: Given = field(default_factory=dict)
    contact: Given = field(default_factory=dict)
    owner: str | None = None
    owner_email: str | None = None
    source: str | None = None
    stage: str | None = None
    customer: bool | None = None
    employees: int | None = None
    call: PlannedCall | None = None
    unseen: tuple[str, ...] = ()


class CrmReader(Protocol):
    """The port. Errors: CrmUnavailable (worth another try), CrmRefused (credentials, permission; names the fix),
    CrmObjectMissing (deleted or merged)."""

    async def known(self, lead: Lead, now: datetime) -> Known:
        """What the CRM knows of `lead`: of its calls the next one after `now`."""

    async def calls(self, activity: str, version: str, now: datetime) -> Sequence[ToldCall]:
        """Whose planned call `activity` is, and when, as the CRM says `now`: of a webhook that told of a change
        (`version`) and not that. None where it is nobody's whom a lead could be about."""


@dataclass(frozen=True)
class ReaderKind:
    """One CRM: the name of its secret in `precall.secrets`, and what makes a reader of the secret's values.

    `without`: why a lead of which the webhook told too little is rejected where the secret is not set; "" where
    webhooks never tell enough, so that a lead waits for the secret.
    """

    secret: str
    make: Callable[[Door, tuple[str, ...]], CrmReader]
    without: str = ""


class TellsWhose:
    """Of a CRM whose webhooks say whose a planned call is."""

    async def calls(self, activity: str, version: str, now: datetime) -> Sequence[ToldCall]:
        """See `CrmReader.calls`: there is nothing to ask."""
        return ()


class Sight:
    """Reads what a lead can do without: what is gone is nothing, what is refused is noted, and the rest goes on."""

    def __init__(self) -> None:
        self._unseen: list[str] = []

    async def of(self, asked: Awaitable[T], otherwise: T) -> T:
        """What was asked for, or `otherwise`."""
        try:
            return await asked
        except CrmObjectMissing:
            return otherwise
        except CrmRefused as error:
            self.note(error)
            return otherwise

    def note(self, error: CrmRefused) -> None:
        """This was refused."""
        self._unseen.append(str(error))

    @property
    def unseen(self) -> tuple[str, ...]:
        """What was refused, each once."""
        return tuple(dict.fromkeys(self._unseen))


def next_of(calls: Iterable[PlannedCall | None], now: datetime) -> PlannedCall | None:
    """The first that lies ahead."""
    return min((call for call in calls if call and call.at > now), key=lambda call: call.at, default=None)


def completed(lead: Lead, known: Known, now: datetime) -> Lead:
    """`lead` as its CRM knows it `now`; what that does not say stays as it was told.

    InvalidLead where neither a company nor a person is known; CrmRefused where that may be for want of a right.
    """
    told = lead.prospect
    account = {**_told(told and told.account), **_said(known.account)}
    contact = {**_told(told and told.contact), **_said(known.contact)}
    prospect = prospect_of(account, contact)
    if prospect is None:
        if known.unseen:
            raise CrmRefused("; ".join(known.unseen))
        raise InvalidLead("the CRM knows no company, no name and no e-mail address for it; add a company there")
    changes = {
        "prospect": prospect,
        "owner": known.owner or lead.owner,
        "owner_email": email(known.owner_email) if known.owner else lead.owner_email,
        "source": text(known.source) or lead.source,
        "stage": text(known.stage) or lead.stage,
        "customer": lead.customer if known.customer is None else known.customer,
        "employees": lead.employees if known.employees is None else known.employees,
        "read_at": now,
    }
    if known.call:
        changes |= {"call_at": known.call.at, "call": known.call.activity}
    return lead.model_copy(update=changes)


def _told(part: object) -> Mapping[str, object]:
    return {name: value for name, value in vars(part).items() if value} if part else {}


def _said(part: Given) -> Mapping[str, object]:
    return {name: value for name, value in part.items() if value}
