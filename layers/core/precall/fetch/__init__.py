"""The one door to the outside: every request that Precall makes to the web or to a CRM goes through `Door`."""

from typing import TYPE_CHECKING

from precall.fetch.errors import (
    AddressRefused,
    FetchError,
    FetchFailed,
    FetchTimedOut,
    HttpStatus,
    NotNow,
    RobotsRefused,
    TooLarge,
    Walled,
)
from precall.fetch.page import Page

if TYPE_CHECKING:
    from precall.fetch.door import Door, open_door

__all__ = [
    "AddressRefused",
    "Door",
    "FetchError",
    "FetchFailed",
    "FetchTimedOut",
    "HttpStatus",
    "NotNow",
    "Page",
    "RobotsRefused",
    "TooLarge",
    "Walled",
    "open_door",
]


def __getattr__(name: str) -> object:
    """`Door` and `open_door` bring httpx along: a third of a light cold start, of which most functions make no use."""
    if name not in {"Door", "open_door"}:
        raise AttributeError(name)
    from precall.fetch import door

    return getattr(door, name)
