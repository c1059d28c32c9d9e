"""A chat's incoming webhook as a channel: the address is a secret, the vendor's host the only one that gets it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from deliver.channels import ChannelRefused, ChannelUnavailable, Message, slack, teams
from precall.chat_settings import CHAT_SECRETS, Chat
from precall.errors import InvalidConfiguration
from precall.fetch import AddressRefused, FetchError, HttpStatus
from precall.secrets import Secrets

if TYPE_CHECKING:
    from precall.fetch import Door

VENDORS = {"slack": ("Slack", slack.HOSTS, slack.payload), "teams": ("Teams", teams.HOSTS, teams.payload)}
SECONDS = 8.0
_JSON = {"content-type": "application/json"}
_TOO_MANY, _SERVERS, _TIMED_OUT = 429, 500, 408

OpenDoor = Callable[[], "AbstractAsyncContextManager[Door]"]


@dataclass(frozen=True)
class WebhookChannel:
    """One webhook. No error ever names its address."""

    chat: Chat
    secrets: Secrets
    open_door: OpenDoor

    @property
    def name(self) -> str:
        """As a person reads it."""
        return f"{VENDORS[self.chat.kind][0]} ({self.chat.secret})"

    @property
    def always(self) -> bool:
        """Whether it gets every brief."""
        return self.chat.always

    def send(self, message: Message) -> None:
        """See `Channel.send`."""
        vendor, hosts, payload = VENDORS[self.chat.kind]
        address = self._address(vendor, hosts)
        content = json.dumps(payload(message), ensure_ascii=False).encode()
        try:
            asyncio.run(self._post(address, content))
        except HttpStatus as error:
            if error.status in (_TOO_MANY, _TIMED_OUT) or error.status >= _SERVERS:
                raise ChannelUnavailable(f"{self.name}: {error}") from None
            raise ChannelRefused(f"{self.name}: {error}; if the webhook is gone, {self._fix}") from None
        except AddressRefused as error:
            raise ChannelRefused(f"{self.name}: {error}; {self._fix}") from None
        except FetchError as error:
            raise ChannelUnavailable(f"{self.name}: {error}") from None

    async def _post(self, address: str, content: bytes) -> None:
        async with self.open_door() as door:
            await door.post(address, content, headers=_JSON, limit=100_000, deadline=SECONDS)

    def _address(self, vendor: str, hosts: Sequence[str]) -> str:
        try:
            address = self.secrets.all(f"{CHAT_SECRETS}/{self.chat.secret}")[0]
        except InvalidConfiguration as error:
            raise ChannelRefused(f"{self.name}: {error}") from None
        if not is_at(address, hosts):
            raise ChannelRefused(f"{self.name}: its secret is no https address at {vendor}; {self._fix}")
        return address

    @property
    def _fix(self) -> str:
        return f"put its address into the secret …/{CHAT_SECRETS}/{self.chat.secret}"


def is_at(address: str, hosts: Sequence[str]) -> bool:
    """Whether `address` is https at one of `hosts` or below it."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    known = any(host == one or host.endswith(f".{one}") for one in hosts)
    return parts.scheme == "https" and known and port in (None, 443) and "@" not in parts.netloc
