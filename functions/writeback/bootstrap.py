"""The wiring of writeback: the only place where clients and settings are made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from botocore.config import Config

from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.crm.clients import CLIENTS
from precall.crm.notebook import DynamoNotebook
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.secrets import SsmSecrets
from precall.settings import FetchSettings
from writeback.logic import WriteBack
from writeback.taking_back import TakingBack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

    from precall.config import Config as TeamConfig
    from precall.fetch import Door
    from precall.fetch.manners import Manners

_PATIENCE = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


class WriteBackSettings(FetchSettings):
    """… and the prefix below which the CRMs' tokens are."""

    secrets_prefix: str


@dataclass(frozen=True)
class Wiring:
    """Writing a note, and taking it back."""

    step: WriteBack
    back: TakingBack


@cache
def bootstrap() -> Wiring:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = WriteBackSettings.load(os.environ)
    clients = Clients(_PATIENCE)
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    table = clients.table(settings.table_name)
    step = WriteBack(
        facts=DynamoFacts(table),
        documents=documents,
        bus=EventBridgeBus(clients.client("events"), settings.bus_name),
        config=ConfigStore(documents).current,
        secrets=SsmSecrets(settings.secrets_prefix, clients.client("ssm")),
        open_door=partial(_door, settings, table),
        notebook=DynamoNotebook(table),
        clients=CLIENTS,
        clock=utc_now,
    )
    back = TakingBack(step.facts, step.bus, step.config, step.secrets, step.open_door, step.clients, step.clock)
    return Wiring(step, back)


def _door(settings: WriteBackSettings, table: Table, team: TeamConfig) -> Door:
    """For a lead whose CRM takes notes; the others never need httpx."""
    from precall.fetch import open_door

    return open_door(settings.stage, settings.replay_origin, team.sender, _manners(table))


@cache
def _manners(table: Table) -> Manners:
    """One memory for all briefs that are written back."""
    from precall.fetch.manners import DynamoLedger, Manners, SteadyLedger

    return Manners(SteadyLedger(DynamoLedger(table)))
