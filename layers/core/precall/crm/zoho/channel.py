"""Zoho's channel of notifications: opened anew before it ends, so that leads go on coming.

A channel lives an hour where no end is given, and as long as is asked up to a limit. Zoho's documents name a day for
some versions and a week for others, and what asks for more than the limit gets the hour: less than a day is asked for.
Source: https://www.zoho.com/crm/developer/docs/api/v6/notifications/enable.html, …/update-info.html.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from precall.crm.rest import Rest
from precall.errors import CrmRefused, InvalidConfiguration
from precall.secrets import ZOHO_WEBHOOK

LIVES = timedelta(hours=23)
EVENTS = (
    "Leads.create", "Leads.edit", "Contacts.create", "Contacts.edit", "Events.all", "Calls.all",
    "Deals.create", "Deals.edit",
)  # fmt: skip
"""What Precall understands."""
_LONGEST_TOKEN = 50


@dataclass(frozen=True)
class Channel:
    """Where notifications go, and the token that they repeat."""

    url: str
    token: str

    @property
    def id(self) -> str:
        """The same for the same address, so that each deployment has one channel; Zoho wants a number."""
        return str(7_000_000_000 + zlib.crc32(self.url.encode()))


def channel_of(api: str, key: str) -> Channel:
    """The channel to the API at `api`, by the webhook's secret `path:token`. InvalidConfiguration."""
    path, _, token = key.partition(":")
    if not path or not 0 < len(token) <= _LONGEST_TOKEN:
        raise InvalidConfiguration(f"the secret {ZOHO_WEBHOOK} is not path:token with a token of at most 50 characters")
    return Channel(f"{api}/webhooks/zoho/{path}", token)


async def renew(rest: Rest, channel: Channel, now: datetime) -> datetime:
    """Let the channel live on, or open it where it is none (any more); when it ends. CrmUnavailable, CrmRefused."""
    ends = (now + LIVES).replace(microsecond=0)
    wanted = {
        "channel_id": channel.id,
        "events": list(EVENTS),
        "token": channel.token,
        "notify_url": channel.url,
        "channel_expiry": ends.isoformat(),
        "return_affected_field_values": True,
    }
    try:
        _accepted(await rest.send("PATCH", "actions/watch", {"watch": [wanted]}))
    except CrmRefused:
        _accepted(await rest.send("POST", "actions/watch", {"watch": [wanted]}))
    return ends


def _accepted(answer: Any) -> None:
    rows = answer.get("watch") if isinstance(answer, dict) else None
    row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    if row.get("status") != "success":
        raise CrmRefused(f"Zoho opened no channel: {str(row.get('code') or 'it did not say why')[:60]}")
