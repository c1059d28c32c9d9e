"""What the caller is told: always JSON, always with the ids by which the log finds the request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from intake.errors import BodyTooLarge, UnsupportedContentType
from intake.logic import Receipt
from intake.requests import correlation_id, request_id
from precall.crm import Adapter, MalformedBody, RejectedItem, SignatureRefused, UnknownCrm
from precall.errors import InvalidConfiguration, Transient

if TYPE_CHECKING:
    from intake.activities import Log
    from intake.invitations import Taken

RETRY_AFTER = 30
"""Seconds after which a delivery that could not be stored may be sent again."""

_REFUSED: tuple[tuple[type[Exception], int], ...] = (
    (UnknownCrm, 404),
    (UnsupportedContentType, 415),
    (BodyTooLarge, 413),
    (MalformedBody, 400),
    (SignatureRefused, 401),
)
_NOT_NOW = "the delivery was not taken: {}; send it again"


def taken(crm: Adapter, receipt: Receipt, event: APIGatewayProxyEvent) -> Response[str]:
    """202 (200 for a CRM that is always acknowledged, with the answer that it insists on), or 422 when nothing in the
    delivery was valid."""
    body: dict[str, Any] = {
        "accepted": [{"id": lead_id} for lead_id in receipt.accepted],
        "skipped": receipt.skipped,
        "rejected": _rejections(receipt.rejected),
    }
    if not receipt.kept:
        return _answer(event, 422, {"error": receipt.rejected[0].error, **body})
    if crm.acknowledgement:
        return Response(200, crm.acknowledgement.content_type, crm.acknowledgement.body, _headers(event))
    return _answer(event, 200 if crm.always_acknowledges else 202, body)


def logged(done: Log, event: APIGatewayProxyEvent) -> Response[str]:
    """202, or 422 when no activity in the delivery was valid."""
    body: dict[str, Any] = {
        "logged": done.logged,
        "leads": [{"id": lead_id} for lead_id in done.leads],
        "rejected": _rejections(done.rejected),
    }
    if not done.logged:
        return _answer(event, 422, {"error": done.rejected[0].error, **body})
    return _answer(event, 202, body)


def invited(taken: Taken, event: APIGatewayProxyEvent) -> Response[str]:
    """202, or 422 when no invitation in the delivery was taken."""
    body: dict[str, Any] = {
        "leads": [{"id": lead_id} for lead_id in taken.leads],
        "rejected": _rejections(taken.rejected),
    }
    if not taken.leads:
        return _answer(event, 422, {"error": taken.rejected[0].error, **body})
    return _answer(event, 202, body)


def refused(error: Exception, event: APIGatewayProxyEvent) -> Response[str]:
    """The status that the kind of error stands for. Only a `WebhookRefused` is quoted: its text is meant for the
    caller; everything else is for the operator and stays in the log."""
    for kind, status in _REFUSED:
        if isinstance(error, kind):
            return _answer(event, status, {"error": str(error)})
    if isinstance(error, NotFoundError):
        return _answer(
            event, 404, {"error": "there is nothing here; POST to /webhooks/{crm}, /leads, /activities or /invitations"}
        )
    if isinstance(error, Transient):
        return _answer(event, 503, {"error": _NOT_NOW.format("storage is busy")}, retry=True)
    if isinstance(error, InvalidConfiguration):
        return _answer(event, 503, {"error": _NOT_NOW.format("an operator must check the settings")}, retry=True)
    return _answer(event, 500, {"error": _NOT_NOW.format("of a defect, see the log")})


def _answer(event: APIGatewayProxyEvent, status: int, body: dict[str, Any], retry: bool = False) -> Response[str]:
    headers = _headers(event)
    if retry:
        headers["Retry-After"] = str(RETRY_AFTER)
    return Response(status, content_types.APPLICATION_JSON, json.dumps(body), headers)


def _headers(event: APIGatewayProxyEvent) -> dict[str, str | list[str]]:
    return {"X-Request-Id": request_id(event), "X-Correlation-Id": correlation_id(event)}


def _rejections(rejected: Sequence[RejectedItem]) -> list[dict[str, Any]]:
    return [{"index": item.index, "error": item.error} for item in rejected]
