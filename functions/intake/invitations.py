"""Invitations to calls: which lead's, when that is on the rep's clock, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from precall.bus import Bus
from precall.crm import RejectedItem, WebhookRequest, adapter
from precall.crm.changes import ToldInvitation
from precall.crm.planned import PlannedCalls
from precall.crm.port import Lenience
from precall.errors import InvalidLead, LeadNotFound
from precall.events import CallCancelled, CallMoved
from precall.facts import Facts
from precall.ids import derived_id
from precall.model import Lead
from precall.secrets import Secrets

if TYPE_CHECKING:
    from precall.config import Config

BY = "invitation"


@dataclass(frozen=True)
class Taken:
    """What became of a delivery of invitations: the leads whose calls they are about, and those that were rejected."""

    leads: tuple[str, ...]
    rejected: tuple[RejectedItem, ...]


@dataclass(frozen=True)
class Invitations:
    """What invitations read and write. Errors: StorageUnavailable, BusUnavailable."""

    facts: Facts
    planned: PlannedCalls
    config: Callable[[], Config]

    def change(self, told: ToldInvitation, now: datetime) -> CallMoved | CallCancelled:
        """The event about the call. InvalidLead where nobody knows whose it is, or a later one was sent before."""
        lead, invitation = self._lead(told), told.invitation
        start = invitation.starts(self._zone(lead)) if invitation.floats else invitation.start
        said = invitation.said_at or now
        until = now + timedelta(days=self.config().retention.documents)
        if not self.planned.remember(BY, invitation.call, lead.id, until, invitation.sequence):
            raise InvalidLead("SEQUENCE: a later invitation to this call was sent before; this one changes nothing")
        about = {"lead_id": lead.id, "correlation_id": lead.correlation_id, "at": said, "by": BY}
        change = f"{BY}/{invitation.call}/{invitation.sequence}/{start.isoformat() if start else 'off'}"
        if start is None:
            return CallCancelled.model_validate({**about, "call": invitation.call, "change": change})
        return CallMoved.model_validate({**about, "call": invitation.call, "change": change, "call_at": start})

    def _lead(self, told: ToldInvitation) -> Lead:
        for lead_id in self._ids(told):
            try:
                return self.facts.lead(lead_id)
            except LeadNotFound:
                continue
        raise InvalidLead("lead: nobody knows whose call it is; send the lead's id with the first invitation")

    def _ids(self, told: ToldInvitation) -> Iterator[str]:
        """As Precall names the lead, or as its sender does; else as its UID was told before."""
        if told.lead_id:
            yield told.lead_id
            yield derived_id("generic", told.lead_id)
        elif known := self.planned.lead_of(BY, told.invitation.call):
            yield known

    def _zone(self, lead: Lead) -> ZoneInfo:
        """The rep's: who has the lead, who owns it, or the team's one zone."""
        held, config = self.facts.assignment(lead.id), self.config()
        if held:
            return ZoneInfo(held.rep.time_zone)
        owner = (lead.owner or "").casefold()
        owners = [rep for rep in config.reps if owner and owner in (rep.crm_owner, rep.email.casefold())]
        zones = {rep.time_zone for rep in owners or config.reps}
        if len(zones) != 1:
            raise InvalidLead("DTSTART: has no time zone, and the lead no rep yet whose it could be; send it with one")
        return ZoneInfo(zones.pop())


@dataclass(frozen=True)
class Desk:
    """`POST /invitations`."""

    invitations: Invitations
    bus: Bus
    secrets: Secrets
    lenience: Lenience

    def receive(self, request: WebhookRequest) -> Taken:
        """Verify by the generic scheme, read, publish. SignatureRefused, MalformedBody; StorageUnavailable,
        BusUnavailable: nothing is lost when it is sent again."""
        from precall.crm.generic.invitations import invitation_of, items_of  # for those who send any

        generic = adapter("generic")
        generic.verify(request, self.secrets.all(generic.secret), self.lenience)
        events: list[CallMoved | CallCancelled] = []
        rejected: list[RejectedItem] = []
        for index, item in enumerate(items_of(request)):
            try:
                events.append(self.invitations.change(invitation_of(item), request.received_at))
            except InvalidLead as error:
                rejected.append(RejectedItem(index, str(error), item))
        if events:
            self.bus.publish(*events)
        return Taken(tuple(dict.fromkeys(event.lead_id for event in events)), tuple(rejected))
