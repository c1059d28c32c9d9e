"""deliver's own wiring on moto, with a verified sender and a lead whose call is in fifty minutes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.ses.models import ses_backends

from deliver import bootstrap as wiring
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents, research_key
from precall.facts import DynamoFacts
from tests.integration.core.stack import BUCKET, REGION, TABLE, bodies, queue_behind_the_bus, stack
from tests.unit.deliver.world import CONFIG, assignment, brief, failed, lead, ready

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass
class Aws:
    """What is in AWS after deliver has run."""

    queue: str

    @property
    def mails(self) -> list[Any]:
        return list(ses_backends["123456789012"][REGION].sent_messages)

    def published(self) -> list[dict[str, Any]]:
        """The bus's messages since the last call, as a queue gets them."""
        return [json.loads(body) for body in bodies(self.queue)]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    with stack(monkeypatch):
        yield boto3.client("dynamodb")


@pytest.fixture
def aws(table: DynamoDBClient) -> Iterator[Aws]:
    boto3.client("sesv2").create_email_identity(EmailIdentity=CONFIG.sender)
    _store()
    wiring.bootstrap.cache_clear()
    yield Aws(queue_behind_the_bus())
    wiring.bootstrap.cache_clear()


def _store() -> None:
    facts = DynamoFacts(boto3.resource("dynamodb").Table(TABLE))
    documents = S3Documents(boto3.client("s3"), BUCKET)
    ConfigStore(documents).push(CONFIG)
    for event in (ready(), failed()):
        facts.add_lead(lead(event.lead_id), 90)
        facts.assign(assignment(event.lead_id, event.research_id, utc_now() + timedelta(minutes=50)), 90)
    texts = {"brief.json": brief(ready()).model_dump_json(), "brief.html": "<p>Opens</p>", "brief.txt": "Opens"}
    for name, text in texts.items():
        documents.put(research_key(ready().lead_id, ready().research_id, name), text)
