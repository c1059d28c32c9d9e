"""Who is never researched again: salted hashes of what tells a person or a company, in the table of `precall.facts`.

| pk         | sk     | what                                                            |
|------------|--------|-----------------------------------------------------------------|
| SUPPRESSED | SALT   | `salt`, made once, for this table alone                         |
| SUPPRESSED | <hash> | HMAC-SHA256 of one mark under the salt; it never expires        |
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.model import Account, Contact, Lead
from precall.names import short_name

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_PK = "SUPPRESSED"


def marks_of(lead: Lead) -> frozenset[str]:
    """What a lead is told by: its contact's address, CRM id and name at the company, the company's domain and name."""
    if lead.prospect is None:
        return frozenset({contact_mark(lead.crm, lead.crm_id)}) if lead.crm_id else frozenset()
    return contact_marks(lead.prospect.account, lead.prospect.contact, lead.crm) | account_marks(lead.prospect.account)


def contact_marks(account: Account, contact: Contact | None, crm: str | None = None) -> frozenset[str]:
    """Those of a person alone; by the CRM's id only where the CRM is known."""
    if contact is None:
        return frozenset()
    found = {email_mark(contact.email)} if contact.email else set()
    if contact.crm_id and crm:
        found.add(contact_mark(crm, contact.crm_id))
    if contact.name:
        found |= {person_mark(contact.name, at) for at in account_marks(account)}
    return frozenset(found)


def account_marks(account: Account) -> frozenset[str]:
    """Those of a company: by its domain and by the letters of its name, legal form aside."""
    letters = "".join(letter for letter in short_name(account.name or "").casefold() if letter.isalnum())
    found = {f"domain:{account.domain.casefold()}"} if account.domain else set()
    return frozenset(found | ({f"company:{letters}"} if letters else set()))


def email_mark(email: str) -> str:
    """That of an address, whatever its capitals."""
    return f"email:{email.strip().casefold()}"


def contact_mark(crm: str, crm_id: str) -> str:
    """That of a contact in a CRM."""
    return f"contact:{crm}:{crm_id}"


def person_mark(name: str, account_mark: str) -> str:
    """That of a name at a company."""
    return f"person:{' '.join(name.casefold().split())}@{account_mark}"


class SuppressionList:
    """The list. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._salt: bytes | None = None

    def add(self, marks: Iterable[str]) -> int:
        """Put marks on the list; how many were not there."""
        salt = self._kept_salt() or self._new_salt()
        return sum(self._put({"pk": _PK, "sk": _hashed(salt, mark)}) for mark in sorted(marks))

    def has(self, marks: Iterable[str]) -> bool:
        """Whether any of `marks` is on the list; reads nothing more than the salt while nobody ever was."""
        salt = self._kept_salt()
        return salt is not None and any(self._read(_hashed(salt, mark)) for mark in sorted(marks))

    def remove(self, marks: Iterable[str]) -> None:
        """Take those off who were never meant to be on it."""
        salt = self._kept_salt()
        if salt is None:
            return
        try:
            for mark in marks:
                self._table.delete_item(Key={"pk": _PK, "sk": _hashed(salt, mark)})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not change the suppression list: {error}") from error

    def _kept_salt(self) -> bytes | None:
        if self._salt is None and (item := self._read("SALT")):
            self._salt = bytes.fromhex(str(item["salt"]))
        return self._salt

    def _new_salt(self) -> bytes:
        """Of two at once the first one's counts."""
        self._put({"pk": _PK, "sk": "SALT", "salt": secrets.token_hex(32)})
        salt = self._kept_salt()
        if salt is None:
            raise StorageUnavailable("DynamoDB did not keep the salt of the suppression list")
        return salt

    def _read(self, sk: str) -> dict[str, object]:
        try:
            return dict(self._table.get_item(Key={"pk": _PK, "sk": sk}, ConsistentRead=True).get("Item", {}))
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve the suppression list: {error}") from error

    def _put(self, item: dict[str, str]) -> bool:
        try:
            self._table.put_item(Item=item, ConditionExpression="attribute_not_exists(pk)")
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take the suppression list: {error}") from error
        return True


def _hashed(salt: bytes, mark: str) -> str:
    return hmac.new(salt, mark.encode(), sha256).hexdigest()
