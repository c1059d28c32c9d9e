"""``api.hubapi.com``: HubSpot's CRM objects and owners, read by id with a Bearer token; notes and fields are taken,
and not kept.

Any token is good except ``expired``; shapes as in HubSpot's documentation of the v3 API.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from replay.crm import Properties, company_properties, contact_properties, owner_record
from replay.items import iso
from replay.message import Answer, Request, as_json
from replay.web import Web, serves

_CONTACT_DEFAULTS = "createdate,email,firstname,hs_object_id,lastmodifieddate,lastname"
_COMPANY_DEFAULTS = "createdate,domain,hs_lastmodifieddate,hs_object_id,name"
_ANONYMOUS = (
    "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details"
    " at https://developers.hubspot.com/docs/methods/auth/oauth-overview"
)
_NOTES = "/crm/v3/objects/notes"
_EXPIRED = "The OAuth token used to make this call expired 75 second(s) ago."


@serves("api.hubapi.com")
def hubspot(request: Request, web: Web) -> Answer | None:
    """``/crm/v3/objects/contacts/{id}``, ``/crm/v3/objects/companies/{id}``, ``/crm/v3/owners/{id}``, and the notes."""
    if request.method == "POST" and request.path.startswith(_NOTES):
        return _refused(request) or _noted(request)
    if request.method == "DELETE" and request.path.startswith(f"{_NOTES}/"):
        return _refused(request) or Answer(204)
    folder, _, identifier = request.path.rstrip("/").rpartition("/")
    find = {
        "/crm/v3/objects/contacts": _contact,
        "/crm/v3/objects/companies": _company,
        "/crm/v3/owners": _owner,
    }.get(folder)
    if find is None:
        return None
    return _refused(request) or find(identifier, request, web) or _missing(request)


def _noted(request: Request) -> Answer | None:
    """A new note with an id made of its content; a search finds none, since none is kept."""
    if request.path == f"{_NOTES}/search":
        return as_json({"total": 0, "results": []})
    properties = request.json.get("properties")
    if request.path != _NOTES or not isinstance(properties, dict) or not properties.get("hs_timestamp"):
        return _error(request, 400, "VALIDATION_ERROR", "Property values were not valid: hs_timestamp is required")
    return as_json({"id": str(int(sha256(request.body).hexdigest()[:12], 16)), "properties": properties}, 201)


def _refused(request: Request) -> Answer | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return _error(request, 401, "INVALID_AUTHENTICATION", _ANONYMOUS)
    if token.strip() == "expired":
        return _error(request, 401, "EXPIRED_AUTHENTICATION", _EXPIRED)
    return None


def _missing(request: Request) -> Answer:
    return _error(request, 404, "OBJECT_NOT_FOUND", "resource not found")


def _error(request: Request, status: int, category: str, message: str) -> Answer:
    correlation = str(uuid5(NAMESPACE_URL, request.url))
    body = {"status": "error", "message": message, "correlationId": correlation, "category": category}
    return as_json(body, status)


def _contact(identifier: str, request: Request, web: Web) -> Answer | None:
    for company in web.world.companies.values():
        for contact in company.contacts:
            if contact.id == identifier:
                known = contact_properties(contact, company, web.as_of)
                links = _associations(request, "companies", [company.hubspot_id], "contact_to_company")
                return as_json(_record(request, web, known, _CONTACT_DEFAULTS) | links)
    return None


def _company(identifier: str, request: Request, web: Web) -> Answer | None:
    for company in web.world.companies.values():
        if company.hubspot_id == identifier:
            known = company_properties(company, web.as_of)
            contacts = (contact.id for contact in company.contacts)
            links = _associations(request, "contacts", contacts, "company_to_contact")
            return as_json(_record(request, web, known, _COMPANY_DEFAULTS) | links)
    return None


def _owner(identifier: str, _: Request, web: Web) -> Answer | None:
    owner = web.world.owners.get(identifier)
    return as_json(owner_record(owner, web.as_of)) if owner else None


def _record(request: Request, web: Web, known: Properties, defaults: str) -> dict[str, Any]:
    """The properties asked for that exist, and the few that HubSpot always sends."""
    asked = (request.params.get("properties") or defaults).split(",")
    names = {"createdate", "hs_object_id", *asked} & known.keys()
    return {
        "id": known["hs_object_id"],
        "properties": {name: known[name] for name in sorted(names)},
        "createdAt": known["createdate"],
        "updatedAt": iso(web.as_of),
        "archived": False,
    }


def _associations(request: Request, kind: str, ids: Iterable[str], link: str) -> dict[str, Any]:
    """Each record twice, as HubSpot does: with its primary and with its unlabelled association."""
    if kind not in request.params.get("associations", "").split(","):
        return {}
    results = [{"id": one, "type": name} for one in ids for name in (link, f"{link}_unlabeled")]
    return {"associations": {kind: {"results": results}}}
