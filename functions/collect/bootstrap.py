"""The only place that builds the collect step's clients and reads its environment."""

from __future__ import annotations

import os
from functools import cache

from botocore.config import Config

from collect.batch import Source
from collect.claims import Claims
from collect.sources import SOURCES, Bluesky
from collect.sources.bluesky_session import Session
from collect.step import Collector
from precall.accounts import DynamoAccounts
from precall.budget import DynamoBudget
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.fetch.manners import DynamoLedger, Manners, S3Cache, SteadyLedger
from precall.flights import DynamoFlights
from precall.secrets import BLUESKY, SsmSecrets
from precall.settings import CollectSettings

_QUICK = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2}, max_pool_connections=50)
"""For what is asked beside every request to the outside, and can be done without."""


@cache
def bootstrap() -> Collector:
    """The step, once per process; InvalidConfiguration names what the environment lacks."""
    settings = CollectSettings.load(os.environ)
    clients = Clients()
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    table = clients.table(settings.table_name)
    quick = clients.table(settings.table_name, _QUICK)
    facts = DynamoFacts(table)
    return Collector(
        facts=facts,
        claims=Claims(facts, DynamoFlights(table), utc_now),
        accounts=DynamoAccounts(table),
        documents=documents,
        bus=EventBridgeBus(clients.client("events"), settings.bus_name),
        config=ConfigStore(documents),
        sources=_sources(settings, clients),
        clock=utc_now,
        stage=settings.stage,
        replay_origin=settings.replay_origin,
        manners=Manners(SteadyLedger(DynamoLedger(quick)), S3Cache(clients.client("s3", _QUICK), settings.bucket_name)),
        flights=DynamoFlights(quick),
        budget=DynamoBudget(table),
    )


def _sources(settings: CollectSettings, clients: Clients) -> tuple[Source, ...]:
    """All of them; Bluesky with its search where the operator allows it."""
    if not settings.bluesky_search:
        return SOURCES
    secrets = SsmSecrets(settings.secrets_prefix, clients.client("ssm", _QUICK))
    searching = Bluesky(Session(lambda: secrets.all(BLUESKY)))
    return tuple(searching if source.name == searching.name else source for source in SOURCES)
