"""How a request to the outside can end without a page. The texts are clauses that a brief may show."""

from __future__ import annotations

from datetime import datetime

from precall.errors import PrecallError

_SAID = {403: "refused the request", 429: "asked for fewer requests"}
"""What statuses mean that a reader of a brief meets often."""


class FetchError(PrecallError):
    """Any of the ways below."""


class AddressRefused(FetchError):
    """Not http(s) on a usual port, or an address that is not public."""


class FetchTimedOut(FetchError):
    """No complete answer before the deadline."""


class FetchFailed(FetchError):
    """No connection, or a broken one."""


class TooLarge(FetchError):
    """More bytes than allowed, on the wire or after decompression."""


class Walled(FetchError):
    """Sent on to a page that stands between: a captcha, a consent page. That page itself is not asked."""


class HttpStatus(FetchError):
    """An answer of status 4xx or 5xx; `retry_after` in seconds where the server said so; `challenged`: it is a page
    that wants to know whether a person asks."""

    def __init__(self, status: int, retry_after: float | None = None, challenged: bool = False) -> None:
        said = "blocked by a captcha" if challenged else _SAID.get(status)
        super().__init__(f"{said} (HTTP status {status})" if said else f"answered with HTTP status {status}")
        self.status = status
        self.retry_after = retry_after


class NotNow(FetchError):
    """Not asked at all: its limits, its own wish, or its failures say when to ask again (`until`, aware, UTC)."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


class RobotsRefused(FetchError):
    """Not asked: the site's robots.txt does not want it."""
