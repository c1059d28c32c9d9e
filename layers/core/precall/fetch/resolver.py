"""From a name to addresses that may be connected to."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Sequence

from precall.fetch.addresses import public_address
from precall.fetch.errors import AddressRefused, FetchFailed
from precall.fetch.threads import aside

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""A host name to all of its addresses; FetchFailed when it has none."""


async def system_resolve(host: str) -> Sequence[str]:
    """What the operating system answers, IPv4 and IPv6."""
    try:
        found = await aside(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchFailed(f"{host} has no address") from None
    return [str(answer[4][0]) for answer in found]


async def public_addresses(host: str, resolve: Resolve) -> tuple[str, ...]:
    """The addresses of `host`, IPv4 first; AddressRefused as soon as one of them is not public."""
    answers = dict.fromkeys(await resolve(host))
    if not answers:
        raise FetchFailed(f"{host} has no address")
    try:
        checked = dict.fromkeys(public_address(answer) for answer in answers)
    except AddressRefused as refused:
        raise AddressRefused(f"{host} leads into a private network: {refused}") from None
    return tuple(sorted(checked, key=lambda address: ":" in address))
