"""api.pipedrive.com: persons with an organization, deals and activities, notes in pages, custom fields behind keys.

Notes and users are in v1, all else in v2, which takes no values that it does not document.
"""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.fake_crm import FakeCrm

RECORDS: dict[str, dict[str, Any]] = {
    "/api/v2/persons/51": {
        "id": 51,
        "name": "Ines Hartog",
        "emails": [
            {"value": "ines@gmail.com", "primary": False, "label": "home"},
            {"value": "ines@tarnmoor.example", "primary": True, "label": "work"},
        ],
        "org_id": 9,
        "owner_id": 501,
        "job_title": "COO",
        "is_deleted": False,
    },
    "/api/v2/organizations/9": {
        "id": 9,
        "name": "Tarnmoor Logistics",
        "website": "https://www.tarnmoor.example/",
        "address": {"value": "Kade 1, Rotterdam", "country": "Netherlands"},
    },
    "/api/v2/stages/4": {"id": 4, "name": "Proposal made", "pipeline_id": 1},
    "users/501": {"id": 501, "name": "Dana", "email": "dana@seller.example"},
}
_PAGE = 2
"""Rows in a page, however many are asked for: fewer than real, so that there are several."""


class FakePipedrive(FakeCrm):
    """See `tests.fake_crm.FakeCrm`."""

    root = "/v1/"

    def __init__(self) -> None:
        super().__init__({"x-api-token": "pd-write"})
        self.fields_made = {"precall_brief_ready": "k1", "precall_brief_link": "k2", "precall_top_signal": "k3"}

    def known(self, method: str, path: str, request: httpx.Request) -> httpx.Response | None:
        """See `FakeCrm.known`."""
        body = json.loads(request.content) if request.content else {}
        if method == "PATCH":
            self.fields[path.removeprefix("/api/v2/")] = body["custom_fields"]
            return _answer({"id": 1})
        if path in RECORDS:
            return _answer(RECORDS[path])
        if path.startswith("/api/v2/"):
            return self._listed(path.removeprefix("/api/v2/"), dict(request.url.params))
        if (method, path) == ("POST", "notes"):
            note_id = next(self.ids)
            self.notes[str(note_id)] = body
            return httpx.Response(201, json={"success": True, "data": {"id": note_id}})
        if method == "DELETE":
            removed = path.removeprefix("notes/")
            gone = self.deleted(removed)
            return _answer({"id": int(removed)}) if gone.is_success else gone
        if path == "notes":
            rows = [{"id": int(note_id), **note} for note_id, note in reversed(self.notes.items())]
            return _page(rows, int(request.url.params.get("start", "0")))
        return None

    def _listed(self, path: str, params: dict[str, str]) -> httpx.Response | None:
        if path.endswith("Fields"):
            return self._custom_fields(int(params.get("cursor", "0")))
        if path not in ("deals", "activities"):
            return None
        if params.get("done") not in (None, "true", "false") or params.get("sort_by") not in (None, "update_time"):
            return httpx.Response(400, json={"success": False, "error": "Validation failed"})
        found = [{"id": 71, "stage_id": 4}] if path == "deals" else self._activities()
        if params.get("person_id") != "51" and not (path == "deals" and params.get("org_id") == "9"):
            found = []
        return httpx.Response(200, json={"success": True, "data": found, "additional_data": {"next_cursor": None}})

    def _activities(self) -> list[dict[str, Any]]:
        """A day without a time, and an e-mail, are no calls."""
        due: dict[str, Any] = {"person_id": 51, "done": False, "due_date": "2026-03-11", "due_time": "10:30:00"}
        found = [{**due, "id": 87, "type": "email"}, {**due, "id": 86, "type": "call", "due_time": None}]
        if self.call_at:
            at = {"due_date": f"{self.call_at:%Y-%m-%d}", "due_time": f"{self.call_at:%H:%M:%S}"}
            found.append({**due, **at, "id": 88, "type": "meeting"})
        return found

    def _custom_fields(self, cursor: int) -> httpx.Response:
        made = [{"field_code": key, "field_name": name} for name, key in self.fields_made.items()]
        rows = [{"field_code": "name", "field_name": "Name"}, {"field_code": "phone", "field_name": "Phone"}, *made]
        following = cursor + _PAGE if len(rows) > cursor + _PAGE else None
        more = {"next_cursor": following and str(following)}
        answer = {"success": True, "data": rows[cursor : cursor + _PAGE], "additional_data": more}
        return httpx.Response(200, json=answer)


def _answer(data: object) -> httpx.Response:
    return httpx.Response(200, json={"success": True, "data": data})


def _page(rows: list[dict[str, Any]], start: int) -> httpx.Response:
    more = len(rows) > start + _PAGE
    pagination = {"start": start, "more_items_in_collection": more} | ({"next_start": start + _PAGE} if more else {})
    answer = {
        "success": True,
        "data": rows[start : start + _PAGE] or None,
        "additional_data": {"pagination": pagination},
    }
    return httpx.Response(200, json=answer)
