"""The only place of this step that chooses adapters."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from brief.step import BriefStep
from precall.briefed import DynamoBriefed
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.links import Links
from precall.secrets import LINKS, SsmSecrets
from precall.settings import LinkSettings
from precall.telemetry import telemetry

if TYPE_CHECKING:
    from brief.shortening import Rewrite


class BriefSettings(LinkSettings):
    """… and the model of Amazon Bedrock that shortens headlines, if the operator named one."""

    rewriter_model: str | None = None


def _rewriter(clients: Clients, model: str | None) -> Rewrite | None:
    if not model:
        return None
    from brief.bedrock import CLIENT_CONFIG, BedrockRewriter  # which few need

    return BedrockRewriter(clients.client("bedrock-runtime", config=CLIENT_CONFIG), model)


@cache
def bootstrap() -> BriefStep:
    """The step with the clients and settings of this environment; InvalidConfiguration names a missing key."""
    settings = BriefSettings.load(os.environ)
    clients = Clients()
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    secrets = SsmSecrets(settings.secrets_prefix, clients.client("ssm"))
    table = clients.table(settings.table_name)
    return BriefStep(
        facts=DynamoFacts(table),
        briefed=DynamoBriefed(table),
        documents=documents,
        bus=EventBridgeBus(clients.client("events"), settings.bus_name),
        config=ConfigStore(documents),
        links=lambda: Links(settings.public_url, secrets.all(LINKS)),
        clock=utc_now,
        on_refusal=telemetry("brief")[0].warning,
        rewrite=_rewriter(clients, settings.rewriter_model),
    )
