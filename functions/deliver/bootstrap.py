"""The wiring of deliver: the only place where clients and settings are made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

import boto3

from deliver.delivery import Delivery
from deliver.once import IdempotentOnce
from deliver.ses import CLIENT_CONFIG, SesMailer
from precall.bus import EventBridgeBus
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.settings import PublishingSettings


class DeliverSettings(PublishingSettings):
    """… and the SES configuration set that mails are sent with, if there is one."""

    configuration_set: str | None = None


@dataclass(frozen=True)
class Wiring:
    """The delivery, and the memory of mails that must be told of each invocation."""

    delivery: Delivery
    once: IdempotentOnce


@cache
def bootstrap() -> Wiring:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = DeliverSettings.load(os.environ)
    session = boto3.Session()
    documents = S3Documents(session.client("s3"), settings.bucket_name)
    once = IdempotentOnce(session.client("dynamodb"), settings.table_name)
    ses = session.client("sesv2", config=CLIENT_CONFIG)
    delivery = Delivery(
        facts=DynamoFacts(session.resource("dynamodb").Table(settings.table_name)),
        documents=documents,
        config=ConfigStore(documents).current,
        bus=EventBridgeBus(session.client("events"), settings.bus_name),
        mailer=SesMailer(ses, settings.configuration_set, once.time_left_ms),
        once=once,
        clock=utc_now,
    )
    return Wiring(delivery, once)
