from __future__ import annotations

import json

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from cli.webhook import signed

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_what_is_signed_is_verified_by_the_standard_library_of_the_scheme() -> None:
    headers, body = signed(SECRET, {"company": {"name": "Żółw Sp. z o.o."}})
    assert Webhook(SECRET).verify(body, headers) == {"company": {"name": "Żółw Sp. z o.o."}}
    assert json.loads(body)["company"]["name"] == "Żółw Sp. z o.o."


def test_another_body_is_not_verified() -> None:
    headers, body = signed(SECRET, {"company": {"name": "A"}})
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"A", b"B"), headers)


def test_a_message_id_can_be_repeated_as_a_redelivery_does() -> None:
    assert signed(SECRET, {}, "msg_1")[0]["webhook-id"] == "msg_1"
    assert signed(SECRET, {})[0]["webhook-id"] != signed(SECRET, {})[0]["webhook-id"]
