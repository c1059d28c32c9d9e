"""What people typed into a CRM, as values that the model takes: bad ones become None, long ones are cut."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from precall.clock import UtcDatetime
from precall.emails import EmailStr

_LONGEST = 200
_EMAIL: TypeAdapter[str] = TypeAdapter(EmailStr)
_MOMENT: TypeAdapter[datetime] = TypeAdapter(UtcDatetime)


def text(value: object) -> str | None:
    """A single line of at most 200 characters; None for nothing. Numbers become text."""
    if not isinstance(value, (str, int, float)):
        return None
    return " ".join(str(value).encode(errors="replace").decode().split())[:_LONGEST].strip() or None


def number(value: object) -> str | None:
    """The id of an object, in digits; None for anything else, which has no place in an address."""
    found = text(value)
    return found if found and found.isascii() and found.isdecimal() else None


def words(value: object) -> str | None:
    """An enumeration's member as words: COMPUTER_SOFTWARE → computer software; other text as it is."""
    found = text(value)
    return found.replace("_", " ").lower() if found and found.isupper() else found


def email(value: object) -> str | None:
    """A valid e-mail address, or None."""
    try:
        return _EMAIL.validate_python(value)
    except ValidationError:
        return None


def moment(value: object) -> datetime | None:
    """A point in time with a time zone, or None."""
    try:
        return _MOMENT.validate_python(value) if isinstance(value, str) else None
    except ValidationError:
        return None
