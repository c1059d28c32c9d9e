"""`precall status`: the version, the alarms that ring, what waits, and the last briefs, without a name in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from cli.deployment import Deployment
from cli.running import running
from precall.calls import DynamoCalls
from precall.model.call import Call
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CALL = Call(
    lead_id="lead-1", research_id="r-1", who="Tarnmoor", account="tarnmoor.example", contact="Ines Hartog",
    rep="ada@seller.example", rep_name="Ada Lunt", time_zone="UTC", call_at=NOW + timedelta(minutes=30),
    brief_at=NOW - timedelta(minutes=5), state="briefed",
)  # fmt: skip


class Deployed(Deployment):
    """A stack on moto."""

    def __init__(self) -> None:
        self._outputs = {"ApiUrl": "https://api.example/live", "BusName": "precall", "TableName": TABLE}

    def outputs(self) -> dict[str, str]:
        return self._outputs

    def parameters(self) -> dict[str, str]:
        return {"Release": "a1b2c3d4e5f6", "Stage": "production"}


@pytest.fixture(autouse=True)
def _aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with stack(monkeypatch):
        yield


def alarm(name: str, state: str) -> None:
    watch = boto3.client("cloudwatch")
    watch.put_metric_alarm(
        AlarmName=name, AlarmDescription="see its page", Namespace="Precall", MetricName="BriefsMissed", Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold", Statistic="Sum",
    )  # fmt: skip
    watch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="a test")


def said() -> list[tuple[str, bool | None]]:
    return [(line.said, line.good) for line in running(Deployed(), NOW)]


def test_it_says_what_is_deployed_and_that_nothing_is_wrong() -> None:
    alarm("precall-BriefsLateAlarm-1", "OK")
    told = said()
    assert told[:2] == [("API https://api.example/live", None), ("version a1b2c3d4e5f6, production", None)]
    assert ("none of 1 alarms rings", True) in told
    assert ("no brief for a call of yesterday, today or tomorrow", None) in told


def test_an_alarm_that_rings_says_what_to_do_and_alarms_of_others_are_not_ours() -> None:
    alarm("precall-BriefsLateAlarm-1", "ALARM")
    alarm("something-else", "ALARM")
    bad = [line for line, good in said() if good is False]
    assert bad == ["precall-BriefsLateAlarm-1 rings: see its page"]


def test_the_last_briefs_are_named_by_lead_newest_first_and_nobody_in_person() -> None:
    calls = DynamoCalls(boto3.resource("dynamodb").Table(TABLE))
    for number in range(7):
        at = NOW - timedelta(minutes=10 * number)
        calls.put(CALL.model_copy(update={"lead_id": f"lead-{number}", "brief_at": at}), 1, 90)
    briefs = [line for line, _ in said() if line.startswith("brief ")]
    assert [line.split("lead ")[1] for line in briefs] == [f"lead-{number}: briefed" for number in range(5)]
    assert not any("Ines" in line or "Ada" in line or "ada@" in line for line in briefs)


def test_what_may_not_be_seen_is_said_and_the_rest_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Deployed, "table", lambda self: boto3.resource("dynamodb").Table("another"))
    told = said()
    assert told[-1][1] is False
    assert "this could not be looked at" in told[-1][0]
    assert ("no alarms are deployed", None) in told
