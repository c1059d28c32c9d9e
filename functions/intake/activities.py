"""Logging activities: each counts once, and the leads that they make are stored and published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from intake.logic import Intake
from precall.crm import Batch, MalformedBody, RejectedItem, WebhookRequest, adapter
from precall.crm.generic.activities import ActivityRead, activity_of, items_of
from precall.crm.reading import read_json
from precall.errors import InvalidLead

if TYPE_CHECKING:
    from precall.config import Config

_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class Log:
    """What became of a delivery of activities: how many were logged, the leads that they made (also when they were
    told before), those that were rejected."""

    logged: int
    leads: tuple[str, ...]
    rejected: tuple[RejectedItem, ...]


@dataclass(frozen=True)
class Activities:
    """The step, with what it reads and writes."""

    intake: Intake

    def receive(self, request: WebhookRequest) -> Log:
        """Verify by the generic scheme, read, log. Errors as of `Intake.receive`."""
        generic, logbook = adapter("generic"), self.intake.logbook
        generic.verify(request, self.intake.secrets.all(generic.secret), self.intake.lenience)
        read, rejected = _read(request, self.intake.config())
        entries = ((one.logged, one.product_line) for one in read)
        made = logbook.log(entries, request.received_at, request.correlation_id)
        if leads := logbook.leads(made):
            self.intake.keep(generic.name, Batch(leads), request)
        return Log(len(read), made, rejected)


def _read(request: WebhookRequest, config: Config) -> tuple[list[ActivityRead], tuple[RejectedItem, ...]]:
    read: list[ActivityRead] = []
    rejected: list[RejectedItem] = []
    for index, item in enumerate(items_of(read_json(request.body))):
        try:
            one = activity_of(index, item, request)
            _check(one, config, request)
        except InvalidLead as error:
            rejected.append(RejectedItem(index, str(error), item))
        else:
            read.append(one)
    if not (read or rejected):
        raise MalformedBody("activities: is empty; send at least one")
    return read, tuple(rejected)


def _check(one: ActivityRead, config: Config, request: WebhookRequest) -> None:
    line = config.line_name(one.product_line)
    kinds = config.product_line(line).scores
    if one.logged.activity.kind not in kinds:
        raise InvalidLead(
            f"kind: has no score; write one of {', '.join(sorted(kinds))}, or add it to product_lines.{line}.scores"
        )
    if one.logged.at > request.received_at + _AHEAD:
        raise InvalidLead("at: lies in the future; an activity is logged after it happened")
