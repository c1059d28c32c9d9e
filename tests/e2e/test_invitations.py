"""A call's time by invitation: it comes with the lead, moves and is cancelled, with the schedules, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx

from cli.demo import world_lead
from cli.webhook import signed
from precall.secrets import GENERIC_WEBHOOK
from tests.e2e.conftest import Deployed, wait_until
from tests.e2e.test_before_call import LEAD_TIME, scheduled, wait_for

MOMENTS = {"lead-time", "last-look", "deadline"}


def ics(uid: str, start: datetime, sequence: int, method: str = "REQUEST") -> str:
    """The object that a calendar program attaches."""
    return "\r\n".join(
        [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{uid}"),
            *(f"SEQUENCE:{sequence}", f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}", f"DTSTART:{start:%Y%m%dT%H%M%SZ}"),
            *("END:VEVENT", "END:VCALENDAR", ""),
        ]
    )


def invited(deployed: Deployed, invitation: str) -> httpx.Response:
    """`POST /invitations` of the object itself, as a mailbox rule passes it on."""
    headers, body = signed(deployed.home.secrets()[GENERIC_WEBHOOK], invitation.encode())
    headers["content-type"] = "text/calendar; charset=utf-8"
    url = f"{deployed.local.api}/invitations"
    return httpx.post(url, headers=headers, content=body, timeout=60, trust_env=False)


def goes_at(deployed: Deployed, lead_id: str) -> str | None:
    """When the brief's schedule comes."""
    return scheduled(deployed, lead_id).get("lead-time")


def before(call_at: datetime) -> str:
    """A brief's time, as the Scheduler writes it."""
    return f"at({call_at - LEAD_TIME:%Y-%m-%dT%H:%M:%S})"


def test_an_invitation_sets_a_call_a_later_one_moves_it_and_a_cancellation_cancels_it(deployed: Deployed) -> None:
    uid = f"{uuid4().hex}@seller.example"
    first = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    later = first + timedelta(hours=3)
    lead = {key: value for key, value in world_lead("quillfen").items() if key != "call_at"}
    answer = deployed.post({**lead, "invitation": ics(uid, first, 0)})
    lead_id = str(answer.json()["accepted"][0]["id"])
    assert datetime.fromisoformat(wait_for(deployed, lead_id, "brief.held")["call_at"]) == first
    assert set(scheduled(deployed, lead_id)) == MOMENTS
    assert goes_at(deployed, lead_id) == before(first)

    for _ in range(2):  # told twice, it moves once
        assert invited(deployed, ics(uid, later, 1)).json() == {"leads": [{"id": lead_id}], "rejected": []}
    moved = wait_for(deployed, lead_id, "call.moved")
    assert (datetime.fromisoformat(moved["call_at"]), moved["by"]) == (later, "invitation")
    wait_until(lambda: goes_at(deployed, lead_id) == before(later))

    late = invited(deployed, ics(uid, first, 0))
    assert (late.status_code, late.json()["rejected"][0]["error"].split(":")[0]) == (422, "SEQUENCE")
    assert goes_at(deployed, lead_id) == before(later)

    assert invited(deployed, ics(uid, later, 2, method="CANCEL")).status_code == 202
    assert wait_for(deployed, lead_id, "call.cancelled")["by"] == "invitation"
    wait_until(lambda: not scheduled(deployed, lead_id))
    told = [event["type"] for event in deployed.trail(lead_id)]
    assert (told.count("call.moved"), told.count("call.cancelled"), told.count("brief.sent")) == (1, 1, 0)
