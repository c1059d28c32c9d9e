"""Outbound Messages: at most 100 notifications in a SOAP envelope, at least once, in no order.

Source: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # defusedxml reads: only their types  # nosec B405

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from precall.crm.errors import MalformedBody
from precall.crm.port import MAX_ITEMS

ACKNOWLEDGEMENT = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
    '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>'
    "</soapenv:Body></soapenv:Envelope>"
)
"""The answer that Salesforce takes for "received": a bare status 200 counts as a failure."""

_SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
_OUTBOUND = "{http://soap.sforce.com/2005/09/outbound}"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


@dataclass(frozen=True)
class Message:
    """Who sent it, and what: of each notification the `type` of its object and its `fields` as texts."""

    organisation: str
    notifications: tuple[dict[str, Any], ...]


def message_of(body: bytes) -> Message:
    """The message in `body`; MalformedBody when it is none, declares entities, or holds more than 100."""
    found = _envelope(body).find(f"{_SOAP}Body/{_OUTBOUND}notifications")
    if found is None:
        raise MalformedBody("the body is not an outbound message; it has no notifications")
    notifications = found.findall(f"{_OUTBOUND}Notification")
    if len(notifications) > MAX_ITEMS:
        raise MalformedBody(f"{len(notifications)} notifications in one message; Salesforce sends at most {MAX_ITEMS}")
    organisation = (found.findtext(f"{_OUTBOUND}OrganizationId") or "").strip()
    return Message(organisation, tuple(_notification(one) for one in notifications))


def _envelope(body: bytes) -> Element:
    try:
        found: Element = fromstring(body)
    except DefusedXmlException:
        raise MalformedBody("the body declares a document type or entities; an outbound message has none") from None
    except (ParseError, ValueError, LookupError) as error:  # LookupError: an encoding that nobody knows
        raise MalformedBody(f"the body is not XML ({error}); was it cut off?") from None
    return found


def _notification(found: Element) -> dict[str, Any]:
    record = found.find(f"{_OUTBOUND}sObject")
    if record is None:
        return {"type": "", "fields": {}}
    kind = record.get(_TYPE, "").rpartition(":")[2]
    fields = {_local(one.tag): one.text or "" for one in record if one.get(_NIL) not in ("true", "1")}
    return {"id": found.findtext(f"{_OUTBOUND}Id") or "", "type": kind, "fields": fields}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
