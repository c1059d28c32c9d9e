"""A brief for a far call is scheduled, and goes when its time has come; another rep, another time move it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from cli.calls import Calls
from cli.demo import world_lead
from precall.before_call import schedule_name
from tests.e2e.conftest import Deployed, wait_until

LEAD_TIME = timedelta(minutes=60)


def scheduled(deployed: Deployed, lead_id: str) -> dict[str, str]:
    """When a lead's schedules come, by moment."""
    listed = deployed.local.client("scheduler").list_schedules(NamePrefix=schedule_name(lead_id, ""))["Schedules"]
    client = deployed.local.client("scheduler")
    found = [client.get_schedule(GroupName=one["GroupName"], Name=one["Name"]) for one in listed]
    return {one["Name"].removeprefix(schedule_name(lead_id, "")): one["ScheduleExpression"] for one in found}


def wait_for(deployed: Deployed, lead_id: str, kind: str, seconds: float = 90) -> dict[str, Any]:
    """The last event of a kind, once there is one."""
    end = time.monotonic() + seconds
    while True:
        events = deployed.trail(lead_id)
        if found := [event for event in events if event["type"] == kind]:
            return found[-1]
        assert time.monotonic() < end, [event["type"] for event in events]
        time.sleep(0.3)


def test_a_far_calls_brief_goes_by_its_schedule(deployed: Deployed) -> None:
    call_at = datetime.now(UTC) + LEAD_TIME + timedelta(seconds=15)
    answer = deployed.post(world_lead("quillfen", call_at=call_at.isoformat()))
    lead_id = str(answer.json()["accepted"][0]["id"])
    wait_for(deployed, lead_id, "lead.assigned")
    sent = wait_for(deployed, lead_id, "brief.sent")
    assert 50 <= sent["minutes_before_call"] <= 60, "never before its time; on a busy machine somewhat later"
    assert sent["at"] >= (call_at - LEAD_TIME).isoformat()
    wait_until(lambda: "lead-time" not in scheduled(deployed, lead_id))
    assert set(scheduled(deployed, lead_id)) == {"last-look", "deadline"}


def test_another_rep_and_another_time_move_the_brief_and_its_schedules(deployed: Deployed) -> None:
    call_at = datetime.now(UTC) + timedelta(days=2)
    answer = deployed.post(world_lead("quillfen", call_at=call_at.isoformat()))
    lead_id = str(answer.json()["accepted"][0]["id"])
    wait_for(deployed, lead_id, "brief.held")
    before = scheduled(deployed, lead_id)
    assert set(before) == {"lead-time", "last-look", "deadline"}
    calls = Calls(deployed.local)
    calls.move(lead_id, call_at + timedelta(hours=3))
    wait_for(deployed, lead_id, "research.asked")
    assert set(scheduled(deployed, lead_id).values()).isdisjoint(before.values())
    calls.assign(lead_id, "joachim.vellacourt@seller.example")
    assert wait_for(deployed, lead_id, "lead.reassigned")["was"] == "tamsin.okwerebe@seller.example"
    calls.move(lead_id, datetime.now(UTC) + timedelta(minutes=30))
    sent = wait_for(deployed, lead_id, "brief.sent")
    assert sent["to"] == "joachim.vellacourt@seller.example"
    assert "Joachim" in deployed.brief(lead_id)
