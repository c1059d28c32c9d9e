"""What every CRM's adapter does: verify a delivery, parse it, read back what it left out, write briefs back.

The first two are `Adapter`, which intake has; the others lie beside it in the CRM's package: `reader` and `client`
(`precall.crm.clients`), of which the generic webhook has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from precall.crm.changes import ToldActivity, ToldCall, ToldDeed, ToldInvitation, ToldOwner
from precall.crm.erasures import AskedErasure
from precall.crm.outcomes import ToldOutcome
from precall.errors import InvalidLead
from precall.model import Lead

Media = Literal["json", "xml", "calendar"]

Told = ToldOwner | ToldCall | ToldActivity | ToldInvitation | ToldOutcome | ToldDeed | AskedErasure
"""What a delivery says of a lead that there is: whose it is, when its call is, how that went, what its contact did,
that it must go."""

MAX_ITEMS = 100
"""Leads or events in one request."""


class WebhookRequest(NamedTuple):
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


class Acknowledgement(NamedTuple):
    """An answer that a CRM insists on: sent with status 200 for every delivery that was taken."""

    content_type: str
    body: str


class Lenience(NamedTuple):
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


class Batch(NamedTuple):
    """What a delivery held: leads, the number of items that do not concern Precall, rejected items, and what it told of
    leads that there are."""

    leads: tuple[Lead, ...] = ()
    skipped: int = 0
    rejected: tuple[RejectedItem, ...] = ()
    told: tuple[Told, ...] = ()


class Adapter(Protocol):
    """One CRM.

    `secret` is the name in `precall.secrets` of what webhooks are verified with. `media` is what bodies are written in.
    `always_acknowledges`: a verified delivery gets 2xx even when nothing in it is valid, since the CRM would only send
    the same again; `acknowledgement` is the answer then, where JSON will not do.
    """

    name: str
    secret: str
    media: Media
    always_acknowledges: bool
    acknowledgement: Acknowledgement | None

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """Nothing when one of `keys` signed `request`; SignatureRefused otherwise. MalformedBody where a credential is
        in a body that cannot be read."""

    def parse(self, request: WebhookRequest) -> Batch:
        """The leads in a verified request; MalformedBody when it cannot be read as a whole."""


def sort_out(
    items: Sequence[Any],
    read: Callable[[int, Any], Lead | None],
    tell: Callable[[int, Any], Iterable[Told]] = lambda index, item: (),
) -> Batch:
    """Every item through `read` (index, item), which gives a lead, None for none, or raises InvalidLead; and through
    `tell` (the same), which gives what it says of leads that there are."""
    leads: list[Lead] = []
    rejected: list[RejectedItem] = []
    told: list[Told] = []
    skipped = 0
    for index, item in enumerate(items):
        try:
            lead = read(index, item)
        except InvalidLead as error:
            rejected.append(RejectedItem(index, str(error), item))
            continue
        heard = list(tell(index, item))
        leads += [lead] if lead else []
        told += heard
        skipped += not (lead or heard)
    return Batch(tuple(leads), skipped, tuple(rejected), tuple(told))
