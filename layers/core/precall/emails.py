"""E-mail addresses as pydantic's `EmailStr` has them, by the same library, which most addresses do not need.

Importing it costs a light function a twentieth of its cold start. So a plain address, which the library would take and
leave as it is, is known by its form; a test holds the two against each other.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

_LABEL = r"[a-z0-9](?:[a-z0-9]|-(?!-)){0,60}[a-z0-9]"
_PLAIN = re.compile(
    rf"(?=.{{6,120}}$)[a-z0-9_+-]{{1,60}}(?:\.[a-z0-9_+-]{{1,60}}){{0,3}}@(?:{_LABEL}\.)+([a-z]{{2,20}})"
)
_SPECIAL = frozenset("alt arpa invalid local localhost onion test".split())
"""Top-level domains that the library looks at more closely (RFC 6761 and others)."""
_LONGEST_LOCAL = 64


def _checked(value: str) -> str:
    found = _PLAIN.fullmatch(value)
    if found and found[1] not in _SPECIAL and value.index("@") <= _LONGEST_LOCAL:
        return value
    from pydantic.networks import validate_email

    return validate_email(value)[1]


EmailStr = Annotated[str, AfterValidator(_checked), WithJsonSchema({"type": "string", "format": "email"})]
"""A pydantic field type: a valid address, its domain in lower case."""
