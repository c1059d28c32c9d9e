"""api.close.com: a lead with contacts, opportunities and meetings, notes in pages, custom fields behind ids."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx

from tests.fake_crm import FakeCrm

LEAD, CONTACT, OTHER, DEAL = "lead_tarnmoor", "cont_ines", "cont_first", "oppo_open"
INES = {
    "id": CONTACT,
    "name": "Ines Hartog",
    "title": "COO",
    "emails": [{"email": "ines@tarnmoor.example", "type": "office"}],
}
_PAGE = 2
"""Rows in a page, however many are asked for: fewer than real, so that there are several."""


class FakeClose(FakeCrm):
    """See `tests.fake_crm.FakeCrm`."""

    root = "/api/v1/"

    def __init__(self) -> None:
        basic = base64.b64encode(b"api_key:").decode()
        super().__init__({"authorization": f"Basic {basic}"})
        self.fields_made = {"precall_brief_ready": "cf_1", "precall_brief_link": "cf_2", "precall_top_signal": "cf_3"}
        self.lead: dict[str, Any] = {
            "id": LEAD,
            "name": "Tarnmoor Logistics",
            "display_name": "Tarnmoor Logistics",
            "url": "https://www.tarnmoor.example",
            "addresses": [{"country": "NL", "city": "Rotterdam"}],
            "status_label": "Qualified",
            "lead_owner_id": "user_dana",
            "contacts": [{"id": OTHER, "name": "Somebody Else"}, INES],
            "opportunities": [
                {"id": "oppo_lost", "status_type": "lost", "status_label": "Lost"},
                {"id": DEAL, "status_type": "active", "status_label": "Proposal made"},
            ],
        }
        self.meeting_status = "upcoming"
        self.tasks: list[dict[str, Any]] = []

    def known(self, method: str, path: str, request: httpx.Request) -> httpx.Response | None:
        """See `FakeCrm.known`."""
        body = json.loads(request.content) if request.content else {}
        if (method, path) == ("POST", "activity/note/"):
            return self._note(body)
        if method == "DELETE":
            gone = self.deleted(path.removeprefix("activity/note/").rstrip("/"))
            return httpx.Response(200, json={}) if gone.is_success else gone
        if (method, path) == ("PUT", f"lead/{LEAD}/"):
            return self._put(body)
        if (method, path) == ("GET", f"lead/{LEAD}/"):
            asked = request.url.params["_fields"].split(",")
            return httpx.Response(200, json={name: self.lead[name] for name in asked})
        if path == "user/user_dana/":
            return httpx.Response(200, json={"email": "dana@seller.example"})
        rows = self._rows(path, request.url.params)
        return _page(rows, int(request.url.params.get("_skip", "0"))) if rows is not None else None

    def _note(self, body: dict[str, Any]) -> httpx.Response:
        if body.get("lead_id") != LEAD:
            return httpx.Response(400, json={"field-errors": {"lead_id": "This field is required."}})
        note_id = f"acti_{next(self.ids)}"
        self.notes[note_id] = body
        return httpx.Response(200, json={"id": note_id, "_type": "Note", **body})

    def _put(self, body: dict[str, Any]) -> httpx.Response:
        if not body.keys() <= {f"custom.{one}" for one in self.fields_made.values()}:
            return httpx.Response(400, json={"field-errors": {"custom": "unknown"}})
        self.fields[LEAD] = body
        return httpx.Response(200, json={"id": LEAD})

    def _rows(self, path: str, params: httpx.QueryParams) -> list[dict[str, Any]] | None:
        if path == "activity/note/":
            found = reversed(self.notes.items())
            return [{"id": one, **note} for one, note in found if note["lead_id"] == params["lead_id"]]
        if path == "activity/meeting/":
            meeting = {"id": "acti_88", "status": self.meeting_status}
            return [{**meeting, "starts_at": self.call_at.isoformat()}] if self.call_at else []
        if path == "task/":
            return self.tasks
        if path == "custom_field/lead/":
            named = [{"id": one, "name": name} for name, one in self.fields_made.items()]
            return [{"id": "cf_0", "name": "Industry"}, *named]
        return None


def _page(rows: list[dict[str, Any]], skip: int) -> httpx.Response:
    return httpx.Response(200, json={"data": rows[skip : skip + _PAGE], "has_more": len(rows) > skip + _PAGE})
