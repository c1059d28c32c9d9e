"""Close's API v1, which takes a key as the user name of HTTP Basic, without a password."""

from __future__ import annotations

import base64
import re
from typing import Any

from precall.crm.rest import Connection, Rest
from precall.fetch import Door

ORIGIN = "https://api.close.com/api/v1"
_ID = re.compile(r"[a-z]{2,10}_[A-Za-z0-9]{1,80}")


def api(door: Door, secret: tuple[str, ...], name: str) -> Rest:
    """The API with the key in `secret`, which is called `name`."""
    basic = base64.b64encode(f"{secret[0]}:".encode()).decode()
    return Rest(door, Connection("Close", ORIGIN, {"authorization": f"Basic {basic}"}, name))


def id_of(value: object) -> str | None:
    """An id, which tells its kind; None for anything else, which has no place in an address."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def rows_of(found: Any, name: str) -> list[dict[str, Any]]:
    """The records listed at `name`."""
    rows = found.get(name) if isinstance(found, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
