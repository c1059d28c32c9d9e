"""Every event and state has words that a manager understands."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from audit.prep import Prep, State
from audit.words import STATES, line, prep_line
from precall import events
from precall.events import BriefAcknowledged, CompanyDisputed, Event, LeadRejected
from tests.unit.audit.world import EVENTS, NOW, failed, missed, sent

REJECTED = LeadRejected(lead_id="l", correlation_id="c", at=NOW, crm="hubspot", reason="a lead needs a company")
SAID: dict[str, Any] = {"lead_id": "l", "correlation_id": "c", "at": NOW, "research_id": "r"}
MAIL: dict[str, Any] = {**SAID, "to": "jonas@seller.example", "message_id": "ses-1"}
AFTER: list[Event] = [
    events.BriefDelivered(**MAIL),
    events.BriefBounced(**MAIL, permanent=True, reason="no such mailbox"),
    events.BriefComplained(**MAIL, reason="abuse"),
    events.BriefOpened(**SAID, where="mail"),
    events.BriefClicked(**SAID),
    events.BriefRead(**SAID, seconds=10),
    events.BriefRelayed(**SAID, channel="Slack", call_at=NOW, reason="the mail came back"),
    events.RelayFailed(**SAID, channel="Slack", reason="no such hook"),
    events.BriefWrittenBack(**SAID, crm="hubspot", note_id="7", records=("contact/51", "company/9")),
    events.WriteBackFailed(**SAID, crm="hubspot", part="fields", reason="no such field"),
    events.CallOutcome(lead_id="l", correlation_id="c", at=NOW, outcome="not_reached", source="crm", said="No answer"),
    events.DealOpened(lead_id="l", correlation_id="c", at=NOW, record="deal/70", said="Proposal"),
    events.RepNudged(**SAID, call_at=NOW, by="priya@seller.example", to="jonas@seller.example"),
    events.ErasureAsked(lead_id="l", correlation_id="c", at=NOW, crm="hubspot"),
    events.LeadErased(lead_id="l", correlation_id="c", at=NOW, documents=7, by="crm", counts={"schedules": 3}),
    events.NoteErasureAsked(**SAID, crm="hubspot", crm_id="51"),
    events.NoteErased(**SAID, crm="hubspot", note_id="7", records=("contact/51",), fields=True),
    events.NoteErasureFailed(**SAID, crm="zoho", part="note", reason="write_back is off in precall.yaml"),
    events.BriefShared(**SAID, share="s", by="Jonas", until=NOW),
    events.ShareOpened(lead_id="l", correlation_id="c", at=NOW, share="s", by="Jonas", on=NOW.date()),
]
LEAD: dict[str, Any] = {name: value for name, value in SAID.items() if name != "research_id"}
BEFORE: list[Event] = [
    events.LeadQueued(**LEAD, queue="everybody", reason="nobody is free"),
    events.LeadWaited(**LEAD, queue="everybody"),
    events.LeadEscalated(**LEAD, queue="everybody", waited_minutes=15),
    events.ReassignmentAsked(**LEAD, to="jonas@seller.example", by="crm", ask="1"),
    events.ReassignmentRefused(**LEAD, to="eve@seller.example", ask="2", reason="not in the team"),
    events.LeadReassigned(
        **SAID, revision=1, was="dana@seller.example", rep="jonas@seller.example", rep_name="Jonas", reason="asked",
        call_at=NOW,
    ),
    events.CallMoved(**LEAD, call_at=NOW, change="1", by="invitation"),
    events.CallCancelled(**LEAD, change="2", by="operator"),
    events.ReadBackFailed(**LEAD, crm="zoho", reason="check the secret zoho/read-client"),
    events.ActivityChanged(**LEAD, crm="zoho", activity="Events/88", change="1"),
    events.BriefHeld(**SAID, call_at=NOW, send_at=NOW),
    events.BriefDue(**LEAD, moment="deadline", call_at=NOW),
    events.ResearchAsked(**SAID, ask="1", reason="the brief is 13 hours old"),
    events.BriefUpdated(**MAIL, call_at=NOW, stories=1),
]  # fmt: skip
LISTENING: list[Event] = [
    events.LookAsked(**SAID, because="a customer"),
    events.LookFailed(**SAID, step="collect", error="StorageUnavailable"),
    events.StoryHeard(**SAID, story="m", score=0.8, did="lead", leads=("lead-2",)),
    events.StoryAlerted(**MAIL, story="m"),
]
ALL = [*EVENTS, failed(), missed(NOW), REJECTED, BriefAcknowledged(**SAID), CompanyDisputed(**SAID), *AFTER, *BEFORE]
ALL += LISTENING


def test_every_kind_of_event_has_words() -> None:
    kinds = set(events.kinds())
    assert {type(event) for event in ALL} == kinds
    assert all(line(event, "UTC").title != event.type for event in ALL)


def told(event: Event) -> dict[str, str]:
    return dict(line(event, "Europe/Vienna").facts)


def test_the_research_tells_which_sources_answered() -> None:
    assert told(EVENTS[2]) == {"Sources": "3 of 4 answered", "Failed": "bing news", "Took": "2.9 s"}
    assert line(EVENTS[2], "UTC").title == "23 mentions collected"


def test_the_assignment_tells_why_and_when_in_the_reps_zone() -> None:
    assert told(EVENTS[1]) == {"Why": "owner in the CRM", "Call": "Thu 12 Mar 2026, 10:30 CET"}


def test_a_change_tells_who_asked_for_it_and_what_holds_now() -> None:
    told_of = {event.type: told(event) for event in BEFORE}
    assert told_of["reassignment.asked"] == {"Asked by": "the CRM"}
    assert told_of["lead.reassigned"]["Before"] == "dana@seller.example"
    assert told_of["call.moved"]["By"] == "an invitation"
    assert told_of["brief.held"]["Goes out"].endswith("CET")


def test_the_mail_tells_how_long_before_the_call() -> None:
    assert told(EVENTS[5])["Before the call"] == "1 hour 19 minutes"
    assert line(sent(notice=True), "UTC").title == "A notice that there is no brief was sent"


@pytest.mark.parametrize("state", get_args(State))
def test_every_state_has_a_name_and_a_sentence(state: State) -> None:
    assert STATES[state]
    assert prep_line(Prep(state=state, reason="why", minutes_before_call=5)).endswith(".")


@pytest.mark.parametrize(
    ("minutes", "span"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (47, "47 minutes"),
        (60, "1 hour"),
        (65, "1 hour 5 minutes"),
        (1440, "1 day"),
        (3063, "2 days 3 hours"),
    ],
)
def test_spans_are_read_as_people_say_them(minutes: int, span: str) -> None:
    said = prep_line(Prep(state="briefed", minutes_before_call=minutes))
    assert said == f"The brief was sent {span} before the call."


def test_a_failure_says_why() -> None:
    assert prep_line(Prep(state="failed", reason="the sender is not verified")) == (
        "There is no brief for this call: the sender is not verified."
    )


def test_what_was_set_aside_is_counted_by_reason() -> None:
    assert told(EVENTS[3]) == {"Set aside": "too old (4), another company (2)"}


def test_an_empty_brief_is_said_to_be_one() -> None:
    empty = EVENTS[4].model_copy(update={"stories": 0, "partial": True})
    assert told(empty) == {
        "Stories": "none found: the brief says so",
        "Partial": "yes, a part of the research failed",
    }


def test_opens_and_clicks_are_marked_unreliable_and_reading_is_not() -> None:
    assert [event.type for event in AFTER if "Unreliable" in told(event)] == [
        "brief.opened",
        "brief.clicked",
        "share.opened",
    ]
