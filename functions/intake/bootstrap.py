"""The wiring of intake: the only place where clients and settings are made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

from botocore.config import Config

from intake.activities import Activities
from intake.invitations import Desk, Invitations
from intake.logic import Intake
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.config_store import ConfigStore
from precall.crm import Lenience
from precall.crm.planned import DynamoPlannedCalls
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.secrets import SsmSecrets
from precall.settings import PublishingSettings
from precall.standings import DynamoStandings

_PATIENCE = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})
"""A CRM waits 5 s: better that it sends again than that it gives up on an answer that was on its way."""


class IntakeSettings(PublishingSettings):
    """… and the prefix below which the CRMs' secrets are, and whether HubSpot's older signature is accepted."""

    secrets_prefix: str
    hubspot_signature_v1: bool = False


@dataclass(frozen=True)
class Wiring:
    """The step for leads, for activities and for invitations, and whether leads may replay the past."""

    intake: Intake
    activities: Activities
    invitations: Desk
    development: bool


@cache
def bootstrap() -> Wiring:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = IntakeSettings.load(os.environ)
    clients = Clients(_PATIENCE)
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    table = clients.table(settings.table_name)
    intake = Intake(
        facts=DynamoFacts(table),
        bus=EventBridgeBus(clients.client("events"), settings.bus_name),
        documents=documents,
        config=ConfigStore(documents).current,
        secrets=SsmSecrets(settings.secrets_prefix, clients.client("ssm")),
        lenience=Lenience(hubspot_older=settings.hubspot_signature_v1),
        planned=DynamoPlannedCalls(table),
        standings=DynamoStandings(table),
    )
    return Wiring(intake, Activities(intake), invitations_of(intake), settings.stage == "development")


def invitations_of(intake: Intake) -> Desk:
    """The desk for invitations, on the ports of `intake`."""
    taken = Invitations(intake.facts, intake.planned, intake.config)
    return Desk(taken, intake.bus, intake.secrets, intake.lenience)
