"""your-domain.my.salesforce.com: a token for a client's secret, records, queries, tasks."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.fake_crm import FakeCrm

CONTACT, ACCOUNT, DEAL, LEAD = "003000000000051AAA", "001000000000009AAA", "006000000000071AAA", "00Q000000000007AAA"
OWNER, EVENT, TASK = "005000000000003AAA", "00U000000000088AAA", "00T000000000087AAA"
RECORDS: dict[str, dict[str, Any]] = {
    f"Contact/{CONTACT}": {
        "FirstName": "Ines",
        "LastName": "Hartog",
        "Title": "COO",
        "Email": "ines@tarnmoor.example",
        "AccountId": ACCOUNT,
        "OwnerId": OWNER,
        "LeadSource": "Web",
    },
    f"Lead/{LEAD}": {"LastName": "Hartog", "Company": "Tarnmoor Logistics", "OwnerId": OWNER, "Status": "Working"},
    f"Account/{ACCOUNT}": {
        "Name": "Tarnmoor Logistics",
        "Website": "www.tarnmoor.example",
        "BillingCountry": "Netherlands",
        "NumberOfEmployees": 120,
        "Type": "Customer - Direct",
    },
    f"User/{OWNER}": {"Email": "dana@seller.example"},
}
_TASK = re.compile(r"FROM Task WHERE WhoId = '(\w+)' AND Subject LIKE '%(\w+)'")


class FakeSalesforce(FakeCrm):
    """See `tests.fake_crm.FakeCrm`."""

    root = "/services/data/v62.0/"

    def __init__(self) -> None:
        super().__init__({"authorization": "Bearer 00D-token", "sforce-call-options": "client=precall"})
        self.secret = "client-secret"
        self.tasks: list[dict[str, Any]] = []
        self.properties = {"Precall_Brief_Ready__c", "Precall_Brief_Link__c", "Precall_Top_Signal__c"}

    def answer(self, request: httpx.Request) -> httpx.Response:
        """See `FakeCrm.answer`; a token is given before anything else."""
        if request.url.path != "/services/oauth2/token":
            return super().answer(request)
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        if form != {"grant_type": "client_credentials", "client_id": "client-id", "client_secret": self.secret}:
            return httpx.Response(401, json={"error": "invalid_client"})
        return httpx.Response(
            200, json={"access_token": "00D-token", "instance_url": "https://sales.my.salesforce.com"}
        )

    def known(self, method: str, path: str, request: httpx.Request) -> httpx.Response | None:
        """See `FakeCrm.known`."""
        body = json.loads(request.content) if request.content else {}
        if (method, path) == ("POST", "sobjects/Task"):
            return self._task(body)
        if method == "DELETE":
            gone = self.deleted(path.removeprefix("sobjects/Task/"))
            return gone if gone.is_success else httpx.Response(404, json=[{"errorCode": "ENTITY_IS_DELETED"}])
        if method == "PATCH":
            return self._patch(path.removeprefix("sobjects/"), body)
        if path == "query":
            return self._query(request.url.params["q"])
        if path == "queryAll":
            return _rows(self._activity(request.url.params["q"]))
        record = RECORDS.get(path.removeprefix("sobjects/"))
        return httpx.Response(200, json=record) if record else None

    def _task(self, body: dict[str, Any]) -> httpx.Response:
        if body["WhoId"].startswith("00Q") and "WhatId" in body:
            return httpx.Response(400, json=[{"errorCode": "FIELD_INTEGRITY_EXCEPTION"}])
        task_id = f"00T00000000{next(self.ids)}AAA"
        self.notes[task_id] = body
        return httpx.Response(201, json={"id": task_id, "success": True, "errors": []})

    def _patch(self, record: str, body: dict[str, Any]) -> httpx.Response:
        if not body.keys() <= self.properties:
            return httpx.Response(400, json=[{"errorCode": "INVALID_FIELD"}])
        self.fields[record] = body
        return httpx.Response(204)

    def _activity(self, query: str) -> list[dict[str, Any]]:
        """The Event, also when it was deleted."""
        if EVENT[:15] not in query:
            return []
        at = {"ActivityDateTime": f"{self.call_at:%Y-%m-%dT%H:%M:%S.000+0000}"} if self.call_at else {}
        return [{"WhoId": CONTACT, "IsDeleted": self.call_at is None, **at}]

    def _query(self, query: str) -> httpx.Response:
        if "FROM Event" in query:
            return _rows([{"Id": EVENT, **row} for row in self._activity(EVENT) if not row["IsDeleted"]])
        if "TaskSubtype" in query:
            return _rows(self.tasks)
        if "StageName" in query:
            return _rows([{"StageName": "Proposal made"}])
        wanted = _TASK.search(query)
        found = [DEAL] if f"FROM Opportunity WHERE AccountId = '{ACCOUNT}' AND IsClosed = false" in query else []
        if wanted:
            tasks = self.notes.items()
            found = [one for one, task in tasks if task["WhoId"] == wanted[1] and task["Subject"].endswith(wanted[2])]
        return _rows([{"Id": one} for one in found])


def _rows(rows: list[dict[str, Any]]) -> httpx.Response:
    return httpx.Response(200, json={"totalSize": len(rows), "done": True, "records": rows})
