"""The trail in the table, under concurrency, and its proof and export by the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from cli.audit import as_csv, as_jsonl, rows, verified
from precall.chain import Head
from precall.clock import utc_now
from precall.events import BriefMissed
from precall.trail import DynamoTrail
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = utc_now().replace(microsecond=0)


def event(name: str, reason: str = "the reason") -> BriefMissed:
    return BriefMissed(
        lead_id="lead-1",
        correlation_id="c",
        at=AT,
        research_id=name,
        call_at=datetime(2026, 3, 1, tzinfo=UTC),
        reason=reason,
    )


@pytest.fixture
def trail(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoTrail]:
    with stack(monkeypatch):
        yield DynamoTrail(boto3.resource("dynamodb").Table(TABLE))


def why(trail: DynamoTrail) -> str:
    (verdict,) = verified(trail, ["lead-1"], utc_now() + timedelta(minutes=1))
    return f"{verdict.broken.number}: {verdict.broken.why}" if verdict.broken else ""


class Overtaken(DynamoTrail):
    """Between its look at the head and its write, others append: each of `others` once."""

    others: tuple[str, ...] = ()

    def head(self, lead_id: str) -> Head | None:
        seen = super().head(lead_id)
        first, self.others = self.others[:1], self.others[1:]
        for name in first:
            DynamoTrail(self._table).append(event(name), 730)
        return seen


def test_whoever_is_overtaken_appends_after_the_faster_ones(trail: DynamoTrail) -> None:
    slow = Overtaken(boto3.resource("dynamodb").Table(TABLE))
    slow.others = ("b", "c", "d")
    assert slow.append(event("a"), 730)
    assert [record.number for record in trail.records("lead-1")] == [1, 2, 3, 4]
    assert why(trail) == ""
    assert list(trail.leads()) == ["lead-1"]


def test_an_event_told_twice_is_recorded_once_also_when_both_are_told_at_once(trail: DynamoTrail) -> None:
    slow = Overtaken(boto3.resource("dynamodb").Table(TABLE))
    slow.others = ("a",)
    assert not slow.append(event("a"), 730)
    assert not trail.append(event("a"), 730)
    assert len(trail.records("lead-1")) == 1
    assert why(trail) == ""


def test_a_record_that_somebody_removes_or_changes_is_named(trail: DynamoTrail) -> None:
    for name in "abc":
        trail.append(event(name), 730)
    table, second = boto3.resource("dynamodb").Table(TABLE), trail.records("lead-1")[1]
    key = {"pk": "LEAD#lead-1", "sk": f"TRAIL#{second.event_id}"}
    table.update_item(Key=key, UpdateExpression="SET doc = :x", ExpressionAttributeValues={":x": "{}"})
    assert why(trail) == "2: its content was changed"
    table.delete_item(Key=key)
    assert why(trail) == "2: it is missing"
    assert trail.append(event("d"), 730)
    assert why(trail) == "2: it is missing"


def test_the_export_is_complete_and_harms_no_spreadsheet(trail: DynamoTrail) -> None:
    trail.append(event("a", "=HYPERLINK(1)"), 730)
    lines, table = io.StringIO(), io.StringIO()
    assert as_jsonl(lines, rows(trail, trail.leads())) == as_csv(table, rows(trail, trail.leads())) == 1
    told = json.loads(lines.getvalue())
    assert told["event"]["reason"] == "=HYPERLINK(1)"
    (row,) = csv.DictReader(io.StringIO(table.getvalue()))
    assert json.loads(row["event"]) == told["event"]
    assert row["hash"] == trail.records("lead-1")[0].hash
