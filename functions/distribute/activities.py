"""A planned activity changed in a CRM that does not say whose it is: it is asked, and the leads' calls are told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from distribute.reading import Reading
from precall.bus import Bus
from precall.crm.planned import PlannedCalls
from precall.errors import CrmRefused, InvalidConfiguration, LeadNotFound
from precall.facts import Facts

if TYPE_CHECKING:
    from precall.config import Config
    from precall.events import ActivityChanged, CallCancelled, CallMoved

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Activities:
    """The step, with what it reads and writes."""

    facts: Facts
    bus: Bus
    config: Callable[[], Config]
    planned: PlannedCalls
    reading: Reading

    def look(self, event: ActivityChanged) -> None:
        """What the CRM says of the activity is on the bus afterwards, as changes of the calls of leads that are here.

        Harmless to repeat. CrmUnavailable, StorageUnavailable, BusUnavailable: to be tried again. A token that may not
        see it is the operator's, and on no lead's trail, since it is not known whose that would be.
        """
        try:
            changes = list(self._changes(event))
        except (CrmRefused, InvalidConfiguration) as error:
            logger.warning("nobody can say whose a planned activity is: %s", error, extra={"crm": event.crm})
            return
        if changes:
            self.bus.publish(*changes)

    def _changes(self, event: ActivityChanged) -> Iterator[CallMoved | CallCancelled]:
        from precall.crm.call_changes import change_of

        for told in self.reading.calls(event):
            with suppress(LeadNotFound):
                lead = self.facts.lead(told.lead_id or "")
                if told.told_once:
                    until = told.at + timedelta(days=self.config().retention.documents)
                    self.planned.remember(event.crm, told.activity, lead.id, until)
                yield change_of(event.crm, told, lead)
