"""Only who knows a secret, and signed within five minutes, gets a generic webhook in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.crm import SignatureRefused
from precall.crm.generic.signature import check_signature
from precall.errors import InvalidConfiguration
from tests.unit.crm.deliveries import ROTATED, SECRET, generic_headers, request

BODY = b'{"test": 2432232314}'


def test_the_vector_of_standard_webhooks() -> None:
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    with patch("standardwebhooks.webhooks.datetime", wraps=datetime) as clock:
        clock.now.return_value = datetime.fromtimestamp(1614265330, UTC)
        check_signature(request(BODY, headers), [SECRET])
        with pytest.raises(SignatureRefused, match="does not match"):
            check_signature(request(BODY + b" ", headers), [SECRET])


@pytest.mark.parametrize("secret", [SECRET, ROTATED])
def test_while_a_secret_is_rotated_both_are_valid(secret: str) -> None:
    check_signature(request(BODY, generic_headers(BODY, secret=secret)), [ROTATED, SECRET])


def test_a_rotated_out_secret_is_refused() -> None:
    with pytest.raises(SignatureRefused, match="does not match"):
        check_signature(request(BODY, generic_headers(BODY, secret=SECRET)), [ROTATED])


def test_one_valid_signature_among_several_is_enough() -> None:
    headers = generic_headers(BODY)
    other = generic_headers(BODY, secret=ROTATED)["webhook-signature"]
    headers["webhook-signature"] = f"v1a,AAAA {other} {headers['webhook-signature']}"
    check_signature(request(BODY, headers), [SECRET])


@pytest.mark.parametrize(
    ("age", "says"),
    [(timedelta(minutes=6), "more than 5 minutes old"), (timedelta(minutes=-6), "more than 5 minutes in the future")],
)
def test_stale_and_future_deliveries_are_refused_and_told_why(age: timedelta, says: str) -> None:
    with pytest.raises(SignatureRefused, match=f"webhook-timestamp: is {says}"):
        check_signature(request(BODY, generic_headers(BODY, age=age)), [SECRET])


def test_a_missing_signature_is_named() -> None:
    with pytest.raises(SignatureRefused, match="webhook-id, webhook-timestamp, webhook-signature: is missing"):
        check_signature(request(BODY, {"content-type": "application/json"}), [SECRET])


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("webhook-signature", "v1"),
        ("webhook-signature", "v1,abc"),
        ("webhook-signature", "v1,é"),
        ("webhook-signature", "v1,a,b"),
        ("webhook-signature", "\ud800"),
        ("webhook-signature", "  "),
        ("webhook-timestamp", "yesterday"),
        ("webhook-timestamp", "nan"),
        ("webhook-timestamp", "1e400"),
        ("webhook-timestamp", "9" * 5000),
        ("webhook-id", "\ud800"),
    ],
)
def test_malformed_headers_are_refused_and_never_a_crash(header: str, value: str) -> None:
    with pytest.raises(SignatureRefused):
        check_signature(request(BODY, generic_headers(BODY) | {header: value}), [SECRET])


def test_a_body_that_is_not_text_is_refused() -> None:
    with pytest.raises(SignatureRefused):
        check_signature(request(b"\xff\xfe", generic_headers(BODY)), [SECRET])


@given(st.fixed_dictionaries({name: st.text() for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}))
def test_no_headers_whatsoever_crash(headers: dict[str, str]) -> None:
    with pytest.raises(SignatureRefused):
        check_signature(request(BODY, headers), [SECRET])


@pytest.mark.parametrize("secret", ["whsec_a", "whsec_"])
def test_a_secret_that_is_none_is_the_operators_fault_and_not_repeated(secret: str) -> None:
    with pytest.raises(InvalidConfiguration, match="webhooks/generic is not whsec_") as refused:
        check_signature(request(BODY, generic_headers(BODY)), [secret])
    assert "whsec_a" not in str(refused.value)
