"""When what is sent: a brief goes at the call's lead time, refreshed where it is stale; at the deadline as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from deliver.delivery import Delivery
from deliver.letters import Case
from precall.before_call import Timetable, timetable
from precall.bus import Bus
from precall.clock import Clock, age
from precall.documents import Documents, load, research_key
from precall.errors import DocumentNotFound, LeadNotFound
from precall.events import BriefDue, BriefHeld, BriefReady, BriefSent, Event, ResearchAsked, ResearchFailed
from precall.ids import derived_id
from precall.model import Brief
from precall.readiness import Readiness, Ready

if TYPE_CHECKING:
    from deliver.updates import Updates
    from precall.config import Config


@dataclass(frozen=True)
class Dispatch:
    """Decides; `delivery` and `updates` send. What a cancelled or moved call had planned is let go."""

    documents: Documents
    config: Callable[[], Config]
    bus: Bus
    readiness: Readiness
    delivery: Delivery
    updates: Callable[[], Updates]
    clock: Clock

    def take(self, event: BriefReady | ResearchFailed | BriefDue) -> Event | None:
        """What came of `event`, which is on the bus then; None where there was nothing to do. Errors as `Delivery`."""
        if isinstance(event, BriefDue):
            return self._moment(event)
        failed = event if isinstance(event, ResearchFailed) else None
        case = self.delivery.case(event, event.research_id, failed)
        return self._ready(event, case) if isinstance(event, BriefReady) else self._failed(event, case)

    def _moment(self, event: BriefDue) -> Event | None:
        try:
            case = self.delivery.case(event, "")
        except LeadNotFound:
            return None  # it was erased since
        return None if case.assignment.cancelled else self._due(event, case)

    def _ready(self, event: BriefReady, case: Case) -> Event | None:
        self._note(event)
        if case.assignment.cancelled:
            return None
        if not self._is_due(case):
            return self._held(case)
        outcome = self.delivery.send(case)
        if isinstance(outcome, BriefSent) and outcome.research_id != event.research_id:
            brief = self._brief(event)
            return (brief and self.updates().send(case, brief)) or outcome
        return outcome

    def _failed(self, event: ResearchFailed, case: Case) -> Event | None:
        if case.assignment.cancelled:
            return None
        newest, brief = self.readiness.newest(case.lead.id), self._brief(event)
        if brief and (newest is None or newest.as_of < brief.as_of):
            return self._written(event, brief)
        if not self._is_due(case):
            return None  # its time asks the sources again
        return self.delivery.send(case.of(newest.research_id, "a later research failed") if newest else case)

    def _written(self, event: ResearchFailed, brief: Brief) -> BriefReady:
        """The step that wrote it died before that was known: nobody is told of a failure, it is ready."""
        ready = BriefReady.of(brief, event.correlation_id, self.clock())
        self.bus.publish(ready)
        return ready

    def _due(self, event: BriefDue, case: Case) -> Event | None:
        if event.call_at != case.assignment.call_at:
            return None  # the call was moved since
        newest = self.readiness.newest(case.lead.id)
        stale = self._stale(newest)
        if event.moment == "last look" or (event.moment == "lead time" and stale):
            return self._asked(event, case, stale or "whether a story broke since the brief was sent")
        if newest is None:
            return self.delivery.send(case.unfinished(self.clock()))
        return self.delivery.send(case.of(newest.research_id, f"it could not be refreshed: {stale}" if stale else None))

    def _note(self, event: BriefReady) -> None:
        as_of = event.as_of
        if as_of is None and (brief := self._brief(event)):
            as_of = brief.as_of
        if as_of:
            until = self.clock() + timedelta(days=self.config().retention.documents)
            self.readiness.note(event.lead_id, Ready(event.research_id, as_of, event.partial), until)

    def _brief(self, event: BriefReady | ResearchFailed) -> Brief | None:
        try:
            return load(self.documents, research_key(event.lead_id, event.research_id, "brief.json"), Brief)
        except DocumentNotFound:
            return None

    def _held(self, case: Case) -> BriefHeld:
        held = BriefHeld(
            **case.common, at=self.clock(), call_at=case.assignment.call_at, send_at=self._timetable(case).send_at
        )
        self.bus.publish(held)
        return held

    def _asked(self, event: BriefDue, case: Case, reason: str) -> ResearchAsked:
        about = {
            **case.common,
            "research_id": derived_id("research", case.lead.id, event.call_at.isoformat(), event.moment),
        }
        asked = ResearchAsked(**about, at=self.clock(), ask=event.moment, reason=reason)
        self.bus.publish(asked)
        return asked

    def _stale(self, newest: Ready | None) -> str | None:
        """Why the newest brief is no good any more; None when it is."""
        if newest is None:
            return "there is no brief yet"
        now = self.clock()
        fresh = timedelta(hours=self.config().before_call.fresh_hours)
        return f"the brief is {age(newest.as_of, now)} old" if now - newest.as_of > fresh else None

    def _is_due(self, case: Case) -> bool:
        return case.lead.as_of is not None or self.clock() >= self._timetable(case).send_at

    def _timetable(self, case: Case) -> Timetable:
        return timetable(self.config(), case.assignment.rep.email, case.assignment.call_at)
