"""The wiring of distribute: the only place where clients and settings are made. Most of what comes are new leads: what
only later changes need is imported when the first of them comes."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from botocore.config import Config

from distribute.desk import Desk
from distribute.logic import Distribution
from distribute.reading import Reading
from distribute.timing import Timing
from distribute.waiting import Waiting
from precall.again import Again
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.crm.clients import READERS
from precall.crm.planned import DynamoPlannedCalls
from precall.diary import DynamoDiary
from precall.documents import S3Documents
from precall.events import Event, LeadAcquired
from precall.facts import DynamoFacts
from precall.inbox import Unreadable
from precall.schedules import EventBridgeSchedules
from precall.secrets import SsmSecrets
from precall.settings import FetchSettings

if TYPE_CHECKING:
    from distribute.activities import Activities
    from distribute.changes import Changes
    from precall.config import Config as TeamConfig
    from precall.fetch import Door

_PATIENCE = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
"""The queue brings a message again: better soon than after a batch's whole time was spent on one."""


class DistributeSettings(FetchSettings):
    """… the prefix below which the CRMs' tokens are; the group of the calls' schedules, the role that they act in, and
    the queues that they bring events to: deliver's and our own."""

    secrets_prefix: str
    schedule_group: str
    schedule_role_arn: str
    due_queue_arn: str
    waited_queue_arn: str
    queue_url: str | None = None


@dataclass(frozen=True)
class Step:
    """What the step does: with a lead that comes in, and with what changes about it later."""

    distribution: Distribution
    again: Again
    changes: Callable[[], Changes]
    activities: Callable[[], Activities]

    def take(self, event: Event, tries: int = 1) -> str:
        """What came of an event, in a word for the log; `tries` counts how often it was brought. Unreadable."""
        if isinstance(event, LeadAcquired):
            return self.distribution.distribute(event, tries).type
        return self._later(event, tries)

    def _later(self, event: Event, tries: int) -> str:
        from precall.events import ActivityChanged, CallCancelled, CallMoved, LeadWaited, ReassignmentAsked

        if isinstance(event, LeadWaited):
            outcome = self.distribution.waited(event)
            return outcome.type if outcome else "taken before"
        if isinstance(event, ReassignmentAsked) and self.distribution.facts.assignment(event.lead_id) is None:
            return self.distribution.taken(event, tries).type
        if isinstance(event, ActivityChanged):
            self.activities().look(event)
            return event.type
        if not isinstance(event, ReassignmentAsked | CallMoved | CallCancelled):
            raise Unreadable(f"{event.type} is not for distribution; correct the rule of the bus")
        self.changes().apply(event)
        return event.type


@cache
def bootstrap() -> Step:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = DistributeSettings.load(os.environ)
    clients = Clients(_PATIENCE)
    table = clients.table(settings.table_name)
    config = ConfigStore(S3Documents(clients.client("s3"), settings.bucket_name)).current
    facts, bus = DynamoFacts(table), EventBridgeBus(clients.client("events"), settings.bus_name)
    desk = Desk(facts, DynamoDiary(table.meta.client, table), config, utc_now)
    timing = Timing(_schedules(clients, settings, settings.due_queue_arn))
    secrets, planned = SsmSecrets(settings.secrets_prefix, clients.client("ssm")), DynamoPlannedCalls(table)
    reading = Reading(config, secrets, partial(_door, settings), READERS, utc_now)
    distribution = Distribution(
        facts=facts,
        bus=bus,
        config=config,
        reading=reading,
        planned=planned,
        desk=desk,
        timing=timing,
        waiting=Waiting(_schedules(clients, settings, settings.waited_queue_arn)),
        clock=utc_now,
    )

    @cache
    def changes() -> Changes:
        from distribute.changes import Changes
        from precall.readiness import DynamoReadiness

        return Changes(facts, bus, config, DynamoReadiness(table), desk, timing, utc_now)

    @cache
    def activities() -> Activities:
        from distribute.activities import Activities

        return Activities(facts, bus, config, planned, reading)

    return Step(distribution, Again(clients.client("sqs"), settings.queue_url), changes, activities)


def _door(settings: DistributeSettings, team: TeamConfig) -> Door:
    """For a lead that its CRM told the id of; the others never need httpx."""
    from precall.fetch import open_door

    return open_door(settings.stage, settings.replay_origin, team.sender)


def _schedules(clients: Clients, settings: DistributeSettings, queue_arn: str) -> EventBridgeSchedules:
    client = clients.client("scheduler")
    return EventBridgeSchedules(client, settings.schedule_group, settings.schedule_role_arn, queue_arn, utc_now)
