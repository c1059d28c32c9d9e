"""The only place of this step that chooses adapters."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from precall.baselines import DynamoBaselines
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.feedback_store import DynamoFeedback
from precall.settings import PublishingSettings
from precall.telemetry import telemetry
from rank.warming import warm

if TYPE_CHECKING:
    from rank.step import RankStep


@cache
def bootstrap() -> RankStep:
    """The step with the clients and settings of this environment; InvalidConfiguration names a missing key."""
    settings = PublishingSettings.load(os.environ)
    warm()
    from rank.layer import layer_embed, layer_judge  # numpy and the patterns, while the models load
    from rank.step import RankStep

    clients = Clients()
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    table = clients.table(settings.table_name)
    warn = telemetry("rank")[0].warning
    return RankStep(
        facts=DynamoFacts(table),
        baselines=DynamoBaselines(table),
        feedback=DynamoFeedback(table),
        documents=documents,
        bus=EventBridgeBus(clients.client("events"), settings.bus_name),
        config=ConfigStore(documents),
        clock=utc_now,
        judge_mood=layer_judge(warn),
        embed=layer_embed(warn),
    )
