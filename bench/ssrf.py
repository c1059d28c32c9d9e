"""Nothing private can be reached through the door: hostile URLs, redirects and DNS answers against real listeners.

Every connection of this process is led by `Network` to one of two listeners on the loopback: to the public one for the
two public addresses of the battery, to the private one for anything else. The private one counts. The same battery is
put to a client without a guard, and to one with the usual guard (look the name up, ask `ipaddress` whether the answer
is private, connect), so that a listener which counts nothing would be seen.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import tempfile
from collections.abc import Awaitable, Callable
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import httpx

from bench.hostile import OPEN, Case, battery
from bench.hostile_network import Network, hostile_network
from bench.report import Figure, Report
from precall.fetch import Door, FetchError

Client = Callable[[Case, Network], Awaitable[object]]
_DEADLINE = 1.0


def run(data: Path) -> Report:
    """The battery; `data` is not needed."""
    return asyncio.run(_run())


async def _run() -> Report:
    report, cases = Report("ssrf"), battery()
    with tempfile.TemporaryDirectory(prefix="precall-ssrf-") as folder, mock.patch.dict(os.environ):
        for client, name in ((through_the_door, "door"), (_unguarded, "no guard"), (_usual_guard, "usual guard")):
            async with hostile_network() as (network, _, private):
                for case in cases:
                    network.play(case)
                    await _quietly(client(case, network))
                limit = 0.0 if client is through_the_door else None
                report.figures.append(Figure(name, "private connections", private.hits, limit=limit))
        report.figures.insert(0, Figure("battery", "cases", len(cases), limit=150, keep="above"))
        unguarded = next(figure.value for figure in report.figures if figure.set == "no guard")
        report.figures.append(Figure("battery", "live: unguarded hits", unguarded, limit=100, keep="above"))
        report.figures += await _controls(Path(folder))
    return report


async def _controls(folder: Path) -> list[Figure]:
    """A harmless page is reached; a proxy and credentials in the environment change nothing."""
    netrc = folder / "netrc"
    netrc.write_text(f"machine {OPEN} login root password secret\n")
    os.environ.update(
        NETRC=str(netrc), **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    )
    async with hostile_network() as (network, public, private):
        case = Case(f"http://{OPEN}/?to={f'http://{OPEN}/there'.encode().hex()}")
        await _quietly(through_the_door(case, network))
        credentials = sum(b"authorization" in head.lower() for head in public.heads)
        return [
            Figure("harmless page", "requests that reach it", len(public.heads), limit=2, keep="above"),
            Figure("proxy in environment", "private connections", private.hits, limit=0),
            Figure(".netrc", "requests with its password", credentials, limit=0),
        ]


async def through_the_door(case: Case, network: Network) -> object:
    """What is measured."""
    async with Door(user_agent="Precall/bench", resolve=network.resolve) as door:
        return await door.get(case.url, deadline=_DEADLINE)


async def _unguarded(case: Case, network: Network) -> object:
    async with httpx.AsyncClient(follow_redirects=True, timeout=_DEADLINE, verify=_authorities()) as client:
        return await client.get(case.url)


@cache
def _authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context()


async def _usual_guard(case: Case, network: Network) -> object:
    for address in await network.resolve(urlsplit(case.url).hostname or ""):
        if ip_address(address).is_private:
            return None
    return await _unguarded(case, network)


async def _quietly(asking: Awaitable[object]) -> None:
    try:
        await asking
    except (FetchError, httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
        return
