"""distribute's own wiring on moto, with the replay web's HubSpot behind the door."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest

from distribute.bootstrap import bootstrap
from precall.secrets import HUBSPOT_TOKEN
from tests.integration.intake.cloud import Cloud, cloud

SCHEDULES = {
    "SCHEDULE_GROUP": "calls",
    "SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/schedules",
    "DUE_QUEUE_ARN": "arn:aws:sqs:eu-central-1:123456789012:deliver",
    "WAITED_QUEUE_ARN": "arn:aws:sqs:eu-central-1:123456789012:distribute",
}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with cloud(monkeypatch) as made:
        made.secret(HUBSPOT_TOKEN, "pat-eu1-made-up")
        for name, value in SCHEDULES.items():
            monkeypatch.setenv(name, value)
        boto3.client("scheduler").create_schedule_group(Name="calls")
        bootstrap.cache_clear()
        yield made
        bootstrap.cache_clear()
