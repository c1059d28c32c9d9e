"""What is watched is really told: every queue has its alarm, every alarm and picture a metric that exists."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from typing import Any

import pytest

from bench.template import PATH, template
from tests.emitted import emitted

RESOURCES: dict[str, dict[str, Any]] = template()["Resources"]
ALARMS = {name: alarm["Properties"] for name, alarm in RESOURCES.items() if alarm["Type"] == "AWS::CloudWatch::Alarm"}
QUEUES = {name: queue["Properties"] for name, queue in RESOURCES.items() if queue["Type"] == "AWS::SQS::Queue"}
WIDGETS: list[dict[str, Any]] = json.loads(RESOURCES["Dashboard"]["Properties"]["DashboardBody"])["widgets"]
SHOWN = [metric for widget in WIDGETS for metric in widget["properties"]["metrics"]]
EMITTED = emitted()
FILTERED = {
    change["MetricName"]
    for resource in RESOURCES.values()
    if resource["Type"] == "AWS::Logs::MetricFilter"
    for change in resource["Properties"]["MetricTransformations"]
}


WATCHED = {None: "Production", "HasSalesforceBus": "WatchesRelay", "RenewsZoho": "WatchesZoho"}
"""The condition of an alarm, by that of its queue: alarms are for production, deploying them takes no tester's time."""
MADE_GOOD = {"ZohoChannelDeadLetters"}
"""Queues of what the next run makes good by itself: nothing is redriven from there."""


def is_emitted(service: str | None, name: str) -> bool:
    return name in FILTERED or any((service, True) == (of, fnmatch(name, known)) for of, known in EMITTED)


@pytest.mark.parametrize("queue", [name for name in QUEUES if name.endswith("DeadLetters")])
def test_dead_letters_ring_an_alarm(queue: str) -> None:
    alarm = ALARMS[f"{queue}Alarm"]
    assert alarm["Dimensions"] == [{"Name": "QueueName", "Value": f"{queue}.QueueName"}]
    assert (alarm["MetricName"], alarm["Threshold"]) == ("ApproximateNumberOfMessagesVisible", 1)
    assert RESOURCES[f"{queue}Alarm"]["Condition"] == WATCHED[RESOURCES[queue].get("Condition")]


@pytest.mark.parametrize("queue", [name for name in QUEUES if not name.endswith("DeadLetters")])
def test_every_queue_sets_aside_what_cannot_be_handled(queue: str) -> None:
    assert QUEUES[queue]["RedrivePolicy"]["deadLetterTargetArn"].removesuffix(".Arn") in QUEUES


def test_all_that_watches_is_for_production() -> None:
    kinds = ("AWS::CloudWatch::", "AWS::Logs::MetricFilter")
    watching = {
        name: resource["Condition"] for name, resource in RESOURCES.items() if resource["Type"].startswith(kinds)
    }
    assert len(watching) > 20
    assert set(watching.values()) == set(WATCHED.values())


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_says_what_to_do_tells_somebody_and_is_quiet_without_data(name: str) -> None:
    alarm = ALARMS[name]
    assert len(alarm["AlarmDescription"]) > 30
    assert alarm["TreatMissingData"] == "notBreaching"
    actions = re.search(rf"^  {name}:.*?^$", PATH.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert actions
    assert actions[0].count("Actions: !If [HasAlarmEmail, [!Ref AlarmTopic], !Ref AWS::NoValue]") == 2


@pytest.mark.parametrize("name", [name for name, alarm in ALARMS.items() if alarm.get("Namespace") == "Precall"])
def test_an_alarm_of_ours_is_about_a_metric_that_the_code_emits(name: str) -> None:
    alarm = ALARMS[name]
    service = next((d["Value"] for d in alarm.get("Dimensions", []) if d["Name"] == "service"), None)
    assert is_emitted(service, alarm["MetricName"])


def test_the_alarm_on_sources_asks_for_what_collect_tells_by_source() -> None:
    (query,) = ALARMS["SourceDownAlarm"]["Metrics"]
    told = re.fullmatch(
        r"SELECT AVG\((\w+)\) FROM SCHEMA\(Precall, service, source\) GROUP BY source .*", query["Expression"]
    )
    assert told
    assert is_emitted("collect", told[1])


def test_every_metric_on_the_dashboard_is_emitted() -> None:
    ours = [metric for metric in SHOWN if metric[0] == "Precall"]
    assert len(ours) > 20
    for _, name, *about in ours:
        assert is_emitted(about[1] if about else None, name), name
    searched = [metric[0]["expression"] for metric in SHOWN if isinstance(metric[0], dict)]
    for name in re.findall(r'\{Precall,service,source\} MetricName="(\w+)"', " ".join(searched)):
        assert is_emitted("collect", name)


def test_every_metric_that_is_emitted_and_paid_for_is_on_the_dashboard() -> None:
    shown = {(metric[3], metric[1]) for metric in SHOWN if metric[0] == "Precall" and len(metric) > 3}
    searched = {("collect", "SourceFailed")}
    missing = [
        (service, name)
        for service, name in EMITTED - searched
        if not any(service == of and fnmatch(seen, name) for of, seen in shown)
    ]
    assert missing == []


def test_every_dead_letter_queue_is_on_the_dashboard_and_where_redrive_looks() -> None:
    always = {name for name in QUEUES if name.endswith("DeadLetters") and "Condition" not in RESOURCES[name]}
    shown = {metric[3].strip("${}").removesuffix(".QueueName") for metric in SHOWN if metric[0] == "AWS/SQS"}
    assert shown == always
    outputs = {name.removesuffix("Url") for name in template()["Outputs"] if name.endswith("DeadLettersUrl")}
    assert outputs == {name for name in QUEUES if name.endswith("DeadLetters")} - MADE_GOOD
