"""Reading back from Pipedrive: person, organization, owner, open deal, next call (API v2; users are in v1 alone).

Source: https://developers.pipedrive.com/docs/api/v1 (Persons, Organizations, Deals, Stages, Activities, Users).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from precall.crm.errors import CrmObjectMissing
from precall.crm.pipedrive.api import NEWEST, Api, Record, api
from precall.crm.pipedrive.changes import CALLS, due, person_of
from precall.crm.pipedrive.events import address_of
from precall.crm.reader import Known, PlannedCall, ReaderKind, Sight, TellsWhose, next_of
from precall.crm.values import number, text
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import PIPEDRIVE_READ


class PipedriveReader(TellsWhose):
    """See `precall.crm.reader.CrmReader`."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def known(self, lead: Lead, now: datetime) -> Known:
        """See `CrmReader.known`."""
        sight = Sight()
        kind, _, found = (lead.crm_id or "").rpartition("/")
        if kind not in ("", "organization") or number(found) != found:
            raise CrmObjectMissing(f"lead {lead.id} has no person or organization of Pipedrive to read")
        person = await self._api.record(f"api/v2/persons/{found}") if not kind else {}
        company_id = number(found if kind == "organization" else person.get("org_id"))
        owner = number(person.get("owner_id")) or number(lead.owner)
        whose = {"org_id" if kind else "person_id": found}
        company, owner_email, stage, call = await asyncio.gather(
            sight.of(self._company(company_id), {}),
            sight.of(self._owner_email(owner), None),
            sight.of(self._stage(whose), None),
            sight.of(self._next_call(whose, lead.portal, now), None),
        )
        return Known(
            account=_account(company, company_id),
            contact=_contact(person),
            owner=owner,
            owner_email=owner_email,
            stage=stage,
            employees=int(number(company.get("employee_count")) or 0) or None,
            call=call,
            unseen=sight.unseen,
        )

    async def _company(self, company_id: str | None) -> Record:
        return await self._api.record(f"api/v2/organizations/{company_id}") if company_id else {}

    async def _owner_email(self, owner: str | None) -> str | None:
        return (await self._api.record(f"v1/users/{owner}")).get("email") if owner else None

    async def _stage(self, whose: Mapping[str, str]) -> str | None:
        """That of the newest open deal, in the team's own words."""
        deal = await self._api.first("api/v2/deals", **whose, **NEWEST, status="open")
        stage = number(deal.get("stage_id")) if deal else None
        return text((await self._api.record(f"api/v2/stages/{stage}")).get("name")) if stage else None

    async def _next_call(self, whose: Mapping[str, str], portal: str | None, now: datetime) -> PlannedCall | None:
        """Among those that were changed last."""
        rows = self._api.rows("api/v2/activities", **whose, **NEWEST, done="false")
        return next_of([_planned(row, portal) async for row in rows if _is_with(row, whose)], now)


def _account(company: Record, company_id: str | None) -> Record:
    address, industry = company.get("address"), text(company.get("industry"))
    return {
        "name": company.get("name"),
        "domain": company.get("website"),
        "industry": None if number(industry) else industry,  # else it is an option's number
        "country": address.get("country") if isinstance(address, dict) else None,
        "crm_id": company_id,
    }


def _contact(person: Record) -> Record:
    return {
        "name": person.get("name"),
        "email": address_of(person),
        "title": person.get("job_title"),
        "crm_id": person.get("id"),
    }


def _planned(activity: Record, portal: str | None) -> PlannedCall | None:
    at = due(activity) if activity.get("type") in CALLS and not activity.get("done") else None
    return PlannedCall(f"{portal}/activity/{activity.get('id')}", at) if at else None


def _is_with(activity: Record, whose: Mapping[str, str]) -> bool:
    """Whether it is the lead's, as webhooks would tell: its person's, else its organization's."""
    person, company = text(person_of(activity)), text(activity.get("org_id"))
    return person == whose["person_id"] if "person_id" in whose else (person is None and company == whose["org_id"])


def _make(door: Door, secret: tuple[str, ...]) -> PipedriveReader:
    return PipedriveReader(api(door, secret, PIPEDRIVE_READ))


PIPEDRIVE = ReaderKind(
    PIPEDRIVE_READ, _make, without="Pipedrive told neither a name nor an e-mail address: add one to the person"
)
