"""Event Relay: Salesforce's change events on an EventBridge partner bus, one a message, fields at `detail.payload`.

Source: https://developer.salesforce.com/docs/platform/event-relay/guide/ and Change Data Capture Developer Guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.errors import MalformedBody
from precall.crm.marker import is_own_origin
from precall.crm.port import Batch, WebhookRequest, sort_out
from precall.crm.reading import complaints
from precall.crm.salesforce.records import lead_of
from precall.crm.salesforce.told import Record, told
from precall.model import Lead

SOURCE = "aws.partner/salesforce.com/"
"""How the source of a relayed event begins; the organisation's id and the channel follow."""

_CHANGES = ("CREATE", "UPDATE", "DELETE")


class _Header(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    entityName: str  # noqa: N815 - Salesforce's names
    changeType: str  # noqa: N815
    recordIds: tuple[str, ...] = Field(max_length=200)  # noqa: N815
    changeOrigin: str = ""  # noqa: N815

    commitTimestamp: Annotated[int, Field(gt=0, lt=10**14)] | None = None  # noqa: N815


class _Detail(BaseModel):
    payload: dict[str, Any]


class _Relayed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    source: Annotated[str, Field(pattern=f"^{SOURCE}")]
    detail: _Detail

    @property
    def organisation(self) -> str:
        return self.source.removeprefix(SOURCE).partition("/")[0]


def batch_of(event: Any, request: WebhookRequest) -> Batch:
    """The leads in a relayed event; one that is no change event is skipped. MalformedBody when it was not relayed."""
    try:
        relayed = _Relayed.model_validate(event)
    except ValidationError as error:
        raise MalformedBody(complaints(error)) from None
    payload = relayed.detail.payload
    try:
        header = _Header.model_validate(payload.get("ChangeEventHeader"))
    except ValidationError:
        return Batch(skipped=1)
    if is_own_origin(header.changeOrigin) or header.changeType not in _CHANGES:
        return Batch(skipped=len(header.recordIds))
    fields, sender = _flat(payload), relayed.organisation

    def lead(_: int, record: str) -> Lead | None:
        created = header.changeType == "CREATE"
        return lead_of(header.entityName, {**fields, "Id": record}, sender, request) if created else None

    return sort_out(header.recordIds, lead, lambda _, record: told(_record(record, header, fields, sender, request)))


def _record(record: str, header: _Header, fields: Mapping[str, Any], sender: str, request: WebhookRequest) -> Record:
    """Of a creation the event has the whole record, of an update what changed, of a deletion its header alone."""
    at = datetime.fromtimestamp(header.commitTimestamp / 1000, UTC) if header.commitTimestamp else request.received_at
    version = str(header.commitTimestamp or "")
    whole, gone = header.changeType == "CREATE", header.changeType == "DELETE"
    return Record(header.entityName, record, fields, sender, at, version, changed=not whole, deleted=gone)


def _flat(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Compound fields (Name, Address) with their parts beside the others."""
    flat = {name: value for name, value in payload.items() if not isinstance(value, dict)}
    for name, value in payload.items():
        if isinstance(value, dict) and name != "ChangeEventHeader":
            flat = {**value, **flat}
    return flat
