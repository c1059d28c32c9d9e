"""A CRM's JSON interface through the one HTTP door: patient where a try costs nothing, and clear about who must act."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from precall.crm.errors import CrmObjectMissing
from precall.errors import CrmRefused, CrmUnavailable, PrecallError
from precall.fetch import AddressRefused, Door, FetchError, FetchFailed, FetchTimedOut, HttpStatus, Page
from precall.fetch.wire import Method

DEADLINE = 5.0
"""Seconds for one answer."""
MOST_BYTES = 1_000_000
BACKOFF = (0.5, 2.0)
"""Seconds before the second and the third try."""
LONGEST_WAIT = 5.0
"""Seconds: who asks for a longer wait is asked again by the queue."""
_BUSY = 429
_LATER = frozenset({408, 423, 425, _BUSY})
_NOT_ALLOWED = frozenset({401, 403})
_GONE = frozenset({404, 410})


async def pause(seconds: float) -> None:
    """Wait before another try."""
    await asyncio.sleep(seconds)


@dataclass(frozen=True)
class Connection:
    """Where a CRM is asked, and with what. `crm` and `secret` are its name and its secret's, for who reads an error."""

    crm: str
    origin: str
    headers: Mapping[str, str]
    secret: str


class Rest:
    """Asks for JSON. CrmUnavailable (throttled, down, slow), CrmRefused (token, right, field), CrmObjectMissing."""

    def __init__(self, door: Door, connection: Connection) -> None:
        self._door = door
        self._to = connection

    async def get(self, path: str, **params: str) -> Any:
        """What is at `path`."""
        return await self._patiently("GET", path, lambda: self._read(path, params), repeatable=True)

    async def record(self, path: str, **params: str) -> dict[str, Any]:
        """The JSON object at `path`; an empty one where the CRM says nothing."""
        return self._object(await self.get(path, **params), f"GET {path}")

    async def send(self, method: Method, path: str, body: object, *, repeatable: bool = True) -> Any:
        """The answer to `body`. What is not `repeatable` is sent again only where the CRM says that it did not take
        it."""
        content, kind = json.dumps(body).encode(), "application/json"
        return await self._patiently(method, path, lambda: self._write(method, path, content, kind), repeatable)

    async def delete(self, path: str) -> None:
        """What is at `path` is gone afterwards, also where it was before."""
        with suppress(CrmObjectMissing):
            await self._patiently("DELETE", path, lambda: self._write("DELETE", path, b"", None), repeatable=True)

    async def form(self, path: str, fields: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object that answers a form, as OAuth wants its requests (RFC 6749, 4.4.2)."""
        content, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        found = await self._patiently("POST", path, lambda: self._write("POST", path, content, kind), repeatable=True)
        return self._object(found, f"POST {path}")

    async def _patiently(self, method: str, path: str, ask: Callable[[], Awaitable[Page]], repeatable: bool) -> Any:
        for backoff in (*BACKOFF, None):
            try:
                return _json(await ask(), f"{self._to.crm} answered {method} {path}")
            except FetchError as error:
                wait = _wait(error, backoff, repeatable)
                if wait is None:
                    raise self._meaning(error, f"{method} {path}") from None
            await pause(wait)
        raise AssertionError("the last try has no backoff")

    def _object(self, found: Any, what: str) -> dict[str, Any]:
        if not isinstance(found, dict):
            raise CrmUnavailable(f"{self._to.crm} answered {what} with something other than a JSON object")
        return found

    async def _read(self, path: str, params: Mapping[str, str]) -> Page:
        headers = {**self._to.headers, "accept": "application/json"}
        url = f"{self._to.origin}/{path}"
        return await self._door.get(url, params=params, headers=headers, limit=MOST_BYTES, deadline=DEADLINE)

    async def _write(self, method: Method, path: str, content: bytes, kind: str | None) -> Page:
        said = {"content-type": kind} if kind else {}
        headers = {**self._to.headers, "accept": "application/json", **said}
        url = f"{self._to.origin}/{path}"
        return await self._door.post(url, content, method=method, headers=headers, limit=MOST_BYTES, deadline=DEADLINE)

    def _meaning(self, error: FetchError, what: str) -> PrecallError:
        crm = self._to.crm
        if isinstance(error, AddressRefused):
            return CrmRefused(
                f"{crm} cannot be asked at {self._to.origin}: {error}; check the secret {self._to.secret}"
            )
        if not isinstance(error, HttpStatus):
            return CrmUnavailable(f"{crm} did not answer {what}: {error}")
        if error.status in _GONE:
            return CrmObjectMissing(f"{crm} has nothing for {what} (any more)")
        if error.status in _NOT_ALLOWED:
            return CrmRefused(
                f"{crm} refused {what} (HTTP {error.status}); check the secret {self._to.secret} and what it may do"
            )
        if error.status in _LATER or error.status >= 500:
            return CrmUnavailable(f"{crm} answered {what} with HTTP {error.status}")
        return CrmRefused(f"{crm} refused {what} with HTTP {error.status}")


def _wait(error: FetchError, backoff: float | None, repeatable: bool) -> float | None:
    """Seconds until another try; None where there is to be none here."""
    if backoff is None:
        return None
    if isinstance(error, HttpStatus):
        wait = max(backoff, error.retry_after or 0.0)
        worth = error.status == _BUSY or (repeatable and (error.status in _LATER or error.status >= 500))
        return wait if worth and wait <= LONGEST_WAIT else None
    return backoff if repeatable and isinstance(error, FetchFailed | FetchTimedOut) else None


def _json(page: Page, what: str) -> Any:
    """What the answer says; an empty one (204) says nothing."""
    if not page.body.strip():
        return {}
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        raise CrmUnavailable(f"{what} with something other than JSON") from None
