"""A prospect from what a CRM sent along; None where it says too little and has to be asked."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from precall.crm.values import email, text
from precall.model import Prospect
from precall.names import business_domain, site_domain

Given = Mapping[str, object]
"""Values by the model's names, as people typed them."""


def prospect_of(account: Given, contact: Given) -> Prospect | None:
    """The prospect: a company by name, by website (`domain`) or by the contact's business address, a person, or both;
    None when neither was sent."""
    address = email(contact.get("email"))
    company = {
        "name": text(account.get("name")),
        "domain": site_domain(text(account.get("domain")) or "") or business_domain(address or "") or None,
        "industry": text(account.get("industry")),
        "country": text(account.get("country")),
        "crm_id": text(account.get("crm_id")),
    }
    person = {
        "name": text(contact.get("name")),
        "email": address,
        "title": text(contact.get("title")),
        "crm_id": text(contact.get("crm_id")),
    }
    known = person["name"] or person["email"]
    if not (company["name"] or company["domain"] or known):
        return None
    try:
        return Prospect.model_validate({"account": company, "contact": person if known else None})
    except ValidationError:
        return None


def full_name(*parts: object) -> str | None:
    """First and last name as one; None where neither is known."""
    return text(" ".join(text(part) or "" for part in parts))
