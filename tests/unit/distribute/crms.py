"""Each CRM that is read back: its made-up server, and the leads that its webhooks tell, by id alone and with values."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from precall.crm import WebhookRequest, adapter
from precall.model import Account, Contact, Lead, Prospect
from tests.fake_close import CONTACT as CLOSE_CONTACT
from tests.fake_close import LEAD as CLOSE_LEAD
from tests.fake_close import FakeClose
from tests.fake_crm import FakeCrm, FakeHubSpot
from tests.fake_pipedrive import FakePipedrive
from tests.fake_salesforce import CONTACT, FakeSalesforce
from tests.fake_zoho import FakeZoho
from tests.unit.crm.deliveries import contact_created
from tests.unit.crm.samples import delivery, sample_body
from tests.unit.crm.test_salesforce import message, notification
from tests.unit.distribute.conftest import NOW, Stack

CALL_AT = NOW + timedelta(days=1)
INES = Contact(name="I. Hartog", crm_id=CLOSE_CONTACT)
TOLD = Prospect(account=Account(name="Tarnmoor"), contact=Contact(name="I. Hartog"))


@dataclass(frozen=True)
class Crm:
    """`secret` by name and value; `body` is a delivery with the id alone; `company` is where the API has companies;
    `activity` is what the planned call is called."""

    fake: Callable[[], FakeCrm]
    secret: tuple[str, str]
    body: Any
    company: str
    activity: str


def _sent(crm: str, **fields: Any) -> dict[str, Any]:
    body: dict[str, Any] = sample_body(crm)
    return {**body, **fields}


def _pipedrive() -> dict[str, Any]:
    meta = {**sample_body("pipedrive")["meta"], "entity": "lead", "entity_id": "adf21080-0e10-11eb-879b-05d71fb426ec"}
    return {"meta": meta, "data": {"person_id": 51}, "previous": None}


def _close() -> dict[str, Any]:
    event = {**sample_body("close")["event"], "object_id": CLOSE_LEAD, "lead_id": CLOSE_LEAD, "data": {}}
    return {"event": event}


CRMS = {
    "hubspot": Crm(
        FakeHubSpot, ("hubspot/access-token", "pat-write"), [contact_created(51)], "/companies/", "next activity"
    ),
    "pipedrive": Crm(
        FakePipedrive, ("pipedrive/read-token", "pd-write"), _pipedrive(), "/organizations/", "7654321/activity/88"
    ),
    "close": Crm(FakeClose, ("close/read-key", "api_key"), _close(), "/user/", "meeting/acti_88"),
    "salesforce": Crm(
        FakeSalesforce,
        ("salesforce/read-client", "https://sales.my.salesforce.com client-id client-secret"),
        message(notification("Contact", Id=CONTACT)),
        "/Account/",
        "00D5Y000001MPM7/Event/00U000000000088",
    ),
    "zoho": Crm(
        FakeZoho,
        ("zoho/read-client", "https://accounts.zoho.eu id secret refresh-1"),
        _sent("zoho", module="Contacts", ids=["51"], affected_values=[]),
        "/Accounts/",
        "Events/88",
    ),
}


def request(crm: str, body: Any) -> WebhookRequest:
    """A delivery of `crm`'s, verified."""
    sent = body if isinstance(body, str) else json.dumps(body)
    return delivery("salesforce", sent)


def by_id(crm: str) -> Lead:
    """The lead that a webhook tells with its id alone."""
    (lead,) = adapter(crm).parse(request(crm, CRMS[crm].body)).leads
    assert lead.prospect is None
    return lead


def told(crm: str) -> Lead:
    """The same, with a company and a person."""
    return by_id(crm).model_copy(update={"prospect": TOLD})


def connected(stack: Stack, crm: str) -> FakeCrm:
    """The CRM behind the door of `stack`, with a call that is planned."""
    fake = CRMS[crm].fake()
    fake.call_at = CALL_AT
    if isinstance(fake, FakeHubSpot):
        start = f"{CALL_AT:%Y-%m-%dT%H:%M:%SZ}"
        fake.planned["meetings"]["8"] = {"hs_meeting_start_time": start, "hs_meeting_outcome": "SCHEDULED"}
        fake.contacts["51"]["meetings"] = ["8"]
    stack.secrets = dict([CRMS[crm].secret])
    stack.crm = fake.web.answer
    return fake
