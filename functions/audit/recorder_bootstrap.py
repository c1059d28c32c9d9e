"""The wiring of audit's recorder, apart from the pages', of which it needs nothing: where its clients are made."""

from __future__ import annotations

import os
from functools import cache

from audit.recorder import Recorder
from precall.again import Again
from precall.calls import DynamoCalls
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.facts import DynamoFacts
from precall.settings import StorageSettings
from precall.touches import DynamoTouchBook


class RecorderSettings(StorageSettings):
    """… and our own queue."""

    queue_url: str | None = None


@cache
def recorder() -> Recorder:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings, clients = RecorderSettings.load(os.environ), _clients()
    table = clients.table(settings.table_name)
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    touches = DynamoTouchBook(table)
    return Recorder(DynamoFacts(table), DynamoCalls(table), touches, ConfigStore(documents).current, utc_now)


@cache
def again() -> Again:
    """What brings messages back soon; InvalidConfiguration."""
    return Again(_clients().client("sqs"), RecorderSettings.load(os.environ).queue_url)


@cache
def _clients() -> Clients:
    return Clients()
