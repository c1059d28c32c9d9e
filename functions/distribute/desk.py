"""Where a rep is sought, booked and given a lead: the assignment, or why nobody could be given it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from distribute.choosing import Choice, Chooser, Wish
from distribute.pools import Pool, pool_for
from distribute.slots import SLOT
from precall.clock import Clock
from precall.config import Rep
from precall.crm.clients import READERS
from precall.diary import Booking, Diary, Page
from precall.errors import StorageUnavailable
from precall.facts import Facts
from precall.ids import derived_id
from precall.model import Assignee, Assignment, CallFrom, Lead

if TYPE_CHECKING:
    from precall.config import Config

TRIES = 10
"""How often an assignment may be changed while its booking is looked at, before the queue brings the lead again."""


class Nobody(NamedTuple):
    """No rep could be given the lead: it waits in `queue`."""

    queue: str
    reason: str


@dataclass(frozen=True)
class Desk:
    """Gives a lead to a rep, once. Whatever order tries come in, and wherever they die: after the last of them that
    comes to its end, the lead has one booking at most, that of its assignment."""

    facts: Facts
    diary: Diary
    config: Callable[[], Config]
    clock: Clock

    def give(self, lead: Lead) -> Assignment | Nobody:
        """The lead's assignment: the one that it has, else a new one by the team's rules. StorageUnavailable."""
        return self._held(lead) or self._given(lead, pool_for(lead, self.config()))

    def give_to(self, lead: Lead, rep: Rep, reason: str) -> Assignment | Nobody:
        """The same, to this rep, whatever the rules are and the rep has already."""
        pool = Pool(f"rep {rep.email}", (rep,), reason, owner=True)
        return self._held(lead) or self._given(lead, pool)

    def slot_of(self, lead: Lead, rep: Rep) -> datetime | None:
        """The rep's first free slot, booked; None where the rep is away for long."""
        pool = Pool(f"rep {rep.email}", (rep,), "", owner=True)
        wish = Wish(lead, pool, self.config(), None, lead.as_of or self.clock())
        own = [one for one in self.diary.tried(lead.id) if one.page.rep.casefold() == rep.email.casefold()]
        chosen = self._chooser.again(wish, own) or self._chooser.choose(wish)
        return chosen.call_at if chosen else None

    def settle(self, lead_id: str) -> None:
        """Release what is booked for a lead and is not its call; see that its call is booked, unless that is over.

        The assignment may change meanwhile, and its booking be released by who did not know: after each change of the
        diary it is looked at once more. StorageUnavailable.
        """
        for _ in range(TRIES):
            held = self.facts.assignment(lead_id)
            wanted = None if held is None or held.cancelled else _booking(held)
            if not self._tidied(lead_id, wanted) or self.facts.assignment(lead_id) == held:
                return
        raise StorageUnavailable(f"the assignment was changed {TRIES} times in a row; its booking is looked at again")

    def _tidied(self, lead_id: str, wanted: Booking | None) -> bool:
        """Whether the diary had to be changed, so that the lead has the `wanted` booking alone."""
        known = {one.slot: one for one in (*self.diary.tried(lead_id), *([wanted] if wanted else []))}
        booked = self.diary.read([one.page for one in known.values()])
        there = {slot: one for slot, one in known.items() if booked[one.page].has(one)}
        stale = [one for slot, one in there.items() if wanted is None or slot != wanted.slot]
        for one in stale:
            self.diary.release(one)
        missing = wanted is not None and wanted.slot not in there and wanted.start > self.clock()
        if wanted and missing:
            self.diary.book(wanted)
        return bool(stale) or missing

    def _held(self, lead: Lead) -> Assignment | None:
        held = self.facts.assignment(lead.id)
        if held:
            self.settle(lead.id)
        return held

    @property
    def _chooser(self) -> Chooser:
        return Chooser(self.diary, self.facts.next_turn)

    def _given(self, lead: Lead, pool: Pool) -> Assignment | Nobody:
        config, moment = self.config(), lead.as_of or self.clock()
        if pool.queue:
            self.settle(lead.id)
            return Nobody(pool.queue, pool.reason)
        call_at, call_from = call_time(lead, moment)
        if call_at and call_at <= moment:  # it is missed, whoever has it: that is on record
            missed = self._assigned(lead, Choice(pool.reps[0], call_at, pool.reason), call_from)
            self.settle(lead.id)
            return missed
        wish, earlier = Wish(lead, pool, config, call_at, moment), self.diary.tried(lead.id)
        chosen = (self._chooser.again(wish, earlier) if earlier else None) or self._chooser.choose(wish)
        if chosen is None:
            when = "works at the call's time and is free" if call_at else "has a call left in the next working days"
            return Nobody(config.routing.fallback, f"nobody {when} ({pool.reason})")
        assignment = self._assigned(lead, chosen, call_from)
        if earlier or (assignment.rep.email, assignment.call_at) != (chosen.rep.email, chosen.call_at):
            self.settle(lead.id)  # another try was there before, or was faster
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
