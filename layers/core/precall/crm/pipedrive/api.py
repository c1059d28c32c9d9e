"""Pipedrive's API: v2, and v1 for what is there alone (notes, users).

Source: https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide; most of v1 is out of support since August
2026 (https://developers.pipedrive.com/changelog).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from precall.crm.errors import CrmObjectMissing
from precall.crm.rest import Connection, Rest
from precall.fetch import Door

ORIGIN = "https://api.pipedrive.com"
NEWEST = {"sort_by": "update_time", "sort_direction": "desc"}
_PAGES = 5
_LIMIT = "100"

Record = dict[str, Any]


class Api:
    """Reads v2 through the interface that has the token."""

    def __init__(self, rest: Rest) -> None:
        self.rest = rest

    async def record(self, path: str) -> Record:
        """The record at `path`; CrmObjectMissing also for one that lies in Pipedrive's bin."""
        found = _data(await self.rest.get(path))
        if not isinstance(found, dict) or found.get("is_deleted"):
            raise CrmObjectMissing(f"Pipedrive has no {path} (any more)")
        return found

    async def rows(self, path: str, **params: str) -> AsyncIterator[Record]:
        """All rows of a list, page by page, but not more than a few pages."""
        cursor: dict[str, str] = {}
        for _ in range(_PAGES):
            answer = await self.rest.get(path, **params, **cursor, limit=_LIMIT)
            for row in _listed(_data(answer)):
                yield row
            more = answer.get("additional_data") if isinstance(answer, dict) else None
            if not (isinstance(more, dict) and more.get("next_cursor")):
                return
            cursor = {"cursor": str(more["next_cursor"])}

    async def first(self, path: str, **params: str) -> Record | None:
        """The first row of a list."""
        return next(iter(_listed(_data(await self.rest.get(path, **params, limit="1")))), None)


def api(door: Door, secret: tuple[str, ...], name: str) -> Api:
    """The API with the token in `secret`, which is called `name`."""
    return Api(Rest(door, Connection("Pipedrive", ORIGIN, {"x-api-token": secret[0]}, name)))


def _data(answer: Any) -> Any:
    return answer.get("data") if isinstance(answer, dict) else None


def _listed(found: Any) -> list[Record]:
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
