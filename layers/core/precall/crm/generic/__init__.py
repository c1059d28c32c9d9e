"""The generic webhook: anything that can sign by Standard Webhooks 1.0.0, with the payload of `LeadSent`."""

from __future__ import annotations

from collections.abc import Sequence

from precall.crm.generic.leads import invitation_of, items_of, lead_of
from precall.crm.generic.payload import LeadSent
from precall.crm.generic.signature import check_signature
from precall.crm.port import Acknowledgement, Batch, Lenience, Media, WebhookRequest, sort_out
from precall.crm.reading import read_json
from precall.secrets import GENERIC_WEBHOOK

__all__ = ["Generic", "LeadSent"]


class Generic:
    """See `precall.crm.port.Adapter`."""

    name = "generic"
    secret = GENERIC_WEBHOOK
    media: Media = "json"
    always_acknowledges = False
    acknowledgement: Acknowledgement | None = None

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """See `Adapter.verify`."""
        check_signature(request, keys)

    def parse(self, request: WebhookRequest) -> Batch:
        """See `Adapter.parse`."""
        return sort_out(
            items_of(read_json(request.body)),
            lambda index, item: lead_of(index, item, request),
            lambda index, item: filter(None, [invitation_of(index, item, request)]),
        )
