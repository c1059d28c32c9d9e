"""The one rule of call prep."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.prep import State, prep
from precall.events import BriefBounced, BriefRelayed, Event, LeadRejected
from tests.unit.audit.world import CALL_AT, NOW, failed, missed, ready, sent

AFTER = CALL_AT + timedelta(minutes=5)
REJECTED = LeadRejected(lead_id="l", correlation_id="c", at=NOW, crm="hubspot", reason="a lead needs a company")
SAID: dict[str, Any] = {"lead_id": "l", "correlation_id": "c", "at": NOW, "research_id": "r"}
BACK = BriefBounced(**SAID, to="jonas@seller.example", message_id="ses-1", permanent=True, reason="user unknown")
RELAYED = BriefRelayed(**SAID, channel="Slack", call_at=CALL_AT, reason="the mail came back")


@pytest.mark.parametrize(
    ("state", "now", "events"),
    [
        ("preparing", NOW, []),
        ("preparing", NOW, [ready()]),
        ("missing", CALL_AT, []),
        ("missing", AFTER, [ready()]),
        ("briefed", NOW, [ready(), sent()]),
        ("briefed", AFTER, [ready(), sent()]),
        ("late", AFTER, [ready(), sent(before=timedelta(minutes=-1))]),
        ("late", AFTER, [ready(), missed(AFTER)]),
        ("failed", NOW, [ready(), missed(NOW, "SES refused the mail")]),
        ("failed", AFTER, [ready(), missed(NOW, "SES refused the mail")]),
        ("failed", NOW, [failed()]),
        ("failed", NOW, [failed(), sent(notice=True)]),
        ("failed", AFTER, [failed(), missed(AFTER)]),
        ("failed", NOW, [REJECTED]),
        # a mail that came back is none, unless another channel took the brief
        ("failed", NOW, [ready(), sent(), BACK]),
        ("briefed", AFTER, [ready(), sent(), BACK, RELAYED]),
        ("late", AFTER, [ready(), sent(), BACK, RELAYED.model_copy(update={"at": AFTER})]),
        ("failed", NOW, [failed(), sent(notice=True), BACK, RELAYED.model_copy(update={"notice_only": True})]),
        ("briefed", NOW, [ready(), sent(), BACK.model_copy(update={"message_id": "another"})]),
        # a second research mends what the first did not do
        ("preparing", NOW, [failed("first"), ready("second")]),
        ("briefed", AFTER, [failed("first"), sent(notice=True, research="first"), ready("second"), sent()]),
        ("briefed", AFTER, [ready(), missed(NOW, "SES refused the mail"), sent()]),
        # a repeated message after the call does not undo what was sent in time
        ("briefed", AFTER, [ready(), sent(), missed(AFTER)]),
    ],
)
def test_the_state_follows_from_the_events_in_any_order(state: State, now: datetime, events: list[Event]) -> None:
    assert {prep(order, CALL_AT, now).state for order in permutations(events)} == {state}


def test_a_notice_is_no_brief() -> None:
    assert prep([sent(notice=True)], CALL_AT, NOW).state != "briefed"


def test_a_failure_carries_its_reason() -> None:
    assert prep([ready(), missed(NOW, "SES refused")], CALL_AT, NOW).reason == "SES refused"
    assert prep([failed()], CALL_AT, NOW).reason == "the research failed while writing the brief (Unsupported)"
    assert prep([REJECTED], None, NOW).reason == "a lead needs a company"


def test_briefed_says_how_long_before_the_call() -> None:
    assert prep([sent()], CALL_AT, AFTER).minutes_before_call == 79


def test_without_a_call_time_nothing_can_be_missing() -> None:
    assert prep([], None, AFTER).state == "preparing"


def test_a_replayed_lead_is_judged_by_its_own_clock() -> None:
    years_later = CALL_AT + timedelta(days=900)
    real = sent().model_copy(update={"at": years_later})
    assert prep([ready(), real], CALL_AT, years_later, as_of=NOW).state == "briefed"
    assert prep([ready()], CALL_AT, years_later, as_of=NOW).state == "preparing"
    assert prep([ready(), missed(years_later)], CALL_AT, years_later, as_of=AFTER).state == "late"


@given(
    events=st.lists(st.sampled_from([ready(), failed(), missed(NOW), missed(AFTER), REJECTED, sent(notice=True)])),
    minutes=st.integers(min_value=1, max_value=10_000),
)
def test_whatever_else_happened_a_brief_in_time_is_a_briefed_call(events: list[Event], minutes: int) -> None:
    in_time = sent(before=timedelta(minutes=minutes))
    assert prep([*events, in_time], CALL_AT, AFTER).state == "briefed"
    assert prep(events, CALL_AT, AFTER).state != "briefed"
