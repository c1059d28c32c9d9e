"""Salesforce: Outbound Messages (SOAP), and change events that Event Relay brings over EventBridge.

A Flow that calls out sends the generic webhook's payload: see `precall.crm.generic`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from precall.crm.connection import check, credentials
from precall.crm.port import Acknowledgement, Batch, Lenience, Media, WebhookRequest, sort_out
from precall.crm.salesforce.outbound import ACKNOWLEDGEMENT, message_of
from precall.crm.salesforce.records import lead_of, organisation
from precall.crm.salesforce.told import Record, told
from precall.crm.values import moment, text
from precall.secrets import SALESFORCE_WEBHOOK

__all__ = ["Salesforce"]


class Salesforce:
    """See `precall.crm.port.Adapter`. The secret is `path:organisation id`. Salesforce sends a message again for 24
    hours unless it is answered by 200 with its acknowledgement."""

    name = "salesforce"
    secret = SALESFORCE_WEBHOOK
    media: Media = "xml"
    always_acknowledges = True
    acknowledgement: Acknowledgement | None = Acknowledgement("text/xml; charset=utf-8", ACKNOWLEDGEMENT)

    def verify(self, request: WebhookRequest, keys: Sequence[str], lenience: Lenience) -> None:
        """See `Adapter.verify`."""
        expected = [organisation(one) for one in credentials(request, keys, SALESFORCE_WEBHOOK)]
        check(organisation(message_of(request.body).organisation), expected, "OrganizationId")

    def parse(self, request: WebhookRequest) -> Batch:
        """See `Adapter.parse`."""
        message = message_of(request.body)
        return sort_out(
            message.notifications,
            lambda index, item: lead_of(item["type"], item["fields"], message.organisation, request),
            lambda _, item: told(_record(item, message.organisation, request)),
        )


def _record(item: dict[str, Any], sender: str, request: WebhookRequest) -> Record:
    """A message's record is whole; when it was changed is among its fields, if it was chosen."""
    fields = item["fields"]
    version = text(fields.get("LastModifiedDate") or fields.get("SystemModstamp")) or ""
    at = moment(version) or request.received_at
    return Record(item["type"], text(fields.get("Id")) or "", fields, sender, at, version)
