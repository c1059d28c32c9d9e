"""Standard Webhooks 1.0.0 signatures, by the project's own library (https://www.standardwebhooks.com)."""

from __future__ import annotations

from collections.abc import Sequence

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from precall.crm.errors import SignatureRefused
from precall.crm.port import WebhookRequest
from precall.errors import InvalidConfiguration
from precall.secrets import GENERIC_WEBHOOK

_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
_CLOCK = "sign each delivery anew and check the sender's clock"


def check_signature(request: WebhookRequest, keys: Sequence[str]) -> None:
    """Nothing when one of `keys` (whsec_…) signed the request within 5 minutes of now; SignatureRefused otherwise."""
    missing = [name for name in _HEADERS if not request.headers.get(name)]
    if missing:
        raise SignatureRefused(f"{', '.join(missing)}: is missing; sign the request by Standard Webhooks")
    refusals = [_refusal(_webhook(key), request) for key in keys]
    if None not in refusals:
        raise SignatureRefused(refusals[0] or "")


def _webhook(key: str) -> Webhook:
    try:
        return Webhook(key)
    except (ValueError, EmptyWebhookSecretError):
        raise InvalidConfiguration(f"the secret {GENERIC_WEBHOOK} is not whsec_ followed by base64") from None


def _refusal(webhook: Webhook, request: WebhookRequest) -> str | None:
    """Why `webhook` does not accept the signature; None when it does. Malformed headers make the library raise
    ValueError and its subclasses (binascii.Error, UnicodeDecodeError)."""
    try:
        webhook.verify(request.body, dict(request.headers), json_parse=False)
    except WebhookVerificationError as error:
        return _reason(str(error))
    except ValueError:
        return "webhook-signature: is malformed; it is a list of v1,<base64> separated by spaces"
    return None


def _reason(said: str) -> str:
    if "too old" in said:
        return f"webhook-timestamp: is more than 5 minutes old; {_CLOCK}"
    if "too new" in said:
        return f"webhook-timestamp: is more than 5 minutes in the future; {_CLOCK}"
    if "Headers" in said:
        return "webhook-timestamp: is not a number of seconds since 1970"
    return "webhook-signature: does not match; check the secret, and sign id.timestamp.body with the body as sent"
