"""A link that shows a brief to a colleague, to read only; that it was made is on the trail before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from audit.access import Asked
from audit.record import Record, about
from audit.render import Answer, page
from precall.bus import Bus
from precall.clock import Clock, for_people
from precall.events import BriefShared
from precall.ids import derived_id
from precall.share_links import LASTS, ShareLinks


@dataclass(frozen=True)
class Sharing:
    """Everything that it needs is a port. Errors: BusUnavailable."""

    bus: Bus
    shares: Callable[[], ShareLinks]
    clock: Clock

    def link(self, asked: Asked, record: Record, research_id: str) -> Answer:
        """The page with the link; the same within a minute, so that a double click is one."""
        now, by = self.clock(), _name(asked, record)
        share = derived_id("share", asked.lead_id, research_id, by, f"{now:%Y-%m-%dT%H:%M}")
        self.bus.publish(
            about(record, BriefShared, now, research_id=research_id, share=share, by=by, until=now + LASTS)
        )
        link = f"{asked.address}?shared={self.shares().token(asked.lead_id, share, by)}"
        until = for_people(now + LASTS, record.zone)
        return page("shared.html", who=record.title, link=link, until=until, query=asked.query)


def _name(asked: Asked, record: Record) -> str:
    """Who shares: who is signed in, else the rep who holds the lead's link."""
    if asked.person:
        return asked.person.name
    return record.assignment.rep.name if record.assignment else "A colleague"
