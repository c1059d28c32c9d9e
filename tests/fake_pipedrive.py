"""api.pipedrive.com: persons with an organization and deals, notes in pages, custom fields behind keys."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.fake_crm import FakeCrm

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
        if (method, path) == ("POST", "notes"):
            note_id = next(self.ids)
            self.notes[str(note_id)] = body
            return httpx.Response(201, json={"success": True, "data": {"id": note_id}})
        if method == "DELETE":
            removed = path.removeprefix("notes/")
            gone = self.deleted(removed)
            return _answer({"id": int(removed)}) if gone.is_success else gone
        if method == "PUT":
            self.fields[path] = body
            return _answer({"id": 1})
        rows = self._rows(path)
        return _page(rows, int(request.url.params.get("start", "0"))) if rows is not None else self._record(path)

    def _rows(self, path: str) -> list[dict[str, Any]] | None:
        if path == "notes":
            return [{"id": int(note_id), **note} for note_id, note in reversed(self.notes.items())]
        if path.endswith("Fields"):
            named = [{"key": key, "name": name} for name, key in self.fields_made.items()]
            return [{"key": "name", "name": "Name"}, {"key": "phone", "name": "Phone"}, *named]
        return [{"id": 71}] if path in ("persons/51/deals", "organizations/9/deals") else None

    def _record(self, path: str) -> httpx.Response | None:
        return _answer({"id": 51, "org_id": {"value": 9, "name": "Nordlicht"}}) if path == "persons/51" else None


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
