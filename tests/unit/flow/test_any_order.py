"""Whatever the order of events, however often they come, wherever a step breaks: no lead is lost, no mail goes twice.

`PRECALL_ORDERS=10000 pytest tests/unit/flow` looks longer.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from precall.errors import BusUnavailable, PrecallError, StorageUnavailable
from precall.events import (
    BriefMissed,
    BriefSent,
    CallCancelled,
    CallMoved,
    LeadEscalated,
    LeadReassigned,
    ReassignmentAsked,
)
from tests.unit.flow.ports import Killed
from tests.unit.flow.steps import REPS
from tests.unit.flow.world import Letter, Mailed, World

ORDERS = int(os.environ.get("PRECALL_ORDERS", "40"))
_LEADS, _CHANGES = 3, 3
_TRIES = 300
"""How often what waits is tried in the end, and then what is scheduled next."""

broken = st.tuples(st.sampled_from(range(32)), st.sampled_from([Killed, StorageUnavailable, BusUnavailable]))
breaks = st.one_of(broken, broken, st.none())
which = st.integers(0, 10**6)
minutes = st.sampled_from([None, -10, 12, 49, 70, 150, 26 * 60])
leads = st.integers(0, _LEADS - 1)


class AnyOrder(RuleBasedStateMachine):
    """A world in which anything may happen at any time; at its end everything that waits is handled in peace."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.told: dict[int, datetime | None] = {}
        self.accepted: set[str] = set()
        self.changes = 0

    @initialize(after=st.sampled_from([49, 70, 150, 26 * 60]))
    def first(self, after: int) -> None:
        """There is a lead."""
        self.webhook(0, after, None)

    @rule(number=leads, after=minutes, broken=breaks)
    def webhook(self, number: int, after: int | None, broken: Any) -> None:
        """A new lead, or a known one once more."""
        at = self.told.setdefault(number, None if after is None else self.world.now + timedelta(minutes=after))
        if self._happens(broken, lambda: self.world.receive(number, at)):
            self.accepted.add(f"lead-{number}")

    @precondition(lambda self: self.world.waits)
    @rule(number=which, broken=breaks, skew=st.integers(-90, 90))
    def message(self, number: int, broken: Any, skew: int) -> None:
        """Any message that waits is handled, or comes again."""
        letter = self.world.waits[number % len(self.world.waits)]
        self.world.skew = timedelta(seconds=skew)
        if self._happens(broken, lambda: self.world.take(letter)):
            self.world.waits.remove(letter)

    @precondition(lambda self: self.world.runs)
    @rule(number=which, broken=breaks, skew=st.integers(-90, 90), fails=st.booleans())
    def execution(self, number: int, broken: Any, skew: int, fails: bool) -> None:
        """Any execution of the workflow comes to its end, or to its step's second try."""
        run = self.world.runs[number % len(self.world.runs)]
        self.world.skew, self.world.fails = timedelta(seconds=skew), fails
        self._happens(broken, lambda: self.world.go_on(run))

    @precondition(lambda self: self.world.waits)
    @rule(count=st.integers(1, 8))
    def peaceful(self, count: int) -> None:
        """The oldest messages are handled, and nothing breaks."""
        self.world.skew, self.world.fails = timedelta(0), False
        self._handle(self.world.waits[:count])

    @precondition(lambda self: self.world.was)
    @rule(number=which)
    def again(self, number: int) -> None:
        """Any message that ever was comes once more."""
        self.world.waits.append(self.world.was[number % len(self.world.was)])

    @rule(span=st.sampled_from([1, 10, 45, 120, 24 * 60]))
    def later(self, span: int) -> None:
        """Time passes."""
        self.world.pass_time(timedelta(minutes=span))

    @precondition(lambda self: self.changes < _CHANGES)
    @rule(number=leads, after=st.sampled_from([-30, 8, 49, 75, 300]))
    def moved(self, number: int, after: int) -> None:
        """The call has another time."""
        self._changed(CallMoved, number, call_at=self.world.now + timedelta(minutes=after), by="crm")

    @precondition(lambda self: 0 < self.changes < _CHANGES)
    @rule(number=leads)
    def cancelled(self, number: int) -> None:
        """There will be no call."""
        self._changed(CallCancelled, number, by="crm")

    @precondition(lambda self: self.changes < _CHANGES)
    @rule(number=leads, rep=st.sampled_from(REPS))
    def reassigned(self, number: int, rep: str) -> None:
        """Another rep takes it."""
        self._changed(ReassignmentAsked, number, to=rep, by="operator")

    def teardown(self) -> None:
        self._peace()
        twice = [mail for mail, count in Counter(self.world.mailed).items() if count > 1]
        assert not twice, "a mail went twice"
        for lead_id in self.accepted:
            self._ended(lead_id)
            self._one_end(lead_id)

    def _changed(self, kind: Any, number: int, **more: Any) -> None:
        lead_id, self.changes = f"lead-{number}", self.changes + 1
        if lead_id in self.accepted:
            name = {"ask" if kind is ReassignmentAsked else "change": f"change-{self.changes}"}
            self.world.publish(kind(lead_id=lead_id, correlation_id="c", at=self.world.now, **more, **name))

    def _happens(self, broken: Any, does: Any) -> bool:
        """Whether it came to its end."""
        fuse = self.world.fuse
        fuse.left, fuse.error = (broken[0], broken[1]("broken")) if broken else (None, fuse.error)
        try:
            does()
        except (PrecallError, Killed):
            return False
        finally:
            fuse.left = None
        return True

    def _peace(self) -> None:
        """Nothing breaks any more, and days pass."""
        self.world.skew, self.world.fails = timedelta(0), False
        for number, at in self.told.items():
            if f"lead-{number}" in self.world.facts.leads:  # its sender got no answer, and sends again
                self.world.receive(number, at)
                self.accepted.add(f"lead-{number}")
        for _ in range(_TRIES):
            self._handle(self.world.waits)
            if self.world.is_over and not self.world.waits:
                break
            self.world.pass_time(timedelta(minutes=1) if self.world.waits else self.world.until_next())
        assert not self.world.waits, "a message is dead, although nothing breaks any more"

    def _handle(self, letters: list[Letter]) -> None:
        for letter in list(letters):
            if self._happens(None, lambda letter=letter: self.world.take(letter)):
                self.world.waits.remove(letter)

    def _ended(self, lead_id: str) -> None:
        assignment = self.world.facts.assignment(lead_id)
        booked = [(page.rep, start) for page, start in self.world.diary.of(lead_id)]
        held = [] if assignment is None or assignment.cancelled else [(assignment.rep.email, assignment.call_at)]
        assert booked in ([], held), "a slot is booked that is not the lead's call"
        trail = list(self.world.trail[lead_id].values())
        if assignment is None:
            assert any(isinstance(event, LeadEscalated) for event in trail), "nobody has a lead, and nobody was told"
            return
        if assignment.cancelled:
            return
        to, at = assignment.rep.email, assignment.call_at
        too_late = any(isinstance(e, LeadReassigned) and e.rep == to and e.at >= at for e in trail)
        mails = [m for m in self.world.mailed if (m.lead, m.call_at) == (lead_id, at) and (m.to == to or too_late)]
        missed = [event for event in trail if isinstance(event, BriefMissed) and event.call_at == at]
        assert mails or missed, f"nobody told {to} about the call at {at}"

    def _one_end(self, lead_id: str) -> None:
        """Who was told that a research failed gets no brief of it; only a deadline does not wait for it."""
        sent = [event for event in self.world.trail[lead_id].values() if isinstance(event, BriefSent)]
        for one in sent:
            same = {"research_id": one.research_id, "call_at": one.call_at, "to": one.to}
            both = {event.notice_only for event in sent if event.model_dump(include=set(same)) == same} == {True, False}
            of_failure = Mailed("notice", lead_id, one.to, one.call_at) in self.world.mailed
            assert not (both and of_failure), f"{one.to} was told that {one.research_id} failed, and got its brief"


AnyOrder.TestCase.settings = settings(
    max_examples=ORDERS, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyOrder = AnyOrder.TestCase
