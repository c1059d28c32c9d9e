"""How Precall knows its own writes again, so that a brief written back to a CRM never comes in as something new.

Every field that Precall writes is named `precall_…` (as a custom field of Salesforce `Precall_…__c`), and its requests
to Salesforce name the client `precall`, which change events repeat. Pipedrive says itself what came through its API.
"""

from __future__ import annotations

MARKER = "precall"


def is_own_field(name: str) -> bool:
    """Whether a CRM's field is one that Precall writes."""
    return name.casefold().startswith(f"{MARKER}_")


def is_own_origin(origin: str) -> bool:
    """Whether Salesforce's `changeOrigin` (com/salesforce/api/rest/62.0;client=precall) is Precall.

    Source: Change Data Capture Developer Guide, change event header fields.
    """
    return origin.casefold().rpartition("client=")[2].rstrip("/") == MARKER
