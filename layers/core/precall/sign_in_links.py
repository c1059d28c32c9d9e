"""Magic links: who has one signs in as the address that it was mailed to, once, within a quarter of an hour."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer

MAX_AGE = 15 * 60
"""Seconds for which a link works."""


class SignInLinks:
    """Makes and checks them; `keys` newest first, as in `precall.links`, with a salt of their own: neither kind of link
    opens what the other does."""

    def __init__(self, public_url: str, keys: tuple[str, ...]) -> None:
        self._public_url = public_url.rstrip("/")
        self._serializer = URLSafeTimedSerializer(list(reversed(keys)), salt="precall.sign-in")

    def to(self, address: str, ask: str) -> str:
        """The link for an address; `ask` names the request, so that the link works once."""
        return f"{self._public_url}/manage/link?token={self._serializer.dumps([address, ask])}"

    def opened(self, token: str) -> tuple[str, str] | None:
        """The address and the request of a link; None for a forged or an old one."""
        try:
            address, ask = self._serializer.loads(token, max_age=MAX_AGE)
        except (BadData, ValueError, TypeError):
            return None
        return str(address), str(ask)
