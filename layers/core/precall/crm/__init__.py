"""One adapter per CRM, found by the name in the webhook's address."""

from __future__ import annotations

from precall.crm.adapter import Adapter, Batch, Lenience, RejectedItem, WebhookRequest
from precall.crm.errors import CrmObjectMissing, MalformedBody, SignatureRefused, UnknownCrm, WebhookRefused
from precall.crm.generic import Generic
from precall.crm.hubspot import HubSpot

__all__ = [
    "Adapter",
    "Batch",
    "CrmObjectMissing",
    "Lenience",
    "MalformedBody",
    "RejectedItem",
    "SignatureRefused",
    "UnknownCrm",
    "WebhookRefused",
    "WebhookRequest",
    "adapter",
]

_ADAPTERS: dict[str, Adapter] = {one.name: one for one in (Generic(), HubSpot())}


def adapter(name: str) -> Adapter:
    """The adapter of the CRM called `name`; UnknownCrm lists those that there are."""
    if name not in _ADAPTERS:
        raise UnknownCrm(f"there is no CRM of this name; known are {', '.join(sorted(_ADAPTERS))}")
    return _ADAPTERS[name]
