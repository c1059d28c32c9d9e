"""Bluesky's searches answer members only: a session of an account that the operator gave for it.

An app password opens it (`com.atproto.server.createSession`, https://docs.bsky.app). Password and token go through the
door to this one host, stay in the memory of the process, and are in no cache, log or report.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from collect.batch import Batch
from collect.json_answers import json_of, string
from collect.sources.searching import DEADLINE, Parse
from precall.errors import PrecallError
from precall.fetch import Door, FetchError, HttpStatus, Page
from precall.fetch.threads import aside

logger = logging.getLogger(__name__)

OPEN = "https://bsky.social/xrpc/com.atproto.server.createSession"
SEARCH = "https://bsky.social/xrpc/app.bsky.feed.searchPosts"
_JSON = {"content-type": "application/json", "accept": "application/json"}
_WRONG = "refused the handle or the app password"
_NOT_GOOD = frozenset({400, 401})
"""What it says to a wrong password, and to a token that is no longer good (`ExpiredToken` is a 400)."""

Credentials = Callable[[], tuple[str, ...]]
"""Gives the handle and the app password; PrecallError where they cannot be read."""


class SessionRefused(FetchError):
    """There is no session; the text says why, and nothing of the account."""


@dataclass
class Session:
    """One for a process: it outlives a research, and is opened again when its token is no longer good."""

    credentials: Credentials = field(repr=False)
    token: str = field(default="", repr=False)
    _refused: tuple[str, ...] = field(default=(), repr=False)

    def search(self, door: Door) -> Searching:
        """The searches of one research."""
        return Searching(self, door)

    async def open(self, door: Door) -> None:
        """Get a new `token`. FetchError where there is none to be had; what was refused once is not tried again."""
        self.token, given = "", await self._given()
        if given == self._refused:
            raise SessionRefused(_WRONG)
        asked = json.dumps({"identifier": given[0].removeprefix("@"), "password": given[1]}).encode()
        try:
            page = await door.post(OPEN, asked, headers=_JSON, limit=100_000, deadline=DEADLINE)
        except HttpStatus as error:
            if error.status not in _NOT_GOOD:
                raise
            self._refused = given
            raise SessionRefused(_WRONG) from None
        self.token = _token_in(page)

    async def _given(self) -> tuple[str, ...]:
        try:
            given = await aside(self.credentials)
        except PrecallError as error:
            logger.warning("a source does without its secret", extra={"source": "bluesky", "error": str(error)})
            raise SessionRefused("was not searched: its secret cannot be read") from None
        if len(given) != 2:
            raise SessionRefused("was not searched: its secret is not a handle and an app password")
        return given


class Searching:
    """The searches of one research: they share a session, which is opened once at most."""

    def __init__(self, session: Session, door: Door) -> None:
        self._session, self._door = session, door
        self._one_at_a_time = asyncio.Lock()
        self._has_opened = False
        self._failure: FetchError | None = None

    async def answer(self, params: Mapping[str, str], parse: Parse) -> Batch:
        """What a search with `params` gave; a flaw, not an error, when it failed."""
        try:
            page = await self._page(params)
        except FetchError as error:
            return Batch(flaw=str(error))
        return await aside(parse, page)

    async def _page(self, params: Mapping[str, str]) -> Page:
        token = await self._token()
        try:
            return await self._found(params, token)
        except HttpStatus as error:
            if error.status not in _NOT_GOOD:
                raise
            newer = await self._token(worn=token)
            if newer == token:
                raise
        return await self._found(params, newer)

    async def _token(self, worn: str = "") -> str:
        """The session's token; in the place of a `worn` one a new one, unless this research has opened a session."""
        async with self._one_at_a_time:
            if self._failure:
                raise self._failure
            if self._session.token == worn and not self._has_opened:
                await self._open()
            return self._session.token

    async def _open(self) -> None:
        self._has_opened = True
        try:
            await self._session.open(self._door)
        except FetchError as error:
            self._failure = error
            raise

    async def _found(self, params: Mapping[str, str], token: str) -> Page:
        headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
        return await self._door.get(SEARCH, params=params, headers=headers, deadline=DEADLINE)


def _token_in(page: Page) -> str:
    answer, _ = json_of(page)
    token = string(answer, "accessJwt").strip()
    if not (token and token.isascii() and token.isprintable()):
        raise SessionRefused("opened no session for the handle and the app password")
    return token
