"""The generic webhook: anything that can sign by Standard Webhooks 1.0.0, with the payload of `LeadSent`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from precall.crm.adapter import Acknowledgement, Batch, Lenience, Media, WebhookRequest, sort_out
from precall.crm.generic.leads import invitation_of, items_of, lead_of
from precall.crm.generic.payload import LeadSent
from precall.crm.generic.signature import check_signature
from precall.crm.reading import read_json
from precall.errors import CrmRefused
from precall.model import Lead
from precall.secrets import GENERIC_WEBHOOK

if TYPE_CHECKING:
    from precall.fetch import Door

__all__ = ["Generic", "LeadSent"]


class Generic:
    """See `precall.crm.adapter.Adapter`."""

    name = "generic"
    secret = GENERIC_WEBHOOK
    token: str | None = None
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

    async def read_back(self, lead: Lead, door: Door, token: str) -> Lead:
        """Refused: a generic lead arrives whole, there is no API to read it from."""
        raise CrmRefused(f"lead {lead.id} came by the generic webhook, which has no API to read back from")
