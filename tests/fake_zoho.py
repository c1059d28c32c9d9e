"""accounts.zoho.eu and www.zohoapis.eu: tokens for a refresh token, records, related lists in pages, notes.

Where there is nothing it answers 204, as Zoho does."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.fake_crm import FakeCrm

CONTACT, ACCOUNT, DEAL, LEAD = "51", "9", "71", "7"
OWNER = {"id": "501", "name": "Dana", "email": "dana@seller.example"}
INES = {
    "First_Name": "Ines",
    "Last_Name": "Hartog",
    "Email": "ines@tarnmoor.example",
    "Title": "COO",
    "Owner": OWNER,
    "Lead_Source": "Web",
}
TARNMOOR = {
    "id": ACCOUNT,
    "Account_Name": "Tarnmoor Logistics",
    "Website": "https://www.tarnmoor.example",
    "Billing_Country": "Netherlands",
    "Employees": 120,
}
_PAGE = 2
_NOTES = re.compile(r"(\w+/\d+)/Notes")


class FakeZoho(FakeCrm):
    """See `tests.fake_crm.FakeCrm`. Refusals of one record come with a status of success, as Zoho's do."""

    root = "/crm/v6/"

    def __init__(self) -> None:
        super().__init__({"authorization": "Zoho-oauthtoken 1000.token"})
        self.refresh = "refresh-1"
        self.tokens_given = 0
        self.channels: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()
        self.closed = {"70"}

    def answer(self, request: httpx.Request) -> httpx.Response:
        """See `FakeCrm.answer`; a token is given before anything else, by the accounts' host alone."""
        if request.url.path != "/oauth/v2/token":
            return super().answer(request)
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        right = {"grant_type": "refresh_token", "client_id": "id", "client_secret": "secret"}
        if form != {**right, "refresh_token": self.refresh}:
            return httpx.Response(200, json={"error": "invalid_code"})
        self.tokens_given += 1
        token = {"access_token": "1000.token", "api_domain": "https://www.zohoapis.eu", "expires_in": 3600}
        return httpx.Response(200, json=token)

    def known(self, method: str, path: str, request: httpx.Request) -> httpx.Response | None:
        """See `FakeCrm.known`."""
        body = json.loads(request.content) if request.content else {}
        if (method, path) == ("POST", "Notes"):
            return httpx.Response(201, json={"data": [self._note(note) for note in body["data"]]})
        if method == "DELETE":
            note_id = path.removeprefix("Notes/")
            if not self.deleted(note_id).is_success:
                return httpx.Response(400, json={"data": [{"code": "INVALID_DATA", "status": "error"}]})
            return _done({"id": note_id})
        if path == "actions/watch":
            return self._watch(method, body["watch"][0])
        if method == "PUT":
            self.fields[path] = body["data"][0]
            return _done({"id": path.partition("/")[2]})
        if listed := _NOTES.fullmatch(path):
            return self._page(listed[1], int(request.url.params.get("page", "1")))
        return self._record(path)

    def _note(self, note: dict[str, Any]) -> dict[str, Any]:
        parent = f"{note['Parent_Id']['module']['api_name']}/{note['Parent_Id']['id']}"
        if parent in self.gone:
            return {"code": "INVALID_DATA", "status": "error", "details": {}}
        note_id = str(next(self.ids))
        self.notes[note_id] = {**note, "parent": parent}
        return {"code": "SUCCESS", "status": "success", "details": {"id": note_id}}

    def _watch(self, method: str, wanted: dict[str, Any]) -> httpx.Response:
        known = wanted["channel_id"] in self.channels
        if method == "PATCH" and not known:
            return httpx.Response(400, json={"watch": [{"code": "NOT_SUBSCRIBED", "status": "error"}]})
        self.channels[wanted["channel_id"]] = {**self.channels.get(wanted["channel_id"], {}), **wanted}
        return httpx.Response(200, json={"watch": [{"code": "SUCCESS", "status": "success"}]})

    def _page(self, parent: str, page: int) -> httpx.Response:
        rows = [{"id": one, **note} for one, note in self.notes.items() if note["parent"] == parent]
        shown = rows[(page - 1) * _PAGE : page * _PAGE]
        if not shown:
            return httpx.Response(204)
        return httpx.Response(200, json={"data": shown, "info": {"more_records": len(rows) > page * _PAGE}})

    def _record(self, path: str) -> httpx.Response | None:
        if path in self.gone:
            return httpx.Response(204)
        rows: dict[str, list[dict[str, Any]]] = {
            f"Leads/{LEAD}": [{"id": LEAD, "Company": "Tarnmoor", "Owner": OWNER, "Lead_Status": "Contacted"}],
            f"Contacts/{CONTACT}": [{**INES, "id": CONTACT, "Account_Name": {"id": ACCOUNT, "name": "Tarnmoor"}}],
            f"Accounts/{ACCOUNT}": [TARNMOOR],
            f"Deals/{DEAL}": [{"id": DEAL}],
            f"Contacts/{CONTACT}/Events": self._events(),
            "Events/88": self._events(),
            f"Contacts/{CONTACT}/Deals": [
                {"id": deal, "Stage": "Closed Won" if deal in self.closed else "Proposal made"} for deal in ("70", DEAL)
            ],
        }
        if path in (f"Contacts/{CONTACT}/Calls", f"Leads/{LEAD}/Events", f"Leads/{LEAD}/Calls") or not rows.get(
            path, [1]
        ):
            return httpx.Response(204)
        return httpx.Response(200, json={"data": rows[path]}) if path in rows else None

    def _events(self) -> list[dict[str, Any]]:
        who = {"Who_Id": {"id": CONTACT, "name": "Ines Hartog"}, "$se_module": "Deals", "What_Id": {"id": DEAL}}
        event = {"id": "88", "All_day": False, **who}
        return [{**event, "Start_DateTime": self.call_at.isoformat()}] if self.call_at else []


def _done(details: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, json={"data": [{"code": "SUCCESS", "status": "success", "details": details}]})
