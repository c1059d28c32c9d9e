"""What holds for every CRM: who adds one (CONTRIBUTING.md) is told here what is still missing."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precall import crm, secrets
from precall.crm import Adapter, Lenience, MalformedBody, SignatureRefused, UnknownCrm, WebhookRequest
from precall.crm.clients import CLIENTS, READERS

ROOT = Path(__file__).parents[3]
ADAPTERS = [crm.adapter(name) for name in crm._ADAPTERS]
KEYS = {
    "generic": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "hubspot": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
    "salesforce": "0123456789abcdef:00D000000000062EAA",
    "pipedrive": "0123456789abcdef:user:password",
    "close": "058bfb6a3d8cfdc4da7c3be5901b16ae11da982b46a25fb2cd7016e97a140a1c",
    "zoho": "0123456789abcdef:token",
}
"""A secret in each one's form."""


def sent(adapter: Adapter, body: bytes, headers: dict[str, str]) -> WebhookRequest:
    return WebhookRequest(
        method="POST",
        url=f"https://precall.example/live/webhooks/{adapter.name}",
        headers=headers,
        body=body,
        received_at=datetime(2026, 3, 10, tzinfo=UTC),
        correlation_id="c-1",
    )


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_it_has_a_secret_a_sample_and_a_row_in_the_documents(adapter: Adapter) -> None:
    assert adapter.secret in vars(secrets).values(), "name its secret in precall.secrets"
    assert (ROOT / "events" / f"webhook_{adapter.name}.json").is_file(), "add a sample delivery to events/"
    told = (ROOT / "docs" / "crm.md").read_text(encoding="utf-8")
    assert f"`/webhooks/{adapter.name}" in told, "add its row to docs/crm.md"
    assert adapter.name in KEYS, "add a secret in its form to KEYS"


@pytest.mark.parametrize("adapter", [one for one in ADAPTERS if one.name != "generic"], ids=lambda one: one.name)
def test_it_verifies_parses_reads_back_and_writes_back(adapter: Adapter) -> None:
    reader, client = READERS[adapter.name], CLIENTS[adapter.name]  # each in a module of its package
    for secret in (reader.secret, client.secret):
        assert secret in vars(secrets).values(), "name it in precall.secrets"
    assert reader.secret != client.secret, "who reads may not write"
    told = (ROOT / "docs" / "crm.md").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "crm" / f"{adapter.name}.md").read_text(encoding="utf-8")
    for secret in (reader.secret, client.secret):
        assert f"`{secret}`" in told, "say in docs/crm.md what it is for"
        assert secret in page, "and on its page"
    may_read = f'parameter${{SecretsPrefix}}/{reader.secret}"'
    assert may_read in (ROOT / "template.yaml").read_text(encoding="utf-8"), "let distribute read it"


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_what_nobody_signed_is_refused(adapter: Adapter) -> None:
    for body in (b"", b"{}", b"[]", b"<a/>"):
        with pytest.raises((SignatureRefused, MalformedBody)):
            adapter.verify(sent(adapter, body, {}), [KEYS[adapter.name]], Lenience(hubspot_older=True))


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
@settings(max_examples=25)
@given(body=st.binary(max_size=200), headers=st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=4))
def test_no_delivery_whatsoever_crashes_it(adapter: Adapter, body: bytes, headers: dict[str, str]) -> None:
    request = sent(adapter, body, headers)
    with pytest.raises((SignatureRefused, MalformedBody)):
        adapter.verify(request, [KEYS[adapter.name]], Lenience())
    with suppress(MalformedBody):
        adapter.parse(request)


def test_another_name_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UnknownCrm, match="generic, hubspot"):
        crm.adapter("nobody")
