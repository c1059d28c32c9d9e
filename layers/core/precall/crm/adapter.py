"""What every CRM's adapter does: verify a delivery, read leads from it, read back what it left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol

from precall.crm.erasures import AskedErasure
from precall.crm.outcomes import ToldOutcome
from precall.errors import InvalidLead
from precall.model import Lead

if TYPE_CHECKING:
    from precall.fetch import Door

Media = Literal["json", "xml"]

MAX_ITEMS = 100
"""Leads or events in one request."""


@dataclass(frozen=True)
class WebhookRequest:
    """One delivery as it was sent: `headers` with lower-case names, `url` the https address that was called.

    `path` is what stands behind the CRM's name in the address: the secret path of a connection, where there is one.
    `development` allows leads to replay the past (`as_of`).
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    correlation_id: str
    path: str = ""
    development: bool = False


@dataclass(frozen=True)
class Acknowledgement:
    """An answer that a CRM insists on: sent with status 200 for every delivery that was taken."""

    content_type: str
    body: str


@dataclass(frozen=True)
class Lenience:
    """What an operator lets in beyond the rule.

    `hubspot_older`: HubSpot's signatures v1 (private apps) and v2, which do not cover the time of a delivery.
    """

    hubspot_older: bool = False


@dataclass(frozen=True)
class RejectedItem:
    """One item of a delivery that is no valid lead: where it was, what is wrong, and the item as received."""

    index: int
    error: str
    received: Any


@dataclass(frozen=True)
class Batch:
    """What a delivery held: leads, the number of items that do not concern Precall, rejected items, what came of calls,
    and whose data must go."""

    leads: tuple[Lead, ...] = ()
    skipped: int = 0
    rejected: tuple[RejectedItem, ...] = ()
    outcomes: tuple[ToldOutcome, ...] = ()
    erasures: tuple[AskedErasure, ...] = ()


class Adapter(Protocol):
    """One CRM.

    `secret` and `token` are names for `precall.secrets`: what webhooks are verified with, and what the API is
    read with (None where nothing is read back). `media` is what bodies are written in. `always_acknowledges`: a
    verified delivery gets 2xx even when nothing in it is valid, since the CRM would only send the same again;
    `acknowledgement` is the answer then, where JSON will not do.
    """

    name: str
    secret: str
    token: str | None
    media: Media
    always_acknowledges: bool
    acknowledgement: Acknowledgement | None

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """Nothing when one of `keys` signed `request`; SignatureRefused otherwise. MalformedBody where a credential is
        in a body that cannot be read."""

    def parse(self, request: WebhookRequest) -> Batch:
        """The leads in a verified request; MalformedBody when it cannot be read as a whole."""

    async def read_back(self, lead: Lead, door: Door, token: str) -> Lead:
        """`lead` with its prospect, from the CRM's API. CrmUnavailable, CrmRefused, CrmObjectMissing; InvalidLead
        when the CRM knows neither a company nor a person for it."""


def sort_out(items: Sequence[Any], read: Callable[[int, Any], Lead | None]) -> Batch:
    """Every item through `read` (index, item), which gives a lead, None to skip it, or raises InvalidLead."""
    leads: list[Lead] = []
    rejected: list[RejectedItem] = []
    for index, item in enumerate(items):
        try:
            lead = read(index, item)
        except InvalidLead as error:
            rejected.append(RejectedItem(index, str(error), item))
        else:
            leads += [lead] if lead else []
    return Batch(tuple(leads), len(items) - len(leads) - len(rejected), tuple(rejected))


def with_outcomes(batch: Batch, items: Sequence[Any], read: Callable[[Any], ToldOutcome | None]) -> Batch:
    """`batch` with the outcomes that `read` finds in its items, which are then not skipped."""
    told = tuple(found for found in map(read, items) if found)
    return replace(batch, outcomes=told, skipped=batch.skipped - len(told))


def with_erasures(batch: Batch, items: Sequence[Any], read: Callable[[Any], AskedErasure | None]) -> Batch:
    """`batch` with the erasures that `read` finds in its items, which are then not skipped."""
    asked = tuple(found for found in map(read, items) if found)
    return replace(batch, erasures=asked, skipped=batch.skipped - len(asked))
