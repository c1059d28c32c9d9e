"""One adapter per CRM, found by the name in the webhook's address; only the one that is asked for is imported."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from precall.crm.errors import CrmObjectMissing, MalformedBody, SignatureRefused, UnknownCrm, WebhookRefused
from precall.when_asked import when_asked

if TYPE_CHECKING:
    from precall.crm.port import Acknowledgement, Adapter, Batch, Lenience, Media, RejectedItem, WebhookRequest

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

__getattr__ = when_asked(
    __name__, {".port": "Acknowledgement Adapter Batch Lenience Media RejectedItem WebhookRequest"}
)

_ADAPTERS = {
    "generic": "Generic",
    "hubspot": "HubSpot",
    "salesforce": "Salesforce",
    "pipedrive": "Pipedrive",
    "close": "Close",
    "zoho": "Zoho",
}
"""The module below this package, and its class."""

NAMES = tuple(sorted(_ADAPTERS))
"""The CRMs that there are, as webhooks' addresses name them."""


@cache
def _made(name: str) -> Adapter:
    made: Adapter = getattr(import_module(f"precall.crm.{name}"), _ADAPTERS[name])()
    return made


def adapter(name: str) -> Adapter:
    """The adapter of the CRM called `name`; UnknownCrm lists those that there are."""
    if name not in _ADAPTERS:
        raise UnknownCrm(f"there is no CRM of this name; known are {', '.join(NAMES)}")
    return _made(name)
