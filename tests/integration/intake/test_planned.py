"""Whose call an activity is, on moto: the latest version stays, whichever comes last."""

from __future__ import annotations

from datetime import UTC, datetime

import boto3
import pytest

from precall.crm.planned import DynamoPlannedCalls
from tests.integration.intake.cloud import Cloud

pytestmark = pytest.mark.integration
UNTIL = datetime(2026, 6, 12, tzinfo=UTC)


def test_it_is_remembered_by_crm_and_a_late_version_changes_nothing(aws: Cloud) -> None:
    table = boto3.resource("dynamodb").Table("facts")
    planned = DynamoPlannedCalls(table)
    assert planned.lead_of("zoho", "Events/88") is None
    assert planned.remember("zoho", "Events/88", "lead-1", UNTIL)
    assert planned.remember("zoho", "Events/88", "lead-2", UNTIL, 2)
    assert not planned.remember("zoho", "Events/88", "lead-3", UNTIL, 1)
    assert (planned.lead_of("zoho", "Events/88"), planned.lead_of("close", "Events/88")) == ("lead-2", None)
    (item,) = table.scan()["Items"]
    assert item["expires_at"] == int(UNTIL.timestamp())
    assert "88" not in str(item["pk"]).split("#")
