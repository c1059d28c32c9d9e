"""Why a webhook is not taken, and what a CRM's API can say beyond `precall.errors`."""

from __future__ import annotations

from precall.errors import CrmRefused, Permanent


class WebhookRefused(Permanent):
    """A request that is not taken. Its text may be shown to the caller: it names the fix and no secret."""


class UnknownCrm(WebhookRefused):
    """There is no adapter of this name."""


class SignatureRefused(WebhookRefused):
    """The signature is missing, malformed, wrong, stale or from the future."""


class MalformedBody(WebhookRefused):
    """The body as a whole cannot be read."""


class CrmObjectMissing(CrmRefused):
    """The CRM does not know the object (any more): it was deleted or merged."""
