"""Made-up companies, people and outlets, all on ``.example``; any likeness to a real one is chance.

``world.companies["tarnmoor"].contact.email`` and so on, so that a test need not repeat the YAML.
"""

from __future__ import annotations

from collections.abc import Mapping

from replay.world.model import Company, Contact, Outlet, Owner
from replay.world.read import read_companies, read_outlets, read_owners, read_remarks
from replay.world.remarks import Remark

companies: Mapping[str, Company] = read_companies()
"""Every company by key."""

outlets: Mapping[str, Outlet] = read_outlets()
"""Every publication by key."""

remarks: Mapping[str, tuple[Remark, ...]] = read_remarks()
"""What is said of a company on networks and in stores, by the company's key."""

owners: Mapping[str, Owner] = read_owners()
"""Sales reps by their CRM id."""

__all__ = ["Company", "Contact", "Outlet", "Owner", "Remark", "companies", "outlets", "owners", "remarks"]
