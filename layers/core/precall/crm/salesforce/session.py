"""Salesforce's REST API, with a token by the client credentials flow, whose user is the one that the app runs as.

The client is named `precall`, which change events repeat: see `precall.crm.marker`.
Source: REST API Developer Guide, OAuth 2.0 client credentials flow.
"""

from __future__ import annotations

import re

from precall.crm.marker import MARKER
from precall.crm.rest import Connection, Rest
from precall.errors import CrmUnavailable, InvalidConfiguration
from precall.fetch import Door

VERSION = "services/data/v62.0"
_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")


class Session:
    """One token, got at the first request. `name`: what the secret is called."""

    def __init__(self, door: Door, secret: tuple[str, ...], name: str) -> None:
        if len(secret) != 3 or not secret[0].startswith("https://"):
            raise InvalidConfiguration(
                f"the secret {name} is not https://your-domain.my.salesforce.com, client id and client secret"
            )
        self._door, self._origin, self._client, self._name = door, secret[0].rstrip("/"), secret[1:], name
        self._known: Rest | None = None

    async def rest(self) -> Rest:
        """The API. CrmUnavailable, CrmRefused."""
        if self._known is None:
            headers = {"authorization": f"Bearer {await self._token()}", "sforce-call-options": f"client={MARKER}"}
            self._known = Rest(self._door, Connection("Salesforce", f"{self._origin}/{VERSION}", headers, self._name))
        return self._known

    async def _token(self) -> str:
        form = {"grant_type": "client_credentials", "client_id": self._client[0], "client_secret": self._client[1]}
        asked = Rest(self._door, Connection("Salesforce", self._origin, {}, self._name))
        token = str((await asked.form("services/oauth2/token", form)).get("access_token") or "")
        if not (token.isascii() and token.isprintable() and token):
            raise CrmUnavailable("Salesforce gave no access token")
        return token


def id_of(value: object) -> str | None:
    """An id of 15 or 18 letters and digits; None for anything else, which has no place in an address or a query."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else None
