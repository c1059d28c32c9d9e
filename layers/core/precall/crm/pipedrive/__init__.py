"""Pipedrive: webhooks v2 with HTTP Basic, one event a delivery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from precall.crm.connection import check, credentials
from precall.crm.pipedrive.basic import user_and_password
from precall.crm.pipedrive.changes import change_of, deed_of, event_in
from precall.crm.pipedrive.events import lead_of
from precall.crm.pipedrive.outcomes import outcome_of
from precall.crm.port import Acknowledgement, Batch, Lenience, Media, Told, WebhookRequest, sort_out
from precall.crm.reading import read_json
from precall.secrets import PIPEDRIVE_WEBHOOK

__all__ = ["Pipedrive"]


class Pipedrive:
    """See `precall.crm.port.Adapter`. The secret is `path:user:password`. Pipedrive sends an event again after 3, 30
    and 150 s, and bans an address that fails ten times."""

    name = "pipedrive"
    secret = PIPEDRIVE_WEBHOOK
    media: Media = "json"
    always_acknowledges = True
    acknowledgement: Acknowledgement | None = None

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """See `Adapter.verify`."""
        expected = credentials(request, keys, PIPEDRIVE_WEBHOOK)
        check(user_and_password(request.headers.get("authorization", "")), expected, "authorization")

    def parse(self, request: WebhookRequest) -> Batch:
        """See `Adapter.parse`."""
        items = [read_json(request.body)]
        return sort_out(items, lambda index, item: lead_of(item, request), lambda _, item: _told(item))


def _told(item: Any) -> Iterator[Told]:
    if event := event_in(item):
        yield from (one for one in (outcome_of(event), change_of(event), deed_of(event)) if one)
