"""The payload of the generic webhook: what a lead looks like when any tool sends it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from precall.clock import UtcDatetime
from precall.crm.invitation import MOST_LETTERS
from precall.emails import EmailStr
from precall.model import Activity
from precall.model._base import Model
from precall.model.lead import Name, Purpose
from precall.names import site_domain

CREATED = "lead.created"
"""The event type that makes a lead; other types are acknowledged and skipped."""


def _domain(text: str) -> str:
    domain = site_domain(text)
    if not domain:
        raise ValueError("is not a domain; write for example stripe.com")
    return domain


Domain = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2048), AfterValidator(_domain)]
BusinessId = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"),
    Field(coerce_numbers_to_str=True),
]


class Sent(Model):
    """Blank texts and nulls, which many tools send for "unknown", count as absent."""

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, data: object) -> object:
        return {key: value for key, value in data.items() if not _blank(value)} if isinstance(data, dict) else data


class CompanySent(Sent):
    """The account. `domain` may be a URL; `aliases` are other names that it is written about under."""

    name: Name | None = None
    domain: Domain | None = None
    industry: Name | None = None
    country: Name | None = None
    employees: int | None = Field(default=None, ge=0)
    aliases: tuple[Name, ...] = Field(default=(), max_length=20)


class ContactSent(Sent):
    """The person. A business e-mail address supplies a missing `company.domain`."""

    name: Name | None = None
    email: EmailStr | None = None
    title: Name | None = None


class LeadSent(Sent):
    """One lead. `company` needs a name or a domain, unless `contact` has a name or an address.

    `purpose` is what the call is for, `product_line` what it is about, `stage` where the prospect stands in the
    sender's words, `customer` whether they buy already. `invitation` is an iCalendar object that says when the call is,
    in place of `call_at`. `id` is the sender's own id: a lead sent twice with the same id
    is one lead. `owner` is a rep's e-mail address or the CRM's owner id. `call_at` has a time zone. `as_of` replays the
    past and is taken in development only.
    """

    type: str = CREATED
    id: BusinessId | None = None
    company: CompanySent = Field(default_factory=CompanySent)
    contact: ContactSent = Field(default_factory=ContactSent)
    owner: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)] | None = None
    call_at: UtcDatetime | None = None
    invitation: Annotated[str, Field(max_length=MOST_LETTERS)] | None = None
    source: Name | None = None
    activities: tuple[Activity, ...] = Field(default=(), max_length=50)
    purpose: Purpose | None = None
    product_line: Name | None = None
    stage: Name | None = None
    customer: bool | None = None
    as_of: UtcDatetime | None = None

    def prospect(self) -> dict[str, Any]:
        """The input of `precall.model.Prospect`."""
        contact = self.contact.model_dump(exclude_none=True)
        return {
            "account": self.company.model_dump(exclude_none=True, exclude={"employees"}),
            "contact": contact or None,
        }


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
