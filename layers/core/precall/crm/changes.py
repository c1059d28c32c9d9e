"""What changes in a CRM after a lead was told: whose it is, and when its call is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from precall.crm.invitation import Invitation
    from precall.crm_activities import Deed


class ToldOwner(NamedTuple):
    """A lead's owner in the CRM is `owner`, said at `at`. `version` tells this change from others to the same owner;
    `changed`: the CRM says that it changed, where it may else only repeat what holds."""

    lead_id: str
    owner: str
    version: str
    at: datetime
    changed: bool = True


class ToldCall(NamedTuple):
    """A call that is planned in the CRM is at `call_at`, or will not be (None), said at `at`. `version`, `changed`: as
    of `ToldOwner`.

    `activity` names it in the CRM ("Event/00U…"). `lead_id` is None where the CRM names nothing else: whose call it is
    was told before, and `told_once` says that it is to be remembered for that.
    """

    activity: str
    version: str
    at: datetime
    lead_id: str | None = None
    call_at: datetime | None = None
    changed: bool = True
    told_once: bool = False


class ToldActivity(NamedTuple):
    """A planned call changed, said at `at`, and the CRM tells neither whose it is nor when: its API does (`CrmReader`).
    `activity`, `version`: as of `ToldCall`."""

    activity: str
    version: str
    at: datetime


class ToldInvitation(NamedTuple):
    """An invitation to a lead's call; `lead_id` is None where its UID alone says whose."""

    invitation: Invitation
    lead_id: str | None = None


class ToldDeed(NamedTuple):
    """Something that a lead's contact did at `at`; `id` is the same whenever it is told again."""

    lead_id: str
    deed: Deed
    id: str
    at: datetime
    summary: str = ""
