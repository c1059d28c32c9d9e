"""What SES tells, with deliver's own wiring: SES's events in its own form, AWS as moto knows it."""

from __future__ import annotations

import copy
import json
from typing import Any

import boto3
import pytest

from deliver.addresses import DynamoAddresses
from deliver.handler import mail_told
from precall.clock import utc_now
from tests.integration.core.stack import TABLE
from tests.integration.deliver.conftest import Aws
from tests.integration.deliver.test_handler import InTime, left_in_the_queue
from tests.unit.deliver.world import ROOT

pytestmark = pytest.mark.integration
SAMPLES: dict[str, Any] = json.loads((ROOT / "events/mail_feedback_sqs.json").read_text())


def test_a_bounce_stops_the_address_tells_the_manager_and_the_bus(aws: Aws) -> None:
    for _ in range(2):
        assert mail_told(copy.deepcopy(SAMPLES), InTime())["batchItemFailures"] == []
    assert [mail.destinations["ToAddresses"] for mail in aws.mails] == [["priya@seller.example"]] * 2
    types = [message["detail-type"] for message in aws.published()]
    assert types.count("brief.bounced") == 2  # published again, recorded once by its id
    assert left_in_the_queue() == 0
    assert {message["detail-type"] for message in aws.published()} == {"brief.missed"}
    assert len(aws.mails) == 2


def test_an_address_is_suppressed_once_in_any_case_and_is_not_kept_itself(aws: Aws) -> None:
    table = boto3.resource("dynamodb").Table(TABLE)
    addresses = DynamoAddresses(table)
    assert addresses.suppressed("a@x.example") is None
    assert addresses.suppress("A@x.example ", "user unknown", utc_now())
    assert not addresses.suppress("a@x.example", "again", utc_now())
    assert addresses.suppressed("a@X.example") == "user unknown"
    assert "a@x.example" not in str(table.scan()["Items"]).lower()
