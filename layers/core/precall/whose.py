"""Whose data is meant when somebody asks for theirs, or asks for it to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from precall.model import Account, Contact, Lead
from precall.standings import Logged
from precall.suppression import account_marks, contact_mark, contact_marks, email_mark, marks_of, person_mark


@dataclass(frozen=True)
class Who:
    """Whose data: a person by any of `email`, `crm_id` ("hubspot:123"), and `name` at `account`; or a whole account, by
    domain or name. ValueError, naming the fix, when nobody in particular is named."""

    email: str | None = None
    crm_id: str | None = None
    name: str | None = None
    account: Account | None = None

    def __post_init__(self) -> None:
        if self.name and not self.account:
            raise ValueError("a name alone may be many people: give the e-mail address, or the company with --account")
        if not self.marks:
            raise ValueError("nobody is named: give --contact (an e-mail address, hubspot:123, or a name) or --account")

    @classmethod
    def about(cls, lead: Lead) -> Self:
        """The person whom a lead is about, by all that is known of them."""
        account = lead.prospect.account if lead.prospect else None
        contact = (lead.prospect.contact if lead.prospect else None) or Contact()
        crm_id = contact.crm_id or lead.crm_id
        named = account is not None and bool(contact.name and account_marks(account))
        return cls(
            email=contact.email,
            crm_id=f"{lead.crm}:{crm_id}" if crm_id else None,
            name=contact.name if named else None,
            account=account if named else None,
        )

    @property
    def marks(self) -> frozenset[str]:
        """What the suppression list will know them by."""
        at = account_marks(self.account) if self.account else frozenset()
        if self.is_account:
            return at
        found = {person_mark(self.name, mark) for mark in at} if self.name else set()
        found |= {email_mark(self.email)} if self.email else set()
        crm, _, crm_id = (self.crm_id or "").partition(":")
        return frozenset(found | ({contact_mark(crm, crm_id)} if crm_id else set()))

    @property
    def is_account(self) -> bool:
        """Whether it is a company, with all its people."""
        return not (self.email or self.crm_id or self.name)

    def matches(self, lead: Lead) -> bool:
        """Whether a lead is about them."""
        return bool(self.marks & marks_of(lead))

    def did(self, logged: Logged) -> bool:
        """Whether an activity is theirs."""
        return bool(self.marks & (contact_marks(logged.account, logged.contact) | account_marks(logged.account)))
