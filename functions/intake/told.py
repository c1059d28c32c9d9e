"""What a CRM tells of leads that there are becomes events about them. Of a lead that is not here, or no more, nobody
knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from intake.invitations import Invitations
from precall.abreast import abreast
from precall.bus import Bus
from precall.config import Rep
from precall.crm.call_changes import BY, change_of
from precall.crm.changes import ToldActivity, ToldCall, ToldInvitation, ToldOwner
from precall.crm.erasures import AskedErasure
from precall.crm.outcomes import ToldOutcome
from precall.crm.planned import PlannedCalls
from precall.crm.port import Told
from precall.errors import InvalidLead, LeadNotFound
from precall.events import (
    ActivityChanged,
    CallCancelled,
    CallMoved,
    CallOutcome,
    DealOpened,
    ErasureAsked,
    Event,
    ReassignmentAsked,
)
from precall.facts import Facts
from precall.ids import derived_id
from precall.model import Lead
from precall.suppression import contact_mark, contact_marks

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Teller:
    """Publishes what is told, with what it reads and writes."""

    facts: Facts
    bus: Bus
    planned: PlannedCalls
    config: Callable[[], Config]

    def tell(self, crm: str, told: Sequence[Told], fresh: Collection[str], now: datetime) -> None:
        """Publish what `told` means for leads; the owners of `fresh` ones are known. Harmless to repeat.

        StorageUnavailable, BusUnavailable: nothing is lost when it is told again.
        """
        events = [event for found in abreast(lambda one: self._found(crm, one, fresh, now), told) for event in found]
        if events:
            self.bus.publish(*events)

    def _found(self, crm: str, told: Told, fresh: Collection[str], now: datetime) -> list[Event]:
        with suppress(LeadNotFound):
            return list(self._events(crm, told, fresh, now))
        return []

    def _events(self, crm: str, told: Told, fresh: Collection[str], now: datetime) -> Iterator[Event]:
        match told:
            case AskedErasure():
                yield self._erasure(told, now)
            case ToldOutcome():
                yield from self._outcome(crm, told)
            case ToldOwner() if told.lead_id not in fresh:
                yield from self._owner(crm, told)
            case ToldCall():
                yield from self._call(crm, told)
            case ToldActivity():
                yield _asked_for(crm, told)
            case ToldInvitation():
                yield from self._invitation(told, fresh, now)

    def _erasure(self, asked: AskedErasure, now: datetime) -> ErasureAsked:
        """Nothing more is looked up from now on. What is kept is erased by `forget`, which believes no message but what
        is kept here: nothing that the internet reaches may delete."""
        self.facts.suppress({contact_mark(asked.crm, asked.contact_id)})
        lead = self.facts.lead(asked.lead_id)
        if lead.prospect:
            self.facts.suppress(contact_marks(lead.prospect.account, lead.prospect.contact, lead.crm))
        self.facts.ask_erasure(lead.id, asked.crm, now, self.config().retention.trail)
        return ErasureAsked(**_about(lead, now), crm=asked.crm)

    def _outcome(self, crm: str, told: ToldOutcome) -> Iterator[CallOutcome | DealOpened]:
        """What the team says that its word means, else what the CRM's own means; other words say nothing of a call, but
        may say that there is an open deal."""
        config = self.config()
        outcome = config.outcome(told.said) or told.outcome
        opens = told.opens or (told.outcome is None and config.listening.is_open(told.said))
        if not (outcome or opens or told.told_once):
            return
        lead = self._lead(crm, told.lead_id, told.record)
        if told.told_once:
            self._remember(crm, told.record, lead, told.at)
        about = {**_about(lead, max(told.at, lead.acquired_at)), "record": told.record, "said": told.said}
        if outcome:
            yield CallOutcome(**about, outcome=outcome, source="crm")
        if opens and outcome not in ("won", "lost"):
            yield DealOpened(**about)

    def _owner(self, crm: str, told: ToldOwner) -> Iterator[ReassignmentAsked]:
        """What only repeats what holds, or names nobody in the team, is no wish. A wish for somebody who is not in the
        team is told once."""
        lead, rep = self.facts.lead(told.lead_id), self._rep(told.owner)
        if not told.changed:
            held = self.facts.assignment(lead.id)
            if rep is None or (held and held.rep.email == rep.email):
                return
        version = told.version if rep else ""
        ask = f"{crm}/owner/{told.owner}/{version}"
        yield ReassignmentAsked(**_about(lead, told.at), to=told.owner, by=BY, ask=ask)

    def _call(self, crm: str, told: ToldCall) -> Iterator[CallMoved | CallCancelled | ActivityChanged]:
        """Of an activity of which nobody here knows whose it is, the CRM is asked later: this answer is waited for."""
        known = told.lead_id or self.planned.lead_of(crm, told.activity)
        if known is None:
            yield _asked_for(crm, told)
            return
        lead = self.facts.lead(known)
        if told.told_once:
            self._remember(crm, told.activity, lead, told.at)
        held = None if told.changed or told.call_at is None else self.facts.assignment(lead.id)
        if held is None or held.cancelled or held.call_at != told.call_at:
            yield change_of(crm, told, lead)

    def _invitation(
        self, told: ToldInvitation, fresh: Collection[str], now: datetime
    ) -> Iterator[CallMoved | CallCancelled]:
        """A new lead has its time already, unless that is on its rep's clock. What cannot be placed changes nothing."""
        with suppress(InvalidLead):
            change = Invitations(self.facts, self.planned, self.config).change(told, now)
            if told.lead_id not in fresh or told.invitation.floats:
                yield change

    def _remember(self, crm: str, record: str, lead: Lead, at: datetime) -> None:
        self.planned.remember(crm, record, lead.id, at + timedelta(days=self.config().retention.documents))

    def _lead(self, crm: str, lead_id: str | None, activity: str) -> Lead:
        known = lead_id or self.planned.lead_of(crm, activity)
        if known is None:
            raise LeadNotFound(f"whose {activity} of {crm} is was not told")
        return self.facts.lead(known)

    def _rep(self, owner: str) -> Rep | None:
        return next((rep for rep in self.config().reps if rep.crm_owner == owner), None)


def _asked_for(crm: str, told: ToldCall | ToldActivity) -> ActivityChanged:
    """`lead_id` stands for the activity, whose lead is not known."""
    stands_for = derived_id("activity", crm, told.activity)
    about = {"lead_id": stands_for, "correlation_id": stands_for, "at": told.at}
    return ActivityChanged.model_validate({**about, "crm": crm, "activity": told.activity, "change": told.version})


def _about(lead: Lead, at: datetime) -> dict[str, Any]:
    return {"lead_id": lead.id, "correlation_id": lead.correlation_id, "at": at}
