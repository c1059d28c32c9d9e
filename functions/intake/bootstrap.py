"""The wiring of intake: the only place where clients and settings are made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from botocore.config import Config

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

if TYPE_CHECKING:
    from intake.activities import Activities
    from intake.invitations import Desk
    from precall.standings import Standings

_PATIENCE = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})
"""A CRM waits 5 s: better that it sends again than that it gives up on an answer that was on its way."""


class IntakeSettings(PublishingSettings):
    """… and the prefix below which the CRMs' secrets are, and whether HubSpot's older signature is accepted."""

    secrets_prefix: str
    hubspot_signature_v1: bool = False


@dataclass(frozen=True)
class Wiring:
    """The step for leads; those for activities and invitations, which are imported when the first comes; and whether
    leads may replay the past."""

    intake: Intake
    development: bool

    @cached_property
    def activities(self) -> Activities:
        """From any tool."""
        from intake.activities import Activities

        return Activities(self.intake)

    @cached_property
    def invitations(self) -> Desk:
        """To leads' calls."""
        from intake.invitations import Desk, Invitations

        ports = self.intake
        return Desk(Invitations(ports.facts, ports.planned, ports.config), ports.bus, ports.secrets, ports.lenience)


@cache
def bootstrap() -> Wiring:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = IntakeSettings.load(os.environ)
    clients = Clients(_PATIENCE)
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    table = clients.table(settings.table_name)

    def standings() -> Standings:
        from precall.standings import DynamoStandings

        return DynamoStandings(table)

    intake = Intake(
        facts=DynamoFacts(table),
        bus=EventBridgeBus(clients.client("events"), settings.bus_name),
        documents=documents,
        config=ConfigStore(documents).current,
        secrets=SsmSecrets(settings.secrets_prefix, clients.client("ssm")),
        lenience=Lenience(hubspot_older=settings.hubspot_signature_v1),
        planned=DynamoPlannedCalls(table),
        standings=standings,
    )
    return Wiring(intake, settings.stage == "development")
