"""Where a rep is sought, booked and given a lead: the assignment, or why nobody could be given it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from distribute.choosing import Choice, Chooser, Wish
from distribute.pools import Pool, pool_for
from distribute.slots import SLOT
from precall.clock import Clock
from precall.config import Config, Rep
from precall.crm.clients import READERS
from precall.diary import Booking, Diary, Page
from precall.facts import Facts
from precall.ids import derived_id
from precall.model import Assignee, Assignment, CallFrom, Lead


@dataclass(frozen=True)
class Nobody:
    """No rep could be given the lead: it waits in `queue`."""

    queue: str
    reason: str


@dataclass(frozen=True)
class Desk:
    """Gives a lead to a rep, once."""

    facts: Facts
    diary: Diary
    config: Callable[[], Config]
    clock: Clock

    def give(self, lead: Lead) -> Assignment | Nobody:
        """The lead's assignment: the one that it has, else a new one by the team's rules. StorageUnavailable."""
        return self.facts.assignment(lead.id) or self._given(lead, pool_for(lead, self.config()))

    def give_to(self, lead: Lead, rep: Rep, reason: str) -> Assignment | Nobody:
        """The same, to this rep, whatever the rules are and the rep has already."""
        pool = Pool(f"rep {rep.email}", (rep,), reason, owner=True)
        return self.facts.assignment(lead.id) or self._given(lead, pool)

    def slot_of(self, lead: Lead, rep: Rep) -> datetime | None:
        """The rep's first free slot, booked; None where the rep is away for long."""
        pool = Pool(f"rep {rep.email}", (rep,), "", owner=True)
        chosen = self._chooser.choose(Wish(lead, pool, self.config(), None, lead.as_of or self.clock()))
        return chosen.call_at if chosen else None

    def rebook(self, before: Assignment, now: Assignment) -> None:
        """Take the call off its old page and put it on its new one; a cancelled one on none."""
        if _booking(before) != _booking(now) or now.cancelled:
            self.diary.release(_booking(before))
        if not now.cancelled:
            self.diary.book(_booking(now))

    @property
    def _chooser(self) -> Chooser:
        return Chooser(self.diary, self.facts.next_turn)

    def _given(self, lead: Lead, pool: Pool) -> Assignment | Nobody:
        config, moment = self.config(), lead.as_of or self.clock()
        if pool.queue:
            return Nobody(pool.queue, pool.reason)
        call_at, call_from = call_time(lead, moment)
        if call_at and call_at <= moment:  # it is missed, whoever has it: that is on record
            return self._assigned(lead, Choice(pool.reps[0], call_at, pool.reason), call_from)
        chosen = self._chooser.choose(Wish(lead, pool, config, call_at, moment))
        if chosen is None:
            when = "works at the call's time and is free" if call_at else "has a call left in the next working days"
            return Nobody(config.routing.fallback, f"nobody {when} ({pool.reason})")
        assignment = self._assigned(lead, chosen, call_from)
        mine = _booked(lead, chosen)
        if _booking(assignment).page != mine.page:  # another message about the lead was faster
            self.diary.release(mine)
        return assignment

    def _assigned(self, lead: Lead, chosen: Choice, call_from: CallFrom) -> Assignment:
        assignment = Assignment(
            lead_id=lead.id,
            research_id=derived_id("research", lead.id, chosen.call_at.isoformat()),
            rep=assignee(chosen.rep),
            reason=chosen.reason,
            call_at=chosen.call_at,
            call_from=call_from,
            call=lead.call if call_from == "crm" else "",
            call_said_at=lead.read_at if call_from == "crm" and lead.call else None,
            assigned_at=self.clock(),
        )
        return self.facts.assign(assignment, self.config().retention.documents)


def assignee(rep: Rep) -> Assignee:
    """The rep as known now."""
    return Assignee(name=rep.name, email=rep.email, time_zone=rep.time_zone, locale=rep.locale)


def call_time(lead: Lead, now: datetime) -> tuple[datetime | None, CallFrom]:
    """The lead's own call time, even a past one; the CRM's next planned activity, if it lies ahead; None: a rep's next
    free slot."""
    if lead.call_at and lead.crm not in READERS:
        return lead.call_at, "lead"
    if lead.call_at and lead.call_at > now:
        return lead.call_at, "crm"
    return None, "next working slot"


def _booking(assignment: Assignment) -> Booking:
    day = assignment.call_at.astimezone(ZoneInfo(assignment.rep.time_zone)).date()
    return Booking(Page(assignment.rep.email, day), assignment.lead_id, assignment.call_at, SLOT)


def _booked(lead: Lead, chosen: Choice) -> Booking:
    day = chosen.call_at.astimezone(chosen.rep.zone).date()
    return Booking(Page(chosen.rep.email, day), lead.id, chosen.call_at, SLOT)
