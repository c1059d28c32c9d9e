"""Event Relay: Salesforce's change events on an EventBridge partner bus, one a message, fields at `detail.payload`.

Source: https://developer.salesforce.com/docs/platform/event-relay/guide/ and Change Data Capture Developer Guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.adapter import Batch, WebhookRequest, sort_out
from precall.crm.errors import MalformedBody
from precall.crm.marker import is_own_origin
from precall.crm.reading import complaints
from precall.crm.salesforce.records import lead_of

SOURCE = "aws.partner/salesforce.com/"
"""How the source of a relayed event begins; the organisation's id and the channel follow."""


class _Header(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    entityName: str  # noqa: N815 - Salesforce's names
    changeType: str  # noqa: N815
    recordIds: tuple[str, ...] = Field(max_length=200)  # noqa: N815
    changeOrigin: str = ""  # noqa: N815

    @property
    def makes_leads(self) -> bool:
        """A record was created, and not by Precall itself."""
        return self.changeType == "CREATE" and not is_own_origin(self.changeOrigin)


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
    if not header.makes_leads:
        return Batch(skipped=len(header.recordIds))
    fields = _flat(payload)
    return sort_out(
        header.recordIds,
        lambda index, record: lead_of(header.entityName, {**fields, "Id": record}, relayed.organisation, request),
    )


def _flat(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Compound fields (Name, Address) with their parts beside the others."""
    flat = {name: value for name, value in payload.items() if not isinstance(value, dict)}
    for name, value in payload.items():
        if isinstance(value, dict) and name != "ChangeEventHeader":
            flat = {**value, **flat}
    return flat
