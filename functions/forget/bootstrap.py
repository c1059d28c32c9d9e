"""The wiring of forget: the only place where clients and settings are made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, partial

from botocore.config import Config

from forget.logic import Forgetting
from precall.again import Again
from precall.budget import DynamoBudget
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.erasure import Rights
from precall.erasure_asks import ErasureAsks
from precall.facts import DynamoFacts
from precall.rows import Rows
from precall.schedules import drop
from precall.settings import PublishingSettings
from precall.suppression import SuppressionList

_PATIENCE = Config(connect_timeout=2, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 5})
"""It reads the whole table, and nobody waits for it."""


class ForgetSettings(PublishingSettings):
    """… and the group of the calls' schedules, and the queue that brings the asks."""

    schedule_group: str
    queue_url: str


@dataclass(frozen=True)
class Wiring:
    """The step, and what brings a message again."""

    step: Forgetting
    again: Again


@cache
def bootstrap() -> Wiring:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = ForgetSettings.load(os.environ)
    clients = Clients(_PATIENCE)
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    table = clients.table(settings.table_name)
    facts = DynamoFacts(table)
    rights = Rights(
        rows=Rows(table),
        documents=documents,
        facts=facts,
        suppressed=SuppressionList(table),
        bus=EventBridgeBus(clients.client("events"), settings.bus_name),
        cancel=partial(drop, clients.client("scheduler"), settings.schedule_group),
        clock=utc_now,
    )
    step = Forgetting(
        asks=ErasureAsks(table),
        facts=facts,
        rights=rights,
        budget=DynamoBudget.of_erasures(table),
        config=ConfigStore(documents).current,
        clock=utc_now,
    )
    return Wiring(step, Again(clients.client("sqs"), settings.queue_url))
