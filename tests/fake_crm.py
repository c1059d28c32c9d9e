"""Made-up CRMs that behave like the documented ones: they want their token, and fail, throttle and dawdle on cue.

Each knows Ines Hartog, COO of Tarnmoor Logistics, whom Dana owns; `call_at` is when a call with her is planned."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import httpx

from tests.unit.fetch.web import FakeWeb


@dataclass
class Troubles:
    """What requests to a path meet, in order: a status, `lost` (it was done, and the answer is lost), or `slow` (no
    answer came in time)."""

    path: str = ""
    next: list[int | str] = field(default_factory=list)
    retry_after: str | None = None

    def meet(self, request: httpx.Request) -> int | str | None:
        """What this request meets."""
        return self.next.pop(0) if self.next and request.url.path.endswith(self.path) else None


class FakeCrm(ABC):
    """What all of them do: want a token and the right to write, and meet troubles. `root` begins every path."""

    root = "/"

    def __init__(self, headers: dict[str, str]) -> None:
        self.wanted = headers
        self.scopes = True
        self.hidden: tuple[str, ...] = ()
        """Parts of the paths that the token may not see."""
        self.notes: dict[str, dict[str, Any]] = {}
        self.fields: dict[str, dict[str, Any]] = {}
        self.troubles = Troubles()
        self.web = FakeWeb(self.answer)
        self.ids = count(9001)
        self.call_at: datetime | None = None

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Any request; 404 for what it does not know."""
        trouble = self.troubles.meet(request)
        if isinstance(trouble, int):
            headers = {"retry-after": self.troubles.retry_after} if self.troubles.retry_after else {}
            return httpx.Response(trouble, headers=headers, json={"status": "error"})
        if trouble == "slow":
            raise httpx.ReadTimeout("no answer in time")
        if any(request.headers.get(name) != value for name, value in self.wanted.items()):
            return httpx.Response(401, json={"category": "INVALID_AUTHENTICATION"})
        if not self.scopes and request.method != "GET":
            return httpx.Response(403, json={"category": "MISSING_SCOPES"})
        if any(part in str(request.url) for part in self.hidden):
            return httpx.Response(403, json={"category": "MISSING_SCOPES"})
        given = self.known(request.method, request.url.path.removeprefix(self.root), request)
        if trouble == "lost":
            raise httpx.ReadError("the connection broke after the request was taken")
        return given or httpx.Response(404, json={"category": "OBJECT_NOT_FOUND"})

    def deleted(self, note_id: str) -> httpx.Response:
        """The note is gone; 404 where it was before."""
        known = self.notes.pop(note_id, None)
        return httpx.Response(204) if known is not None else httpx.Response(404, json={"category": "OBJECT_NOT_FOUND"})

    @abstractmethod
    def known(self, method: str, path: str, request: httpx.Request) -> httpx.Response | None:
        """The answer to a request that may be made; None for what there is not."""


CONTACT = {
    "firstname": "Ines",
    "lastname": "Hartog",
    "email": "ines@tarnmoor.example",
    "jobtitle": "COO",
    "hubspot_owner_id": "501",
}
COMPANY = {"name": "Tarnmoor Logistics", "domain": "tarnmoor.example", "country": "Netherlands"}


