"""What holds for every CRM beside HubSpot and the generic webhook: only its own deliveries come in, none crashes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.crm import MalformedBody, SignatureRefused, adapter
from precall.errors import InvalidConfiguration
from tests.unit.crm.samples import CLOSE_KEY, KEYS, OTHER_PATH, PATH, delivery, parse, verify

CRMS = sorted(KEYS)
ON_A_PATH = sorted(KEYS.keys() - {"close"})


@pytest.mark.parametrize("crm", CRMS)
def test_the_sample_is_genuine_and_makes_the_same_lead_each_time(crm: str) -> None:
    verify(delivery(crm), crm)
    (lead,) = parse(delivery(crm), crm).leads
    (again,) = parse(delivery(crm), crm).leads
    assert lead.id == again.id
    assert lead.known().account.name or lead.known().account.domain == "tarnmoor.example"
    assert lead.known().contact
    assert lead.known().label in ("Tarnmoor Logistics", "tarnmoor.example")


@pytest.mark.parametrize("crm", CRMS)
def test_while_a_secret_is_rotated_both_are_valid(crm: str) -> None:
    new = "ab" * 32 if crm == "close" else f"{OTHER_PATH}:new"
    verify(delivery(crm), crm, new, KEYS[crm])
    with pytest.raises(SignatureRefused):
        verify(delivery(crm), crm, new)


@pytest.mark.parametrize("crm", ON_A_PATH)
@pytest.mark.parametrize("path", ["", OTHER_PATH, PATH[:-1], "ü" * 24])
def test_another_path_is_refused_before_the_body_is_read(crm: str, path: str) -> None:
    with pytest.raises(SignatureRefused, match="the address is not that of a connection"):
        verify(delivery(crm, b"not read", path=path), crm)


@pytest.mark.parametrize("crm", ON_A_PATH)
def test_a_credential_counts_only_with_its_own_path(crm: str) -> None:
    mine, credential = KEYS[crm].split(":", 1)
    with pytest.raises(SignatureRefused):
        verify(delivery(crm), crm, f"{mine}:another", f"{OTHER_PATH}:{credential}")


@pytest.mark.parametrize("crm", ON_A_PATH)
@pytest.mark.parametrize("key", ["nothing", "short:credential", f"{PATH}:"])
def test_a_secret_that_is_no_path_and_credential_is_the_operators(crm: str, key: str) -> None:
    with pytest.raises(InvalidConfiguration, match=f"webhooks/{crm} is not path:credential"):
        verify(delivery(crm), crm, key)


@pytest.mark.parametrize("crm", ["salesforce", "zoho"])
def test_a_body_that_cannot_be_read_is_malformed(crm: str) -> None:
    with pytest.raises(MalformedBody):
        verify(delivery(crm, b"\xff{<"), crm)


wild = st.text() | st.from_regex(r"(Basic|basic) .*", fullmatch=True) | st.integers().map(str)


@pytest.mark.parametrize("crm", CRMS)
@given(
    headers=st.dictionaries(st.sampled_from(["authorization", "close_sig_hash", "close_sig_timestamp"]), wild),
    body=st.binary(max_size=60),
)
def test_no_headers_and_no_body_whatsoever_crash(crm: str, headers: dict[str, str], body: bytes) -> None:
    with pytest.raises((SignatureRefused, MalformedBody)):
        verify(delivery(crm, body, **{"authorization": "", "close_sig_hash": "", **headers}), crm, *_wrong(crm))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("crm", ["close", "pipedrive", "zoho"])
@given(data=st.data())
def test_no_json_whatsoever_crashes(crm: str, data: st.DataObject) -> None:
    """Wild values in the places of the sample, and wild values alone."""
    body = json.loads(delivery(crm).body)
    for place in data.draw(st.lists(st.sampled_from(sorted(body)), max_size=3)):
        holder = body[place]
        inner = data.draw(st.sampled_from([None, *sorted(holder)])) if isinstance(holder, dict) and holder else None
        if inner is None:
            body[place] = data.draw(values)
        else:
            holder[inner] = data.draw(values)
    for sent in (body, data.draw(values)):
        try:
            batch = parse(delivery(crm, json.dumps(sent)), crm)
        except MalformedBody:
            continue
        assert len(batch.leads) + batch.skipped + len(batch.rejected) <= 100


def test_close_s_key_is_hexadecimal() -> None:
    with pytest.raises(InvalidConfiguration, match="webhooks/close is not Close's signature_key"):
        verify(delivery("close"), "close", f"x{CLOSE_KEY}")


def _wrong(crm: str) -> tuple[str, ...]:
    return ("cd" * 32,) if crm == "close" else (f"{PATH}:a credential that nobody guesses",)


def test_each_crm_says_what_it_takes_and_whether_it_is_always_acknowledged() -> None:
    assert {crm: adapter(crm).media for crm in CRMS} == {
        "close": "json",
        "pipedrive": "json",
        "salesforce": "xml",
        "zoho": "json",
    }
    assert all(adapter(crm).always_acknowledges for crm in CRMS)
