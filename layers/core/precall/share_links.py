"""Links for a colleague: who has one may read one brief, and nothing else, for a week.

Nothing about a share is kept but its record in the trail: a link ends by its age, and all links end when the key that
signed them is taken out of the secret (`precall.links`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData, URLSafeTimedSerializer

LASTS = timedelta(days=7)
"""How long a link works."""


class Shared(NamedTuple):
    """What a link says: the share's id, who shared, and until when it works."""

    share: str
    by: str
    until: datetime


class ShareLinks:
    """Makes and checks them; `keys` newest first, with a salt of their own: no kind of link opens what another does."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._serializer = URLSafeTimedSerializer(list(reversed(keys)), salt="precall.share")

    def token(self, lead_id: str, share: str, by: str) -> str:
        """The link's token."""
        return str(self._serializer.dumps([lead_id, share, by]))

    def opened(self, lead_id: str, token: str) -> Shared | None:
        """What the token says; None where it is forged, too old, or of another lead."""
        try:
            (lead, share, by), made = self._serializer.loads(
                token, max_age=int(LASTS.total_seconds()), return_timestamp=True
            )
        except (BadData, ValueError, TypeError):
            return None
        return Shared(str(share), str(by), made + LASTS) if lead == lead_id else None
