"""What Precall learns about a HubSpot lead, and what it makes of an API that does not answer as hoped."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from precall.crm import CrmObjectMissing, rest
from precall.crm.clients import READERS
from precall.crm.reader import completed
from precall.errors import CrmRefused, CrmUnavailable, InvalidLead
from precall.fetch import Door
from precall.model import Lead

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTACT = {
    "firstname": "Ines",
    "lastname": "Hartog",
    "email": "ines@tarnmoor.example",
    "jobtitle": "COO",
    "hubspot_owner_id": "501",
    "associatedcompanyid": "77",
    "hs_analytics_source": "ORGANIC_SEARCH",
    "notes_next_activity_date": "2026-03-02T09:00:00Z",
    "lifecyclestage": "customer",
}
COMPANY = {"name": "Tarnmoor Logistics", "domain": "tarnmoor.example", "industry": "LOGISTICS_AND_SUPPLY_CHAIN"}
OWNER = {"id": "501", "email": "dana@seller.example"}


class HubSpot:
    """Answers as the documented API does: path to (status, JSON)."""

    def __init__(self, **answers: Any) -> None:
        self.contact: Any = answers.get("contact", (200, {"id": "123", "properties": CONTACT}))
        self.company: Any = answers.get("company", (200, {"id": "77", "properties": COMPANY}))
        self.owner: Any = answers.get("owner", (200, OWNER))
        self.more: dict[str, Any] = answers.get("more", {})
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answers = {
            "/crm/v3/objects/contacts/123": self.contact,
            "/crm/v3/objects/companies/77": self.company,
            "/crm/v3/owners/501": self.owner,
            **{f"/crm/v3/{path}": answer for path, answer in self.more.items()},
        }
        status, body = answers.get(request.url.path, (404, {"category": "OBJECT_NOT_FOUND"}))
        if request.url.path.endswith("/batch/read"):
            status, body = self.batch(request)
        if isinstance(status, Exception):
            raise status
        return (
            httpx.Response(status, json=body) if not isinstance(body, bytes) else httpx.Response(status, content=body)
        )

    def batch(self, request: httpx.Request) -> tuple[int, Any]:
        """Those of `more`; a refusal of one is one of all, and of what is gone there is nothing."""
        folder = request.url.path.removeprefix("/crm/v3/").removesuffix("/batch/read")
        asked = [self.more.get(f"{folder}/{one['id']}") for one in json.loads(request.content)["inputs"]]
        refused = next((one for one in asked if one and one[0] == 403), None)
        return refused or (207, {"results": [one[1] for one in asked if one and one[0] == 200]})


async def _public(host: str) -> Sequence[str]:
    return ["93.184.215.14"]


async def read_back(hubspot: Callable[[httpx.Request], httpx.Response]) -> Lead:
    lead = Lead(id="lead-1", crm="hubspot", crm_id="123", portal="62515", acquired_at=NOW, correlation_id="c")
    async with Door(user_agent="test", resolve=_public, transport=httpx.MockTransport(hubspot)) as door:
        reader = READERS["hubspot"].make(door, ("pat-eu1-secret", "pat-eu1-old"))
        known = await reader.known(lead, NOW)
    return completed(lead, known, NOW)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)


async def test_contact_company_and_owner() -> None:
    hubspot = HubSpot()
    lead = await read_back(hubspot)
    account, contact = lead.known().account, lead.known().contact
    assert (account.name, account.domain) == ("Tarnmoor Logistics", "tarnmoor.example")
    assert (account.industry, account.crm_id) == ("logistics and supply chain", "77")
    assert contact is not None
    assert (contact.name, contact.email, contact.title) == ("Ines Hartog", "ines@tarnmoor.example", "COO")
    assert (lead.owner, lead.owner_email, lead.source) == ("501", "dana@seller.example", "organic search")
    assert (lead.stage, lead.customer, lead.purpose) == ("customer", True, None)
    assert lead.call_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert (lead.id, lead.crm_id) == ("lead-1", "123")
    assert Lead.model_validate_json(lead.model_dump_json()) == lead
    assert all(one.headers["authorization"] == "Bearer pat-eu1-secret" for one in hubspot.asked)
    assert hubspot.asked[0].url.host == "93.184.215.14"
    assert hubspot.asked[0].headers["host"] == "api.hubapi.com"
    assert hubspot.asked[0].url.params["associations"] == "companies,deals,meetings,tasks"


def linked(**kinds: list[str]) -> tuple[int, dict[str, Any]]:
    """The contact with records around it, and without an activity that HubSpot has worked out."""
    links = {kind: {"results": [{"id": one, "type": "x"} for one in ids * 2]} for kind, ids in kinds.items()}
    properties = CONTACT | {"notes_next_activity_date": None}
    return 200, {"id": "123", "properties": properties, "associations": links}


def properties(**values: object) -> tuple[int, dict[str, Any]]:
    return 200, {"id": "1", "properties": values}


DEALS = {
    "objects/deals/70": properties(dealstage="closedwon", pipeline="default", hs_is_closed="true"),
    "objects/deals/71": properties(dealstage="presentationscheduled", pipeline="default", hs_is_closed="false"),
}


async def test_the_stage_is_that_of_the_open_deal_in_the_teams_words() -> None:
    label = {"pipelines/deals/default/stages/presentationscheduled": (200, {"label": "Presentation booked"})}
    lead = await read_back(HubSpot(contact=linked(deals=["70", "71"]), more=DEALS | label))
    assert (lead.stage, lead.customer) == ("Presentation booked", True)
    lead = await read_back(HubSpot(contact=linked(deals=["71"]), more=DEALS))
    assert lead.stage == "presentationscheduled"


@pytest.mark.parametrize("answer", [(403, {}), (404, {}), properties(dealstage=None, pipeline="x")])
async def test_a_deal_that_cannot_be_seen_leaves_the_contacts_stage(answer: Any) -> None:
    lead = await read_back(HubSpot(contact=linked(deals=["70"]), more={"objects/deals/70": answer}))
    assert lead.stage == "customer"


async def test_a_token_that_may_see_contacts_and_companies_only_reads_those() -> None:
    hubspot = HubSpot()

    def companies_only(request: httpx.Request) -> httpx.Response:
        answer = hubspot(request)
        return httpx.Response(403, json={}) if "deals" in request.url.params.get("associations", "") else answer

    lead = await read_back(companies_only)
    assert (lead.known().account.name, lead.stage) == ("Tarnmoor Logistics", "customer")


async def test_a_meeting_that_was_just_booked_is_the_call() -> None:
    later, soon = (NOW + timedelta(hours=hours) for hours in (30, 3))
    starts = {"8": "2020-01-01T09:00:00Z", "9": later.isoformat(), "10": soon.isoformat(), "11": "soon"}
    more = {f"objects/meetings/{one}": properties(hs_meeting_start_time=start) for one, start in starts.items()}
    lead = await read_back(HubSpot(contact=linked(meetings=[*starts, "404"]), more=more))
    assert lead.call_at == soon


async def test_without_a_primary_company_the_first_associated_one_counts() -> None:
    found = {
        "id": "123",
        "properties": CONTACT | {"associatedcompanyid": None},
        "associations": {"companies": {"results": [{"id": "77", "type": "contact_to_company"}]}},
    }
    lead = await read_back(HubSpot(contact=(200, found)))
    assert lead.known().account.name == "Tarnmoor Logistics"


async def test_a_company_that_is_gone_leaves_what_the_contact_says() -> None:
    found = {"id": "123", "properties": CONTACT | {"company": "Tarnmoor BV"}}
    lead = await read_back(HubSpot(contact=(200, found), company=(404, {})))
    assert (lead.known().account.name, lead.known().account.domain) == ("Tarnmoor BV", "tarnmoor.example")


async def test_an_owner_who_cannot_be_read_keeps_the_id() -> None:
    lead = await read_back(HubSpot(owner=(403, {"category": "MISSING_SCOPES"})))
    assert (lead.owner, lead.owner_email) == ("501", None)


@pytest.mark.parametrize("properties", [{}, {"jobtitle": "Buyer"}, None, "text"])
async def test_a_contact_without_company_and_name_cannot_be_researched(properties: Any) -> None:
    with pytest.raises(InvalidLead, match="no company, no name and no e-mail address for it; add a company there"):
        await read_back(HubSpot(contact=(200, {"id": "123", "properties": properties})))


async def test_wild_values_become_absent_or_short() -> None:
    wild = {
        "firstname": "x" * 500,
        "lastname": 7,
        "email": "not an address",
        "jobtitle": "a\n\tb",
        "company": "Tarnmoor",
        "website": "see brochure",
        "hubspot_owner_id": "../../settings",
        "associatedcompanyid": ["77"],
        "notes_next_activity_date": "soon",
        "country": {"code": "NL"},
    }
    hubspot = HubSpot(contact=(200, {"id": "123", "properties": wild, "associations": "none"}))
    lead = await read_back(hubspot)
    contact = lead.known().contact
    assert contact is not None
    assert (contact.name, contact.email, contact.title) == ("x" * 200, None, "a b")
    assert (lead.owner, lead.call_at, lead.known().account.country) == (None, None, None)
    assert len(hubspot.asked) == 1
    assert Lead.model_validate_json(lead.model_dump_json()) == lead


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
@pytest.mark.parametrize("which", ["contact", "company", "owner"])
async def test_throttled_or_down_is_worth_another_try(which: str, status: int) -> None:
    with pytest.raises(CrmUnavailable, match=f"HTTP {status}|is left alone"):
        await read_back(HubSpot(**{which: (status, {})}))


@pytest.mark.parametrize("error", [httpx.ReadTimeout("slow"), httpx.ConnectError("down")])
async def test_no_answer_is_worth_another_try(error: Exception) -> None:
    with pytest.raises(CrmUnavailable, match="HubSpot did not answer GET objects/contacts/123"):
        await read_back(HubSpot(contact=(error, None)))


@pytest.mark.parametrize("body", [b"<html>maintenance</html>", b"[" * 100_000])
async def test_an_answer_that_is_no_object_is_worth_another_try(body: bytes) -> None:
    with pytest.raises(CrmUnavailable, match="other than JSON"):
        await read_back(HubSpot(contact=(200, body)))


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_token_is_the_operators_and_is_not_shown(status: int) -> None:
    with pytest.raises(CrmRefused, match="check the secret hubspot/access-token and what it may do") as refused:
        await read_back(HubSpot(contact=(status, {})))
    assert "pat-eu1-secret" not in str(refused.value)


async def test_a_company_that_the_token_may_not_see_is_no_reason_to_reject_a_nameless_contact() -> None:
    found = {"id": "123", "properties": {"associatedcompanyid": "77"}}
    with pytest.raises(CrmRefused, match="check the secret hubspot/access-token"):
        await read_back(HubSpot(contact=(200, found), company=(403, {})))


async def test_a_deleted_contact_is_missing() -> None:
    with pytest.raises(CrmObjectMissing, match="HubSpot has nothing for GET objects/contacts/123"):
        await read_back(HubSpot(contact=(404, {})))
