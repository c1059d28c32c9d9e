"""Leads and prospects: who is to be called, why, when and by whom."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.ids import account_key, person_key
from precall.model._base import Model
from precall.names import business_domain, site_domain

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Contact(Model):
    """A person at the account."""

    name: Name | None = None
    email: EmailStr | None = None
    title: Name | None = None
    crm_id: str | None = None


class Account(Model):
    """A company. `domain` is a registrable domain in lower case, without scheme or `www`."""

    name: Name | None = None
    domain: Annotated[str, Field(max_length=253)] | None = None
    aliases: tuple[Name, ...] = Field(default=(), max_length=20)
    industry: Name | None = None
    country: Name | None = None
    crm_id: str | None = None

    @property
    def key(self) -> str:
        """Under which what is known of the account is kept."""
        return account_key(self.domain, self.name)


class Prospect(Model):
    """Whom the lead is about: an account, a contact, or both.

    An account has a name or a domain; a contact's business e-mail address supplies a missing domain, a free-mail
    address does not. Without one there is a contact with a name or an address; otherwise ValueError, naming the fields.
    """

    account: Account = Field(default_factory=Account)
    contact: Contact | None = None

    @model_validator(mode="before")
    @classmethod
    def _domain_from_email(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        account = data.get("account") or {}
        contact = data.get("contact") or {}
        if not isinstance(account, dict) or not isinstance(contact, dict):
            return data
        domain = site_domain(account.get("domain") or "") or business_domain(contact.get("email") or "")
        return {**data, "account": {**account, "domain": domain or None}}

    @model_validator(mode="after")
    def _someone_to_research(self) -> Self:
        if not (self.has_company or self.person):
            raise ValueError(
                "a lead needs a company or a person: give company.name or company.domain, contact.name or contact.email"
            )
        return self

    @property
    def has_company(self) -> bool:
        """Whether an account is known, by its name or its domain."""
        return bool(self.account.name or self.account.domain)

    @property
    def person(self) -> str:
        """The contact as a person reads it: name, else address; "" without one."""
        return (self.contact.name or self.contact.email or "") if self.contact else ""

    @property
    def label(self) -> str:
        """As a person reads it: the account's name, else its domain, else the person."""
        return self.account.name or self.account.domain or self.person

    @property
    def key(self) -> str:
        """Under which what is known is kept: the account's key, or the person's where there is no account."""
        if self.has_company or not self.contact:
            return self.account.key
        return person_key(self.contact.email, self.contact.crm_id, self.contact.name, self.contact.title)


Purpose = Literal["first_call", "follow_up", "quote", "renewal", "win_back"]
"""What a call is for."""


class Activity(Model):
    """Something a contact did that a CRM logged: attended, downloaded, followed, replied."""

    kind: Name
    at: UtcDatetime | None = None
    summary: Annotated[str, Field(max_length=500)] | None = None


class Lead(Model):
    """A signal from a buyer organisation that needs follow-up.

    `prospect` is None until it has been read back from a CRM whose webhook carries ids only.
    `owner` is the owner's id in the CRM, or a rep's e-mail address; `owner_email` is the address that goes with an id.
    `purpose` is what the call is for, `product_line` what it is about, `employees` how large the company is, `stage`
    where the prospect stands in the CRM's own words, `customer` whether they buy already; each None where nobody said.
    `read_at`: when it was read back from the CRM; until then it is as its webhook told it. `call` is the CRM's name of
    the call that is at `call_at`. `as_of` replays the past: it is honoured in development and refused when deployed.
    """

    id: str
    crm: str
    crm_id: str | None = None
    portal: str | None = None
    acquired_at: UtcDatetime
    correlation_id: str
    prospect: Prospect | None = None
    owner: str | None = None
    owner_email: EmailStr | None = None
    call_at: UtcDatetime | None = None
    call: str = ""
    source: Name | None = None
    activities: tuple[Activity, ...] = Field(default=(), max_length=50)
    purpose: Purpose | None = None
    product_line: Name | None = None
    employees: int | None = Field(default=None, ge=0)
    stage: Name | None = None
    customer: bool | None = None
    read_at: UtcDatetime | None = None
    as_of: UtcDatetime | None = None

    def known(self) -> Prospect:
        """The prospect; LookupError while it has not been read back."""
        if self.prospect is None:
            raise LookupError(f"lead {self.id} has no prospect yet: it is read back from the CRM in distribute")
        return self.prospect


class Assignee(Model):
    """The rep whom a lead was given to, as known then."""

    name: Name
    email: EmailStr
    time_zone: str
    locale: str | None = None


CallFrom = Literal["lead", "crm", "invitation", "asked", "next working slot"]
"""Who said when the call is; "asked": a person, through Precall."""


class Assignment(Model):
    """Who calls, when, and why: the outcome of distribution.

    `changes` names what changed it since (another rep, another time), oldest first, so that nothing is done twice;
    `call_said_at`: when the call's time was said where the call is kept, which names it `call`; `rep_said_at`: when the
    rep was named by who may name one. `cancelled`: there will be no call.
    """

    lead_id: str
    research_id: str
    rep: Assignee
    reason: str
    call_at: UtcDatetime
    call_from: CallFrom
    assigned_at: UtcDatetime
    changes: tuple[str, ...] = ()
    call_said_at: UtcDatetime | None = None
    call: str = ""
    rep_said_at: UtcDatetime | None = None
    cancelled: bool = False

    @property
    def revision(self) -> int:
        """How often the assignment was changed."""
        return len(self.changes)
