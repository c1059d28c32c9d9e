"""A team's eight weeks, told through the real recorder: made-up reps, made-up companies."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from audit.recorder import Recorder
from precall.config import Config
from precall.events import (
    BriefAcknowledged,
    BriefMissed,
    BriefReady,
    BriefSent,
    CallOutcome,
    Event,
    LeadAcquired,
    LeadAssigned,
    MentionsCollected,
    StoriesRanked,
)
from precall.facts import Facts
from precall.ids import derived_id
from precall.model import Account, Assignee, Assignment, Contact, Lead, Prospect
from precall.model.call import Answered

COMPANIES = (
    "Nordlicht Foods", "Tarnmoor Rail", "Quillfen Insurance", "Osterhallow Steel", "Drosselby Optics",
    "Furrow & Field", "Murkstone Analytics", "Pellwick Marine", "Harrowgate Textiles", "Brightwater Utilities",
)  # fmt: skip
PEOPLE = ("Ada Berg", "Liam Okafor", "Mei Tanaka", "Ines Duarte", "Piotr Zieliński", "Noor Haddad")
FAILING = {"site": 0.02, "google_news": 0.05, "hacker_news": 0.01, "gdelt": 0.3}
SOURCES = ("webinar", "trade fair", "download", None)


def told(config: Config, facts: Facts, recorder: Recorder, now: datetime, number: int, call_at: datetime) -> str:
    """One lead with the call at `call_at`, and everything that has happened to it by `now`; its id."""
    chance = random.Random(number)
    rep = config.reps[number % len(config.reps)]
    lead_id, acquired = derived_id("demo", str(number)), call_at - timedelta(hours=chance.randint(3, 30))
    company = COMPANIES[number % len(COMPANIES)]
    lead = Lead(
        id=lead_id,
        crm="generic",
        acquired_at=acquired,
        correlation_id=f"c-{number}",
        prospect=Prospect(
            account=Account(name=company, domain=f"{company.split()[0].lower()}.example"),
            contact=Contact(name=PEOPLE[number % len(PEOPLE)]),
        ),
        source=SOURCES[number % len(SOURCES)],
    )
    assignment = Assignment(
        lead_id=lead_id,
        research_id=derived_id("research", lead_id),
        rep=Assignee(name=rep.name, email=rep.email, time_zone=rep.time_zone),
        reason="owner in the CRM",
        call_at=call_at,
        call_from="lead",
        assigned_at=acquired,
    )
    facts.add_lead(lead, 730)
    facts.assign(assignment, 730)
    for event in happened(lead, assignment, chance):
        if event.at <= now:
            recorder.record(event)
    return lead_id


def happened(lead: Lead, held: Assignment, chance: random.Random) -> Iterator[Event]:
    """What happens to a lead, some of it by chance: most calls are briefed, about half are prepared."""
    common = {"lead_id": lead.id, "correlation_id": lead.correlation_id}
    study = {**common, "research_id": held.research_id}
    at, call_at = lead.acquired_at, held.call_at
    yield LeadAcquired(**common, at=at, crm="generic", prospect=lead.known().label, lead_source=lead.source)
    yield LeadAssigned(**study, at=at, rep=held.rep.email, rep_name=held.rep.name, reason=held.reason, call_at=call_at)
    reports = tuple(_answered(name, failing, chance) for name, failing in FAILING.items())
    yield MentionsCollected(
        **study, at=at + timedelta(seconds=6), mentions=23, asked=4, answered=4, took_ms=5200, reports=reports
    )
    luck = chance.random()
    if luck < 0.06:
        return
    yield StoriesRanked(**study, at=at + timedelta(seconds=8), stories=5)
    yield BriefReady(**study, at=at + timedelta(seconds=9), stories=5)
    if luck < 0.12:
        yield BriefMissed(
            **study, at=call_at + timedelta(minutes=4), call_at=call_at,
            reason="the call had begun 4 minutes before when there was something to send",
        )  # fmt: skip
        return
    sent_at = max(at + timedelta(seconds=12), call_at - timedelta(minutes=60))
    yield BriefSent(
        **study, at=sent_at, to=held.rep.email, call_at=call_at, message_id=f"ses-{lead.id}",
        minutes_before_call=int((call_at - sent_at).total_seconds() // 60),
    )  # fmt: skip
    read = luck > 0.45
    if read:
        yield BriefAcknowledged(**study, at=call_at - timedelta(minutes=chance.randint(2, 40)))
    if chance.random() < 0.7:
        good = chance.random() < (0.5 if read else 0.35)
        yield CallOutcome(**common, at=call_at + timedelta(hours=1), outcome="reached" if good else "not_reached",
                          source="crm", record=f"call/{lead.id}", said="done")  # fmt: skip


def _answered(source: str, failing: float, chance: random.Random) -> Answered:
    state: Literal["answered", "failed"] = "failed" if chance.random() < failing else "answered"
    return Answered(source=source, state=state, took_ms=chance.randint(90, 2400), mentions=chance.randint(0, 9))