class FakeHubSpot(FakeCrm):
    """api.hubapi.com: contacts with companies and deals, notes with a search, fields that exist or do not."""

    root = "/crm/v3/"

    def __init__(self) -> None:
        super().__init__({"authorization": "Bearer pat-write"})
        self.properties = {"precall_brief_ready", "precall_brief_link", "precall_top_signal"}
        self.contacts: dict[str, dict[str, list[str]]] = {"51": {"companies": ["9", "9"], "deals": ["70", "71"]}}
        self.closed = {"70"}
        self.planned: dict[str, dict[str, dict[str, str]]] = {"meetings": {}, "tasks": {}}

    def known(self, method: str, path: str, request: httpx.Request) -> httpx.Response | None:
        """See `FakeCrm.known`."""
        body: Any = json.loads(request.content) if request.content else None
        path = path.removeprefix("objects/")
        if method == "GET":
            return self._read(path)
        kind, _, found = path.partition("/")
        match method, path:
            case "POST", "notes":
                return self._note(body)
            case "POST", "notes/search":
                return self._search(body["filterGroups"][0]["filters"])
            case "POST", _ if found == "batch/read":
                return self._batch(kind, [one["id"] for one in body["inputs"]])
            case "DELETE", _ if kind == "notes":
                self.deleted(found)
                return httpx.Response(204)  # HubSpot says nothing of what was not there
            case "PATCH", _ if kind != "contacts" or found in self.contacts:
                return self._patch(path, body["properties"])
        return None

    def _read(self, path: str) -> httpx.Response | None:
        kind, _, found = path.partition("/")
        with_her = {"contacts": {"results": [{"id": "51"}]}}
        records: dict[str, dict[str, Any]] = {
            "owners": {"id": found, "email": "dana@seller.example"},
            "pipelines": {"label": "Proposal made"},
            "companies": {"id": found, "properties": COMPANY},
            "meetings": {"id": found, "associations": with_her},
            "tasks": {"id": found, "associations": with_her},
            "deals": {"properties": {"hs_is_closed": str(found in self.closed).lower()}},
        }
        if kind == "contacts":
            return httpx.Response(200, json=self._contact(found)) if found in self.contacts else None
        return httpx.Response(200, json=records[kind]) if kind in records else None

    def _contact(self, found: str) -> dict[str, Any]:
        linked = self.contacts[found]
        return {
            "id": found,
            "properties": {**CONTACT, "associatedcompanyid": next(iter(linked["companies"]), None)},
            "associations": {kind: {"results": [{"id": one} for one in ids]} for kind, ids in linked.items() if ids},
        }

    def _batch(self, kind: str, ids: list[str]) -> httpx.Response:
        """Of records that are gone there is nothing, and the status is 207."""
        if kind == "deals":
            stage = {"dealstage": "proposal", "pipeline": "default"}
            found = {one: {**stage, "hs_is_closed": str(one in self.closed).lower()} for one in ids}
        else:
            found = {one: self.planned[kind][one] for one in ids if one in self.planned[kind]}
        results = [{"id": one, "properties": properties} for one, properties in found.items()]
        return httpx.Response(200 if len(found) == len(ids) else 207, json={"status": "COMPLETE", "results": results})

    def _note(self, body: Any) -> httpx.Response:
        properties = body["properties"]
        if not properties.get("hs_timestamp") or len(properties.get("hs_note_body", "")) > 65_536:
            return httpx.Response(400, json={"category": "VALIDATION_ERROR"})
        note_id = str(next(self.ids))
        self.notes[note_id] = body
        return httpx.Response(201, json={"id": note_id, "properties": properties})

    def _search(self, filters: list[dict[str, str]]) -> httpx.Response:
        word, contact = filters[0]["value"], filters[1]["value"]
        found = [{"id": note_id} for note_id, body in self.notes.items() if _is_on(body, word, contact)]
        return httpx.Response(200, json={"total": len(found), "results": found[:1]})

    def _patch(self, record: str, properties: dict[str, str]) -> httpx.Response:
        if not properties.keys() <= self.properties:
            return httpx.Response(400, json={"category": "VALIDATION_ERROR", "message": "PROPERTY_DOESNT_EXIST"})
        self.fields.setdefault(record, {}).update(properties)
        return httpx.Response(200, json={"properties": properties})


def _is_on(body: dict[str, Any], word: str, contact: str) -> bool:
    return word in body["properties"]["hs_note_body"] and any(
        one["to"]["id"] == contact for one in body["associations"]
    )


def associated(body: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The records of a note, each with the number of its association."""
    for one in body["associations"]:
        yield one["to"]["id"], one["types"][0]["associationTypeId"]
