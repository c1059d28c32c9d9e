"""The one door to the outside: every request that Precall makes to the web or to a CRM goes through `Door`."""

from precall.fetch.door import Door, open_door
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
