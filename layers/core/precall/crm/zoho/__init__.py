"""Zoho CRM: notifications of a channel that was opened with a token, which they repeat."""

from __future__ import annotations

from collections.abc import Sequence

from precall.crm.connection import check, credentials
from precall.crm.port import Acknowledgement, Batch, Lenience, Media, WebhookRequest, sort_out
from precall.crm.reading import read_json
from precall.crm.zoho.notifications import items_of, lead_of, token_of
from precall.crm.zoho.told import told
from precall.secrets import ZOHO_WEBHOOK

__all__ = ["Zoho"]


class Zoho:
    """See `precall.crm.port.Adapter`. The secret is `path:token`."""

    name = "zoho"
    secret = ZOHO_WEBHOOK
    media: Media = "json"
    always_acknowledges = True
    acknowledgement: Acknowledgement | None = None

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """See `Adapter.verify`."""
        expected = credentials(request, keys, ZOHO_WEBHOOK)
        check(token_of(read_json(request.body)), expected, "token")

    def parse(self, request: WebhookRequest) -> Batch:
        """See `Adapter.parse`."""
        body = read_json(request.body)
        return sort_out(
            items_of(body),
            lambda index, item: lead_of(body, item, request),
            lambda _, item: told(body, item, request.received_at),
        )
