"""Two listeners on the loopback, and a network of which the attacker has DNS: what `bench ssrf` measures on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Any
from unittest import mock

from httpcore._backends.auto import AutoBackend

from bench.hostile import OPEN, PUBLIC, PUBLIC_V6, Case

_PATIENCE = 1.0
"""Seconds for the head of a request."""
_TLS = b"\x16"
"""The first byte of a TLS handshake (RFC 8446, 5.1)."""
_CONNECT = AutoBackend.connect_tcp


class Listener:
    """A server on the loopback that counts connections, and answers `?to=<hex>` with a redirect to there."""

    def __init__(self) -> None:
        self.hits = 0
        self.heads: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        self.hits += 1
        try:
            head = await reader.readexactly(1)
            if head == _TLS:
                return
            head += await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
            self.heads.append(head)
            writer.write(_answer(head.split(b" ", 2)[1]))
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ConnectionError, IndexError):
            return  # no request: counted all the same
        finally:
            writer.close()


class Network:
    """DNS and routing as the attacker of one case wants them."""

    def __init__(self, public: tuple[str, int], private: tuple[str, int]) -> None:
        self._public, self._private = public, private
        self.case = Case(f"http://{OPEN}/")
        self._asked = 0

    def play(self, case: Case) -> None:
        """Begin `case`: its host was never looked up."""
        self.case, self._asked = case, 0

    async def resolve(self, host: str) -> Sequence[str]:
        """What DNS says of `host`: the case's first answer once, then the later one."""
        if host == OPEN:
            return (PUBLIC,)
        self._asked += 1
        return self.case.first if self._asked == 1 or self.case.later is None else self.case.later

    async def connect(self, backend: AutoBackend, host: str, port: int, **options: Any) -> Any:
        """In the place of every TCP connection of httpx."""
        try:
            ip_address(host)
            addresses: Sequence[str] = (host,)
        except ValueError:
            addresses = await self.resolve(host)
        harmless = set(addresses) <= {PUBLIC, PUBLIC_V6} and port in (80, 443)
        to, at = self._public if harmless else self._private
        return await _CONNECT(backend, to, at, **options)


@asynccontextmanager
async def hostile_network() -> AsyncIterator[tuple[Network, Listener, Listener]]:
    """The network with its public and its private listener; all connections of httpx go there."""
    public, private = Listener(), Listener()
    async with (
        await asyncio.start_server(public.serve, "127.0.0.1", 0) as open_server,
        await asyncio.start_server(private.serve, "127.0.0.1", 0) as inside,
    ):
        network = Network(_place(open_server), _place(inside))

        async def connect(backend: AutoBackend, host: str, port: int, **options: Any) -> Any:
            return await network.connect(backend, host, port, **options)

        with mock.patch.object(AutoBackend, "connect_tcp", connect):
            yield network, public, private


def _place(server: asyncio.Server) -> tuple[str, int]:
    listening: socket.socket = server.sockets[0]
    host, port = listening.getsockname()[:2]
    return host, port


def _answer(target: bytes) -> bytes:
    _, found, place = target.partition(b"?to=")
    if not found:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
    location = bytes.fromhex(place.decode("ascii", "replace")[:20_000])
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
    return head + location.replace(b"\r", b"").replace(b"\n", b"") + b"\r\n\r\n"
