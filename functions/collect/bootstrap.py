"""The only place that builds the collect step's clients and reads its environment."""

from __future__ import annotations

import os
from functools import cache

import boto3
from botocore.config import Config

from collect.sources import SOURCES
from collect.step import Collector
from precall.accounts import DynamoAccounts
from precall.bus import EventBridgeBus
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.fetch.manners import DynamoLedger, Manners, S3Cache, SteadyLedger
from precall.flights import DynamoFlights
from precall.settings import FetchSettings

_QUICK = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2}, max_pool_connections=50)
"""For what is asked beside every request to the outside, and can be done without."""


@cache
def bootstrap() -> Collector:
    """The step, once per process; InvalidConfiguration names what the environment lacks."""
    settings = FetchSettings.load(os.environ)
    documents = S3Documents(boto3.client("s3"), settings.bucket_name)
    table = boto3.resource("dynamodb").Table(settings.table_name)
    quick = boto3.resource("dynamodb", config=_QUICK).Table(settings.table_name)
    return Collector(
        facts=DynamoFacts(table),
        accounts=DynamoAccounts(table),
        documents=documents,
        bus=EventBridgeBus(boto3.client("events"), settings.bus_name),
        config=ConfigStore(documents),
        sources=SOURCES,
        clock=utc_now,
        stage=settings.stage,
        replay_origin=settings.replay_origin,
        manners=Manners(
            SteadyLedger(DynamoLedger(quick)), S3Cache(boto3.client("s3", config=_QUICK), settings.bucket_name)
        ),
        flights=DynamoFlights(quick),
    )
