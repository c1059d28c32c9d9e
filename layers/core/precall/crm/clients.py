"""The CRMs that briefs are written back to, by the names of their adapters."""

from __future__ import annotations

from collections.abc import Mapping

from precall.crm.client import ClientKind
from precall.crm.hubspot.client import HUBSPOT

CLIENTS: Mapping[str, ClientKind] = {"hubspot": HUBSPOT}
