"""One adapter per CRM, found by the name in the webhook's address."""

from __future__ import annotations

from precall.crm.adapter import Acknowledgement, Adapter, Batch, Lenience, Media, RejectedItem, WebhookRequest
from precall.crm.close import Close
from precall.crm.errors import CrmObjectMissing, MalformedBody, SignatureRefused, UnknownCrm, WebhookRefused
from precall.crm.generic import Generic
from precall.crm.hubspot import HubSpot
from precall.crm.pipedrive import Pipedrive
from precall.crm.salesforce import Salesforce
from precall.crm.zoho import Zoho

__all__ = [
    "NAMES",
    "Acknowledgement",
    "Adapter",
    "Batch",
    "CrmObjectMissing",
    "Lenience",
    "MalformedBody",
    "Media",
    "RejectedItem",
    "SignatureRefused",
    "UnknownCrm",
    "WebhookRefused",
    "WebhookRequest",
    "adapter",
]

_ALL: tuple[Adapter, ...] = (Generic(), HubSpot(), Salesforce(), Pipedrive(), Close(), Zoho())
_ADAPTERS = {one.name: one for one in _ALL}

NAMES = tuple(sorted(_ADAPTERS))
"""The CRMs that there are, as webhooks' addresses name them."""


def adapter(name: str) -> Adapter:
    """The adapter of the CRM called `name`; UnknownCrm lists those that there are."""
    if name not in _ADAPTERS:
        raise UnknownCrm(f"there is no CRM of this name; known are {', '.join(NAMES)}")
    return _ADAPTERS[name]
