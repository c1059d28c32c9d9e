"""The CRMs that briefs are written back to, by the names of their adapters."""

from __future__ import annotations

from collections.abc import Mapping

from precall.crm.client import ClientKind
from precall.crm.close.client import CLOSE
from precall.crm.hubspot.client import HUBSPOT
from precall.crm.pipedrive.client import PIPEDRIVE
from precall.crm.salesforce.client import SALESFORCE
from precall.crm.zoho.client import ZOHO

CLIENTS: Mapping[str, ClientKind] = {
    "close": CLOSE,
    "hubspot": HUBSPOT,
    "pipedrive": PIPEDRIVE,
    "salesforce": SALESFORCE,
    "zoho": ZOHO,
}
