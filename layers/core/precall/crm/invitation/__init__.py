"""Invitations to calls, as calendar programs send them."""

from __future__ import annotations

from precall.crm.invitation.lines import MOST_LETTERS
from precall.crm.invitation.reading import Invitation, invitation_in

__all__ = ["MOST_LETTERS", "Invitation", "invitation_in"]
