"""Close: signed events, one a delivery; a lead there is a company with its contacts, and arrives whole."""

from __future__ import annotations

from collections.abc import Sequence

from precall.crm.close.events import lead_of
from precall.crm.close.signature import check_signature
from precall.crm.close.told import told
from precall.crm.port import Acknowledgement, Batch, Lenience, Media, WebhookRequest, sort_out
from precall.crm.reading import read_json
from precall.secrets import CLOSE_WEBHOOK

__all__ = ["Close"]


class Close:
    """See `precall.crm.port.Adapter`. Close sends an event again for 72 hours unless it is answered by 2xx."""

    name = "close"
    secret = CLOSE_WEBHOOK
    media: Media = "json"
    always_acknowledges = True
    acknowledgement: Acknowledgement | None = None

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """See `Adapter.verify`."""
        check_signature(request, keys)

    def parse(self, request: WebhookRequest) -> Batch:
        """See `Adapter.parse`."""
        items = [read_json(request.body)]
        return sort_out(items, lambda index, item: lead_of(item, request), lambda _, item: told(item))
