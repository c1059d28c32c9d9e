"""A made-up internet behind the door: names with addresses, and what is served there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime

import httpx

from precall.fetch import Door, FetchFailed
from precall.fetch.manners import Manners

PUBLIC = "93.184.215.14"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

Serve = Callable[[httpx.Request], httpx.Response]


class FakeWeb:
    """Remembers what was looked up and asked."""

    def __init__(self, serve: Serve, addresses: Mapping[str, Sequence[str]] | None = None) -> None:
        self.serve = serve
        self.addresses = addresses
        self.lookups: list[str] = []
        self.requests: list[httpx.Request] = []

    async def resolve(self, host: str) -> Sequence[str]:
        self.lookups.append(host)
        if self.addresses is None:
            return (PUBLIC,)
        if host not in self.addresses:
            raise FetchFailed(f"{host} has no address")
        return self.addresses[host]

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.serve(request)

    def door(self, replay_origin: str | None = None, manners: Manners | None = None) -> Door:
        return Door(
            user_agent="Precall/test (contact: ops@seller.example)",
            resolve=self.resolve,
            transport=httpx.MockTransport(self.answer),
            replay_origin=replay_origin,
            allow_replay=True,
            manners=manners or Manners(robots=False),
            clock=lambda: NOW,
        )


class Stream(httpx.AsyncByteStream):
    """A body that comes in pieces, and knows how many were taken."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces
        self.taken = 0
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._pieces:
            self.taken += 1
            yield piece

    async def aclose(self) -> None:
        self.closed = True


def ok(body: bytes = b"hello", **headers: str) -> Serve:
    """The same page everywhere; `content_type="…"` becomes a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: httpx.Response(200, headers=named, content=body)
