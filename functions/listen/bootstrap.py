"""The wiring of listen: the only place where clients and settings are made."""

from __future__ import annotations

import os
from functools import cache

from botocore.config import Config

from listen.digests import Digests
from listen.hearing import Hearing
from listen.looking import Looking
from listen.making import Making
from listen.watching import Watching
from precall.alert_store import DynamoAlerts
from precall.briefed import DynamoBriefed
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.deals import DynamoDeals
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.post import SqsPost
from precall.settings import PublishingSettings, StorageSettings
from precall.standings import DynamoStandings
from precall.told import DynamoToldStories
from precall.watch_store import DynamoWatches

_PATIENCE = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


class LookSettings(PublishingSettings):
    """… and the queue of what deliver is asked to mail."""

    post_url: str


@cache
def watching() -> Watching:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = StorageSettings.load(os.environ)
    table = _clients().table(settings.table_name)
    return Watching(
        DynamoFacts(table), DynamoDeals(table), DynamoWatches(table), _documents(settings)[1].current, utc_now
    )


@cache
def scheduled() -> tuple[Looking, Digests]:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = LookSettings.load(os.environ)
    table = _clients().table(settings.table_name)
    config = _documents(settings)[1].current
    bus = EventBridgeBus(_clients().client("events"), settings.bus_name)
    post = SqsPost(_clients().client("sqs"), settings.post_url)
    looking = Looking(DynamoFacts(table), DynamoDeals(table), DynamoWatches(table), bus, config, utc_now)
    return looking, Digests(DynamoAlerts(table), post, config, utc_now)


@cache
def hearing() -> Hearing:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PublishingSettings.load(os.environ)
    table = _clients().table(settings.table_name)
    documents, config = _documents(settings)
    facts = DynamoFacts(table)
    bus = EventBridgeBus(_clients().client("events"), settings.bus_name)
    return Hearing(
        facts=facts,
        deals=DynamoDeals(table),
        watches=DynamoWatches(table),
        told=DynamoToldStories(table),
        alerts=DynamoAlerts(table),
        briefed=DynamoBriefed(table),
        documents=documents,
        making=Making(facts, DynamoStandings(table), bus, config.current),
        config=config.current,
        clock=utc_now,
    )


def _documents(settings: StorageSettings) -> tuple[S3Documents, ConfigStore]:
    documents = S3Documents(_clients().client("s3"), settings.bucket_name)
    return documents, ConfigStore(documents)


@cache
def _clients() -> Clients:
    return Clients(_PATIENCE)
