"""HubSpot: signed batches of events that carry ids only; contact, company and owner are read back by its API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from precall.crm.hubspot.activities import activity_of
from precall.crm.hubspot.changes import change_of, deed_of
from precall.crm.hubspot.events import items_of, lead_of
from precall.crm.hubspot.outcomes import outcome_of
from precall.crm.hubspot.privacy import erasure_of
from precall.crm.hubspot.properties import changed_in
from precall.crm.hubspot.signature import check_signature
from precall.crm.port import Acknowledgement, Batch, Lenience, Media, Told, WebhookRequest, sort_out
from precall.crm.reading import read_json
from precall.secrets import HUBSPOT_CLIENT

__all__ = ["HubSpot"]


class HubSpot:
    """See `precall.crm.port.Adapter`. HubSpot sends a batch again for 24 hours unless it is answered by 2xx."""

    name = "hubspot"
    secret = HUBSPOT_CLIENT
    media: Media = "json"
    always_acknowledges = True
    acknowledgement: Acknowledgement | None = None

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """See `Adapter.verify`."""
        check_signature(request, keys, accept_older=lenience.hubspot_older)

    def parse(self, request: WebhookRequest) -> Batch:
        """See `Adapter.parse`."""
        items = items_of(read_json(request.body))
        return sort_out(items, lambda index, item: lead_of(item, request), lambda _, item: _told(item))


def _told(item: Any) -> Iterator[Told]:
    yield from (one for one in (erasure_of(item), activity_of(item)) if one)
    if changed := changed_in(item):
        yield from (one for one in (outcome_of(changed), change_of(changed), deed_of(changed)) if one)
