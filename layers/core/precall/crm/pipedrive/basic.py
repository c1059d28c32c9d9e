"""HTTP Basic authentication, RFC 7617."""

from __future__ import annotations

import base64
import binascii


def user_and_password(header: str) -> str | None:
    """`user:password` from an Authorization header; None when it holds nothing of the kind."""
    scheme, _, coded = header.strip().partition(" ")
    if scheme.casefold() != "basic":
        return None
    try:
        return base64.b64decode(coded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
