"""`make templates`: the published OpenAPI document of what tools send to Precall, from the models that read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic.json_schema import models_json_schema

from precall.crm import NAMES
from precall.crm.generic import LeadSent
from precall.crm.generic.activities import ActivitySent
from precall.crm.generic.invitations import InvitationSent
from precall.crm.port import MAX_ITEMS

MADE = Path(__file__).resolve().parents[1] / "docs" / "openapi.yaml"

Schema = dict[str, Any]

_SIGNED: dict[str, list[str]] = {"webhookId": [], "webhookTimestamp": [], "webhookSignature": []}
_REFUSED = {
    "400": "The body as a whole cannot be read",
    "401": "The signature is missing, wrong, stale or from the future",
    "413": "The body is too long",
    "415": "The content type is not one that is taken here",
    "422": "Nothing in the delivery is valid",
    "500": "A defect; send it again",
    "503": "Not now; send it again after Retry-After seconds",
}


def made() -> Schema:
    """OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Precall",
            "version": "1",
            "description": "Leads, activities and invitations from any tool, signed by Standard Webhooks 1.0.0; CRMs.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "https://{api}/live", "variables": {"api": {"default": "api.example.com"}}}],
        "paths": {
            "/leads": {"post": _leads("sendLeads", "Leads, each with its prospect")},
            "/activities": {"post": _activities()},
            "/invitations": {"post": _invitations()},
            "/webhooks/{crm}": {"parameters": [_crm()], "post": _webhook("takeWebhook", "A CRM's signed webhook")},
            "/webhooks/{crm}/{path}": {
                "parameters": [_crm(), _path()],
                "post": _webhook("takeWebhookOnPath", "The webhook of a CRM that does not sign, on its secret path"),
            },
        },
        "components": {"schemas": _schemas(), "securitySchemes": _schemes()},
    }


def _leads(name: str, summary: str) -> Schema:
    accepted = {"accepted": _list_of("Id"), "skipped": {"type": "integer"}, "rejected": _list_of("Rejected")}
    return _operation(name, summary, _items("LeadSent", "leads"), "Stored, and told to the team", accepted)


def _activities() -> Schema:
    logged = {"logged": {"type": "integer"}, "leads": _list_of("Id"), "rejected": _list_of("Rejected")}
    body = _items("ActivitySent", "activities")
    return _operation("logActivities", "What contacts did", body, "Logged; with the leads that they made", logged)


def _invitations() -> Schema:
    taken = {"leads": _list_of("Id"), "rejected": _list_of("Rejected")}
    body = _items("InvitationSent", "invitations")
    made = _operation("sendInvitations", "When calls are, by invitation", body, "Told to the team", taken)
    made["requestBody"]["content"]["text/calendar"] = {"schema": {"type": "string"}}
    return made


def _operation(name: str, summary: str, body: Schema, done: str, answer: Schema) -> Schema:
    schema = {"type": "object", "required": sorted(answer), "properties": answer}
    return {
        "operationId": name,
        "summary": summary,
        "security": [_SIGNED],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"202": _response(done, schema), **_refusals()},
    }


def _webhook(name: str, summary: str) -> Schema:
    return {
        "operationId": name,
        "summary": summary,
        "description": "Signed and written as the CRM does it: see docs/crm.md.",
        "requestBody": {"required": True, "content": {"application/json": {}, "text/xml": {}}},
        "responses": {
            "200": {"description": "Stored: this CRM is always acknowledged", "content": {"*/*": {}}},
            "202": {"description": "Stored", "content": {"application/json": {}}},
            "404": _response("There is no CRM of this name", _ref("Refused")),
            **_refusals(),
        },
    }


def _refusals() -> Schema:
    return {status: _response(text, _ref("Refused")) for status, text in _REFUSED.items()}


def _response(text: str, schema: Schema) -> Schema:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _items(name: str, plural: str) -> Schema:
    """One, a list of them, or an object with the list."""
    several = {"type": "array", "items": _ref(name), "maxItems": MAX_ITEMS}
    wrapped = {"type": "object", "required": [plural], "properties": {plural: several}, "additionalProperties": False}
    return {"oneOf": [_ref(name), several, wrapped]}


def _schemas() -> Schema:
    _, found = models_json_schema(
        [(LeadSent, "validation"), (ActivitySent, "validation"), (InvitationSent, "validation")],
        ref_template="#/components/schemas/{model}",
    )
    error = {"type": "string", "description": "What is wrong: the field and the fix"}
    return {
        **found["$defs"],
        "Id": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "Rejected": {
            "type": "object",
            "required": ["error", "index"],
            "properties": {"index": {"type": "integer"}, "error": error},
        },
        "Refused": {"type": "object", "required": ["error"], "properties": {"error": error}},
    }


def _schemes() -> Schema:
    headers = {
        "webhookId": "webhook-id",
        "webhookTimestamp": "webhook-timestamp",
        "webhookSignature": "webhook-signature",
    }
    return {name: {"type": "apiKey", "in": "header", "name": header} for name, header in headers.items()}


def _crm() -> Schema:
    return {"name": "crm", "in": "path", "required": True, "schema": {"type": "string", "enum": list(NAMES)}}


def _path() -> Schema:
    return {"name": "path", "in": "path", "required": True, "schema": {"type": "string", "minLength": 16}}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def text() -> str:
    """The document as it is published."""
    return yaml.safe_dump(made(), sort_keys=False, allow_unicode=True, width=120)


if __name__ == "__main__":
    MADE.write_text(text(), encoding="utf-8")
    print(f"made {MADE.name}")
