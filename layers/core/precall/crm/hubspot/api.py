"""HubSpot's CRM API v3, through the one HTTP door."""

from __future__ import annotations

import json
from typing import Any

from precall.crm.errors import CrmObjectMissing
from precall.errors import CrmRefused, CrmUnavailable, PrecallError
from precall.fetch import Door, FetchError, HttpStatus
from precall.secrets import HUBSPOT_TOKEN

ORIGIN = "https://api.hubapi.com/crm/v3"
DEADLINE = 5.0
"""Seconds for one answer."""
MOST_BYTES = 1_000_000

_TRY_LATER = frozenset({408, 423, 425, 429})


class HubSpotApi:
    """Reads JSON objects. CrmUnavailable (throttled, down, slow), CrmRefused (token, scope), CrmObjectMissing."""

    def __init__(self, door: Door, token: str) -> None:
        self._door = door
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        """The object at `path` below the API's root."""
        try:
            page = await self._door.get(
                f"{ORIGIN}/{path}", params=params, headers=self._headers, limit=MOST_BYTES, deadline=DEADLINE
            )
        except HttpStatus as error:
            raise _meaning(error.status, path) from None
        except FetchError as error:
            raise CrmUnavailable(f"HubSpot did not give {path}: {error}") from error
        return _object(page.body, path)


def _meaning(status: int, path: str) -> PrecallError:
    if status == 404:
        return CrmObjectMissing(f"HubSpot has no {path} (any more)")
    if status in (401, 403):
        return CrmRefused(
            f"HubSpot refused the token (HTTP {status}) for {path}; check the secret {HUBSPOT_TOKEN} and its scopes"
        )
    if status in _TRY_LATER or status >= 500:
        return CrmUnavailable(f"HubSpot answered {path} with HTTP {status}")
    return CrmRefused(f"HubSpot refused {path} with HTTP {status}")


def _object(body: bytes, path: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CrmUnavailable(f"HubSpot answered {path} with something other than a JSON object")
    return found
