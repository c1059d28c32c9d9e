"""Logging activities: each counts once, and the leads that they make are stored and published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from intake.logic import Intake
from intake.scoring import leads_of, log
from precall.config import Config
from precall.crm import Batch, MalformedBody, RejectedItem, WebhookRequest, adapter
from precall.crm.generic.activities import ActivityRead, activity_of, items_of
from precall.crm.reading import read_json
from precall.errors import InvalidLead, LeadNotFound
from precall.model import Lead
from precall.standings import Logged, Standing, Standings

_AHEAD = timedelta(minutes=5)
_AT_ONCE = 50
"""Activities, each of which may make a lead: a transaction has at most 100 writes."""


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
    standings: Standings
    config: Callable[[], Config]

    def receive(self, request: WebhookRequest) -> Log:
        """Verify by the generic scheme, read, log. Errors as of `Intake.receive`."""
        generic = adapter("generic")
        generic.verify(request, self.intake.secrets.all(generic.secret), self.intake.lenience)
        config = self.config()
        read, rejected = _read(request, config)
        groups: dict[tuple[str, str], list[Logged]] = defaultdict(list)
        for one in read:
            groups[one.logged.account.key, config.line_name(one.product_line)].append(one.logged)
        made = [
            lead
            for (key, line), logged in groups.items()
            for start in range(0, len(logged), _AT_ONCE)
            for lead in self._log(key, line, logged[start : start + _AT_ONCE], request)
        ]
        if leads := self._leads(made):
            self.intake.keep(generic.name, Batch(leads), request)
        return Log(len(read), tuple(dict.fromkeys(made)), rejected)

    def _log(self, key: str, line: str, logged: Sequence[Logged], request: WebhookRequest) -> tuple[str, ...]:
        config, now = self.config(), request.received_at
        made: tuple[str, ...] = ()

        def change(before: Standing) -> tuple[Standing, Sequence[Lead]]:
            nonlocal made
            after, leads = log(before, logged, line, config.product_line(line), now, request.correlation_id)
            made = leads_of(after, logged)
            return after, leads

        self.standings.change(key, line, change, now, config.retention.documents)
        return made

    def _leads(self, lead_ids: Sequence[str]) -> tuple[Lead, ...]:
        """Those that were not erased since."""
        found: list[Lead] = []
        for lead_id in dict.fromkeys(lead_ids):
            with suppress(LeadNotFound):
                found.append(self.intake.facts.lead(lead_id))
        return tuple(found)


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
