"""A person without a company gets an honest brief, and may be forgotten: then nothing is looked up about them again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx

from cli.asked import Asked
from cli.calls import Calls
from cli.demo import soon
from cli.rights import rights_of, who_is
from cli.stack import replay_origin
from precall.erasure_asks import ErasureAsks
from replay.world import companies
from tests.e2e import hubspot
from tests.e2e.conftest import Deployed
from tests.e2e.test_before_call import scheduled, wait_for

LEAD = {"contact": {"name": "Ines Roth", "email": "ines.roth@gmail.com", "title": "Head of Procurement"}, **soon()}


def test_a_person_alone_is_briefed_on_forgotten_and_never_researched_again(deployed: Deployed) -> None:
    first = str(deployed.post(LEAD).json()["accepted"][0]["id"])
    assert "brief.sent" in deployed.finished(first, seconds=120)
    assert "We know of no company for Ines Roth: ask for it first." in deployed.brief(first, "brief.txt")
    rights, who = rights_of(deployed.local), who_is("ines.roth@gmail.com", None)
    assert rights.export(who)["leads"][0]["documents"]
    report = rights.erase(who, keep_days=30)
    assert report.counts["leads"] == 1
    assert not any(rights.export(who).values())
    again = str(deployed.post(LEAD).json()["accepted"][0]["id"])
    rejected = deployed.finished(again, seconds=120)["lead.rejected"]
    assert "suppression list" in rejected["reason"]
    assert "lead.erased" in {event["type"] for event in deployed.trail(first)}


def test_who_hubspot_deletes_for_good_is_suppressed_at_once_and_erased_a_little_later(deployed: Deployed) -> None:
    contact = companies["furrow"].contacts[1]
    lead_id = str(hubspot.tells(deployed, "contact.creation", contact.id).json()["accepted"][0]["id"])
    deployed.finished(lead_id, seconds=120)
    note_id = deployed.told(lead_id, "brief.written_back")["note_id"]
    Calls(deployed.local).move(lead_id, datetime.now(UTC) + timedelta(days=2))
    wait_for(deployed, lead_id, "brief.held")
    assert scheduled(deployed, lead_id)
    rights, who = rights_of(deployed.local), who_is(contact.email, None)
    (lead,) = rights.leads(who)
    assert hubspot.tells(deployed, "contact.privacyDeletion", contact.id).is_success
    assert rights.facts.suppressed(lead), "before anything is erased"
    erased = deployed.told(lead_id, "lead.erased")
    assert erased["by"] == "crm"
    assert erased["documents"] > 0
    assert erased["counts"]["schedules"] > 0
    taken_back = deployed.told(lead_id, "note.erased")
    assert (taken_back["note_id"], taken_back["fields"]) == (note_id, True)
    log = httpx.get(f"{replay_origin(deployed.home)}/_replay/log", trust_env=False).json()
    assert f"/crm/v3/objects/notes/{note_id}" in {entry["path"] for entry in log if entry["method"] == "DELETE"}
    assert not any(rights.export(who).values())
    assert list(rights.documents.keys_below(f"research/{lead_id}/")) == []
    assert scheduled(deployed, lead_id) == {}
    kept = str([{**item} for item in rights.rows.query(f"LEAD#{lead_id}")])
    assert contact.name not in kept
    assert contact.email not in kept
    told = dict(Asked(rights, ErasureAsks(deployed.local.table()), 30).told())
    assert any(lead_id in line and "by itself: " in line for line in told)
    again = hubspot.tells(deployed, "contact.creation", contact.id)
    assert again.is_success
    assert "suppression list" in deployed.told(lead_id, "lead.rejected")["reason"]
