"""Only HubSpot gets a HubSpot webhook in. The vectors are the constants in HubSpot's own client libraries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.crm import SignatureRefused, WebhookRequest
from precall.crm.hubspot.signature import check_signature, signature_v1, signature_v2, signature_v3
from tests.unit.crm.deliveries import CLIENT_SECRET, URL, hubspot_headers, request

VECTOR_URL = "https://www.example.com/webhook_uri"
VECTOR_BODY = b"{'example_field':'example_value'}"
BODY = b"[]"


def check(given: WebhookRequest, *, keys: tuple[str, ...] = (CLIENT_SECRET,), accept_v1: bool = False) -> None:
    check_signature(given, keys, accept_older=accept_v1)


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("1693657560000", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
        ("15000000", "HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw="),
    ],
)
def test_v3_vectors(timestamp: str, signature: str) -> None:
    headers = {"x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp}
    at = datetime.fromtimestamp(int(timestamp) / 1000, UTC)
    check(request(VECTOR_BODY, headers, url=VECTOR_URL, at=at))
    for changed in (
        request(VECTOR_BODY + b" ", headers, url=VECTOR_URL, at=at),
        request(VECTOR_BODY, headers, url=VECTOR_URL + "2", at=at),
    ):
        with pytest.raises(SignatureRefused, match="does not match"):
            check(changed)


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (VECTOR_BODY, "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750"),
        (
            b'[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":'
            b'"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW",'
            b'"appId":54321}]',
            "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
        ),
    ],
)
def test_v1_vectors(body: bytes, signature: str) -> None:
    assert signature_v1(CLIENT_SECRET, body) == signature
    check(request(body, {"x-hubspot-signature": signature}), accept_v1=True)


def test_only_the_listed_escapes_of_the_address_are_decoded() -> None:
    coded = f"{URL}?a=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B&b=%20%26%3D%25"
    plain = f"{URL}?a=:/?@!$'()*,;&b=%20%26%3D%25"
    assert signature_v3("s", "POST", coded, b"", "1") == signature_v3("s", "POST", plain, b"", "1")
    assert signature_v3("s", "POST", plain, b"", "1") != signature_v3("s", "POST", f"{URL}?a=b c", b"", "1")


def test_while_a_secret_is_rotated_both_are_valid() -> None:
    check(request(BODY, hubspot_headers(BODY)), keys=("new", CLIENT_SECRET))


@pytest.mark.parametrize(
    ("age", "says"), [(timedelta(minutes=5, seconds=2), "old"), (timedelta(minutes=-5, seconds=-2), "in the future")]
)
def test_stale_and_future_deliveries_are_refused(age: timedelta, says: str) -> None:
    with pytest.raises(SignatureRefused, match=f"more than 5 minutes {says}"):
        check(request(BODY, hubspot_headers(BODY, age=age)), accept_v1=True)


def test_v1_alone_is_let_in_only_where_it_is_configured() -> None:
    headers = {"x-hubspot-signature": signature_v1(CLIENT_SECRET, BODY), "x-hubspot-signature-version": "v1"}
    with pytest.raises(SignatureRefused, match=r"HubSpotSignatureV1=yes"):
        check(request(BODY, headers))
    check(request(BODY, headers), accept_v1=True)


def test_a_wrong_v3_is_not_mended_by_a_right_v1() -> None:
    headers = hubspot_headers(BODY) | {"x-hubspot-signature-v3": "AAAA"}
    with pytest.raises(SignatureRefused, match="does not match"):
        check(request(BODY, headers), accept_v1=True)


@pytest.mark.parametrize(
    ("method", "body", "signature"),
    [
        ("POST", VECTOR_BODY, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383"),
        ("GET", b"", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"),
    ],
)
def test_v2_vectors(method: str, body: bytes, signature: str) -> None:
    assert signature_v2(CLIENT_SECRET, method, VECTOR_URL, body) == signature


def test_v2_covers_the_address_and_is_let_in_like_v1() -> None:
    signature = "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383"
    headers = {"x-hubspot-signature": signature, "x-hubspot-signature-version": "v2"}
    check(request(VECTOR_BODY, headers, url=VECTOR_URL), accept_v1=True)
    with pytest.raises(SignatureRefused, match="does not match"):
        check(request(VECTOR_BODY, headers, url=VECTOR_URL + "/2"), accept_v1=True)
    with pytest.raises(SignatureRefused, match=r"HubSpotSignatureV1=yes"):
        check(request(VECTOR_BODY, headers, url=VECTOR_URL))


@pytest.mark.parametrize("version", ["v2", "v4"])
def test_one_version_is_not_taken_for_another(version: str) -> None:
    headers = {"x-hubspot-signature": signature_v1(CLIENT_SECRET, BODY), "x-hubspot-signature-version": version}
    with pytest.raises(SignatureRefused, match=r"does not match|only v1, v2 and v3"):
        check(request(BODY, headers), accept_v1=True)


def test_a_missing_signature_is_refused() -> None:
    with pytest.raises(SignatureRefused, match="x-hubspot-signature-v3: is missing"):
        check(request(BODY, {"content-type": "application/json"}), accept_v1=True)


header = st.text(min_size=1) | st.integers().map(str)


@given(st.dictionaries(st.sampled_from(sorted(hubspot_headers(BODY))), header), st.booleans())
def test_no_headers_whatsoever_crash(headers: dict[str, str], accept_v1: bool) -> None:
    with pytest.raises(SignatureRefused):
        check(request(BODY, {"x": "y", **headers}), accept_v1=accept_v1)
