"""A CRM tells that a person's data must go."""

from __future__ import annotations

from typing import NamedTuple


class AskedErasure(NamedTuple):
    """Of the contact `contact_id` in `crm`; `lead_id` is the lead that it would be, known or not."""

    crm: str
    contact_id: str
    lead_id: str
