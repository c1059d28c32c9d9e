"""A person without a company gets an honest brief, and may be forgotten: then nothing is looked up about them again."""

from __future__ import annotations

from cli.demo import soon
from cli.rights import rights_of, who_is
from tests.e2e.conftest import Deployed

LEAD = {"contact": {"name": "Ines Roth", "email": "ines.roth@gmail.com", "title": "Head of Procurement"}, **soon()}


def test_a_person_alone_is_briefed_on_forgotten_and_never_researched_again(deployed: Deployed) -> None:
    first = str(deployed.post(LEAD).json()["accepted"][0]["id"])
    assert "brief.sent" in deployed.finished(first, seconds=120)
    assert "We know of no company for Ines Roth: ask for it first." in deployed.brief(first, "brief.txt")
    rights, who = rights_of(deployed.local), who_is("ines.roth@gmail.com", None)
    assert rights.export(who)["leads"][0]["documents"]
    report = rights.erase(who, keep_days=30)
    assert report.counts["leads"] == 1
    assert rights.export(who) == {"leads": [], "activities": []}
    again = str(deployed.post(LEAD).json()["accepted"][0]["id"])
    rejected = deployed.finished(again, seconds=120)["lead.rejected"]
    assert "suppression list" in rejected["reason"]
    assert "lead.erased" in {event["type"] for event in deployed.trail(first)}
