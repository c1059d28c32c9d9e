"""Signed links: who has one may read one lead's pages until it expires."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer

from precall.errors import Permanent

MAX_AGE = 30 * 24 * 3600
"""Seconds for which a link works."""


class LinkRefused(Permanent):
    """The link was forged, belongs to another lead, or is too old."""


class Links:
    """Makes and checks links; `keys` newest first, so that a rotated key's links still work."""

    def __init__(self, public_url: str, keys: tuple[str, ...]) -> None:
        self._public_url = public_url.rstrip("/")
        # itsdangerous signs with the last key and accepts all of them
        self._serializer = URLSafeTimedSerializer(list(reversed(keys)), salt="precall.lead")

    def to_lead(self, lead_id: str, page: str = "") -> str:
        """The link to a lead's trail, or to one of its pages (`/brief`)."""
        return f"{self._public_url}/leads/{lead_id}{page}?token={self._serializer.dumps(lead_id)}"

    def for_who_signs_in(self, lead_id: str, page: str = "") -> str:
        """The address of the same page, which alone opens nothing."""
        return f"{self._public_url}/leads/{lead_id}{page}"

    def check(self, lead_id: str, token: str) -> None:
        """Nothing when `token` opens `lead_id`; LinkRefused otherwise."""
        try:
            opened = self._serializer.loads(token, max_age=MAX_AGE)
        except BadData:
            raise LinkRefused("this link is not valid (any more); open the newest mail about the lead") from None
        if opened != lead_id:
            raise LinkRefused("this link belongs to another lead")
