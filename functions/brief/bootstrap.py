"""The only place of this step that chooses adapters."""

from __future__ import annotations

import os
from functools import cache

import boto3
from aws_lambda_powertools.utilities.parameters import SSMProvider

from brief.step import BriefStep
from precall.briefed import DynamoBriefed
from precall.bus import EventBridgeBus
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.links import Links
from precall.secrets import LINKS, SsmSecrets
from precall.settings import LinkSettings
from precall.telemetry import telemetry


@cache
def bootstrap() -> BriefStep:
    """The step with the clients and settings of this environment; InvalidConfiguration names a missing key."""
    settings = LinkSettings.load(os.environ)
    session = boto3.Session()
    documents = S3Documents(session.client("s3"), settings.bucket_name)
    secrets = SsmSecrets(settings.secrets_prefix, SSMProvider(boto3_client=session.client("ssm")))
    table = session.resource("dynamodb").Table(settings.table_name)
    return BriefStep(
        facts=DynamoFacts(table),
        briefed=DynamoBriefed(table),
        documents=documents,
        bus=EventBridgeBus(session.client("events"), settings.bus_name),
        config=ConfigStore(documents),
        links=lambda: Links(settings.public_url, secrets.all(LINKS)),
        clock=utc_now,
        on_refusal=telemetry("brief")[0].warning,
    )
