"""Invitations to calls, as calendar programs send them. Their reader is imported when one comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precall.when_asked import when_asked

if TYPE_CHECKING:
    from precall.crm.invitation.reading import Invitation, invitation_in

__all__ = ["MOST_LETTERS", "Invitation", "invitation_in"]

MOST_LETTERS = 50_000
"""Of one invitation."""
__getattr__ = when_asked(__name__, {".reading": "Invitation invitation_in"})
