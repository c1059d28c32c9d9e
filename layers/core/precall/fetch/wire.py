"""Requests to checked URLs: names resolved and pinned, one connection pool per host, or all of it replayed."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache
from typing import Literal

import httpx

from precall.fetch.body import ACCEPTED
from precall.fetch.errors import FetchFailed
from precall.fetch.resolver import Resolve, public_addresses
from precall.fetch.urls import is_literal

SILENCE = 15.0
"""Seconds without a byte after which a connection is given up; the door has a total deadline besides."""
_TIMEOUT = httpx.Timeout(SILENCE, connect=3.0)
"""One address of several gets this long to take the connection."""


Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]


@dataclass(frozen=True)
class _Message:
    method: Method
    headers: Mapping[str, str]
    content: bytes | None


class Wire:
    """Sends requests. The URLs given to it have passed `checked_url`."""

    def __init__(
        self, user_agent: str, resolve: Resolve, transport: httpx.AsyncBaseTransport | None, replay_origin: str | None
    ) -> None:
        self._user_agent = user_agent
        self._resolve = resolve
        self._transport = transport
        self._replay = httpx.URL(replay_origin) if replay_origin else None
        self._addresses: dict[str, tuple[str, ...]] = {}
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._opened = AsyncExitStack()

    async def close(self) -> None:
        """Close every connection."""
        self._clients.clear()
        await self._opened.aclose()

    async def send(
        self, target: httpx.URL, headers: Mapping[str, str], content: bytes | None = None, method: Method = "GET"
    ) -> httpx.Response:
        """The response to a GET, or to `content` sent by `method`; its body is not yet read. AddressRefused,
        FetchFailed, or httpx's errors."""
        message = _Message(method, headers, content)
        if self._replay:
            return await self._ask(_below(self._replay, target), self._replay.netloc.decode(), message)
        return await self._send_pinned(target, message)

    async def _send_pinned(self, target: httpx.URL, message: _Message) -> httpx.Response:
        unreachable: httpx.HTTPError | None = None
        host = target.raw_host.decode()
        for address in await self._addresses_of(host):
            try:
                pinned = target.copy_with(host=address)
                return await self._ask(pinned, target.netloc.decode(), message, sni=host)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                unreachable = error
        raise FetchFailed(f"{host} takes no connection") from unreachable

    async def _addresses_of(self, host: str) -> tuple[str, ...]:
        if is_literal(host):
            return (host,)
        if host not in self._addresses:
            self._addresses[host] = await public_addresses(host, self._resolve)
        return self._addresses[host]

    async def _ask(self, url: httpx.URL, netloc: str, message: _Message, sni: str | None = None) -> httpx.Response:
        fixed = {"host": netloc, "user-agent": self._user_agent, "accept-encoding": ACCEPTED}
        others = {name: value for name, value in message.headers.items() if name.lower() not in fixed}
        client = self._client(netloc)
        extensions = {"sni_hostname": sni} if sni else {}
        request = client.build_request(
            message.method, url, content=message.content, headers={**others, **fixed}, extensions=extensions
        )
        return await client.send(request, stream=True)

    def _client(self, netloc: str) -> httpx.AsyncClient:
        """One per host: pools go by address, and two hosts at one address must not share a TLS connection."""
        if netloc not in self._clients:
            transport = self._transport or httpx.AsyncHTTPTransport(verify=_tls(), trust_env=False)
            client = httpx.AsyncClient(transport=transport, trust_env=False, timeout=_TIMEOUT)
            self._opened.push_async_callback(client.aclose)
            self._clients[netloc] = client
        return self._clients[netloc]


def _below(origin: httpx.URL, target: httpx.URL) -> httpx.URL:
    prefix = origin.raw_path.rstrip(b"/")
    return origin.copy_with(raw_path=prefix + b"/" + target.raw_host + target.raw_path)


@cache
def _tls() -> ssl.SSLContext:
    """Reading the authorities takes tens of milliseconds: once per process."""
    return httpx.create_ssl_context(trust_env=False)
