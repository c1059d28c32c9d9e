"""The rep gets one mail, before the call, and the trail knows what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.errors import BusUnavailable, LeadNotFound, MailRefused, MailUnavailable
from precall.events import BriefMissed, BriefSent
from precall.suppression import marks_of
from tests.unit.deliver.world import CALL_AT, World, assignment, failed, lead, ready, store_brief


@pytest.fixture
def world() -> World:
    return World()


def test_the_brief_is_mailed_to_the_rep_in_both_forms(world: World) -> None:
    world.delivery.deliver(ready())
    (mail,) = world.mailer.sent
    assert mail.to == "jonas@seller.example"
    assert mail.subject == "Nordlicht Foods: opens a warehouse in Linz · call 10:30"
    assert (mail.text, mail.html) == ("Opens a warehouse", "<p>Opens a warehouse</p>")


def test_what_was_sent_is_published_with_sess_id_and_the_minutes_left(world: World) -> None:
    world.delivery.deliver(ready())
    (event,) = world.bus.events
    assert isinstance(event, BriefSent)
    assert (event.message_id, event.minutes_before_call, event.notice_only) == ("ses-1", 79, False)
    assert (event.lead_id, event.research_id, event.call_at) == (ready().lead_id, ready().research_id, CALL_AT)
    assert event.correlation_id == ready().correlation_id


def test_a_message_that_comes_twice_mails_once_and_publishes_the_same_event_again(world: World) -> None:
    first = world.delivery.deliver(ready())
    world.now += timedelta(minutes=7)
    assert world.delivery.deliver(ready()) == first
    assert world.bus.events == [first, first]
    assert len(world.mailer.sent) == 1


def test_a_second_research_for_the_same_call_mails_nothing_and_does_not_claim_to(world: World) -> None:
    first = world.delivery.deliver(ready())
    again = ready().model_copy(update={"research_id": "second"})
    store_brief(world.documents, again)
    assert world.delivery.deliver(again) == first
    assert len(world.mailer.sent) == 1


def test_a_moved_call_gets_its_own_mail(world: World) -> None:
    world.delivery.deliver(ready())
    moved = assignment(ready().lead_id, ready().research_id, CALL_AT + timedelta(days=1))
    world.facts.assignments[ready().lead_id] = moved
    world.delivery.deliver(ready())
    assert len(world.mailer.sent) == 2


def test_a_crash_between_sending_and_publishing_publishes_later_without_a_second_mail(world: World) -> None:
    world.bus.down = BusUnavailable("the bus is down")
    with pytest.raises(BusUnavailable):
        world.delivery.deliver(ready())
    world.bus.down = None
    world.now = CALL_AT + timedelta(hours=1)  # redelivered after the call: what was sent in time stays so
    world.delivery.deliver(ready())
    (event,) = world.bus.events
    assert isinstance(event, BriefSent)
    assert event.minutes_before_call == 79
    assert len(world.mailer.sent) == 1


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(minutes=12), timedelta(days=3)])
def test_nothing_is_sent_once_the_call_has_begun(world: World, late: timedelta) -> None:
    world.now = CALL_AT + late
    world.delivery.deliver(ready())
    (event,) = world.bus.events
    assert isinstance(event, BriefMissed)
    assert "the call had begun" in event.reason
    assert world.mailer.sent == []


def test_a_missed_brief_says_how_late_it_was(world: World) -> None:
    world.now = CALL_AT + timedelta(minutes=12)
    outcome = world.delivery.deliver(ready())
    assert isinstance(outcome, BriefMissed)
    assert outcome.reason == "the call had begun 12 minutes before when there was something to send"


@given(left=st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40)))
def test_sent_exactly_when_the_call_is_ahead(left: timedelta) -> None:
    world = World(now=CALL_AT - left)
    outcome = world.delivery.deliver(ready())
    assert isinstance(outcome, BriefSent) == (left > timedelta(0)) == bool(world.mailer.sent)
    if isinstance(outcome, BriefSent):
        assert outcome.minutes_before_call == left // timedelta(minutes=1)


@pytest.mark.parametrize(
    ("as_of", "kind"), [(CALL_AT - timedelta(minutes=30), BriefSent), (CALL_AT + timedelta(minutes=1), BriefMissed)]
)
def test_a_replayed_lead_is_judged_by_its_own_clock(world: World, as_of: datetime, kind: type) -> None:
    world.now = CALL_AT + timedelta(days=900)
    world.facts.leads[ready().lead_id] = lead(ready().lead_id, as_of=as_of)
    outcome = world.delivery.deliver(ready())
    assert isinstance(outcome, kind)
    assert outcome.at == world.now  # the trail keeps real time


def test_a_mail_that_ses_refuses_is_a_missed_brief_with_the_reason(world: World) -> None:
    world.mailer.error = MailRefused("SES refused the mail (MessageRejected: Email address is not verified.)")
    outcome = world.delivery.deliver(ready())
    assert isinstance(outcome, BriefMissed)
    assert "not verified" in outcome.reason


def test_a_refused_mail_can_be_sent_once_the_cause_is_mended(world: World) -> None:
    world.mailer.error = MailRefused("the sender is not verified")
    world.delivery.deliver(ready())
    world.mailer.error = None
    assert isinstance(world.delivery.deliver(ready()), BriefSent)


def test_a_throttled_mail_is_left_to_the_queue(world: World) -> None:
    world.mailer.error = MailUnavailable("throttled")
    with pytest.raises(MailUnavailable):
        world.delivery.deliver(ready())
    assert world.bus.events == []


def test_a_brief_whose_documents_are_gone_is_missed_not_retried(world: World) -> None:
    world.documents.texts.clear()
    outcome = world.delivery.deliver(ready())
    assert isinstance(outcome, BriefMissed)
    assert "no document" in outcome.reason


def test_an_erased_lead_gets_no_mail(world: World) -> None:
    world.facts.assignments.clear()
    with pytest.raises(LeadNotFound, match="erased"):
        world.delivery.deliver(ready())
    assert world.mailer.sent == []


def test_a_failed_research_sends_one_honest_notice(world: World) -> None:
    first = world.delivery.deliver(failed())
    world.delivery.deliver(failed())
    (mail,) = world.mailer.sent
    assert mail.subject == "No brief for your call with Ada Berg (Nordlicht Foods), Thu 12 Mar 2026, 10:30 CET"
    assert "the research failed while writing the brief (StorageUnavailable)" in mail.text
    assert isinstance(first, BriefSent)
    assert first.notice_only


def test_a_notice_does_not_stand_in_the_way_of_a_later_brief(world: World) -> None:
    world.delivery.deliver(failed())
    again = ready().model_copy(update={"lead_id": failed().lead_id, "research_id": "second"})
    store_brief(world.documents, again)
    outcome = world.delivery.deliver(again)
    assert isinstance(outcome, BriefSent)
    assert not outcome.notice_only
    assert len(world.mailer.sent) == 2


def test_no_notice_after_the_call(world: World) -> None:
    world.now = CALL_AT
    assert isinstance(world.delivery.deliver(failed()), BriefMissed)
    assert world.mailer.sent == []


def test_nothing_is_mailed_about_somebody_who_was_forgotten_meanwhile(world: World) -> None:
    world.facts.suppression |= marks_of(world.facts.leads[ready().lead_id])
    missed = world.delivery.deliver(ready())
    assert isinstance(missed, BriefMissed)
    assert "suppression list" in missed.reason
    assert not world.mailer.sent
