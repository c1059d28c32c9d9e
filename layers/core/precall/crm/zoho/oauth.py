"""Zoho's access tokens: got for a refresh token, good for an hour, from the data centre where the organisation is.

Zoho gives a refresh token at most ten access tokens in ten minutes, so one is kept while it is good.
Source: https://www.zoho.com/crm/developer/docs/api/v6/refresh.html, …/multi-dc.html.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from precall.crm.rest import Connection, Rest
from precall.errors import CrmRefused, InvalidConfiguration
from precall.fetch import Door
from precall.secrets import ZOHO_WRITE

VERSION = "crm/v6"
GOOD_FOR = 50 * 60.0
"""Seconds: less than the hour after which a token ends."""
_ACCOUNTS = re.compile(r"https://accounts\.zoho(?:cloud)?(?:\.[a-z]{2,3}){1,2}")
_API = re.compile(r"https://www\.zohoapis(?:\.[a-z]{2,3}){1,2}")


@dataclass(frozen=True)
class Token:
    """An access token, and the API that it is for."""

    value: str
    api: str


class Tokens:
    """The last token, kept in the process as long as it is good."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._held: tuple[float, tuple[str, ...], Token] | None = None

    async def rest(self, door: Door, secret: tuple[str, ...], name: str = ZOHO_WRITE) -> Rest:
        """The API with a token of the client in `secret`, which is called `name`. CrmUnavailable, CrmRefused;
        InvalidConfiguration names the secret's form."""
        if self._held is None or self._held[1] != secret or self._monotonic() - self._held[0] >= GOOD_FOR:
            self._held = (self._monotonic(), secret, await _asked(door, secret, name))
        token = self._held[2]
        headers = {"authorization": f"Zoho-oauthtoken {token.value}"}
        return Rest(door, Connection("Zoho", f"{token.api}/{VERSION}", headers, name))

    def forget(self) -> None:
        """It was refused: the next request gets another one."""
        self._held = None


async def _asked(door: Door, secret: tuple[str, ...], name: str) -> Token:
    if len(secret) != 4 or not _ACCOUNTS.fullmatch(secret[0]):
        raise InvalidConfiguration(
            f"the secret {name} is not https://accounts.zoho.eu (or your data centre's), client id, client "
            "secret and refresh token, separated by spaces"
        )
    form = dict(zip(("client_id", "client_secret", "refresh_token"), secret[1:], strict=True))
    accounts = Rest(door, Connection("Zoho", secret[0], {}, name))
    answer = await accounts.form("oauth/v2/token", {"grant_type": "refresh_token", **form})
    value, api = str(answer.get("access_token") or ""), str(answer.get("api_domain") or "")
    if not (value.isascii() and value.isprintable() and value and _API.fullmatch(api)):
        said = str(answer.get("error") or "no token")[:60]
        raise CrmRefused(f"Zoho gave no access token ({said}); check the secret {name} and its data centre")
    return Token(value, api)
