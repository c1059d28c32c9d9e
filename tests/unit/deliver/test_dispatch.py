"""The brief goes in its time: not long before the call, not stale, never after the deadline, and never for nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from precall.documents import research_key
from precall.events import BriefDue, BriefHeld, BriefMissed, BriefReady, BriefSent, BriefUpdated, ResearchAsked
from precall.model import Brief, BriefStory, Citation, Sentence, Sentiment
from tests.unit.deliver.world import CALL_AT, NOW, World, assignment, brief, failed, lead, ready

LEAD = ready().lead_id
AT_LEAD_TIME = CALL_AT - timedelta(minutes=60)
AT_LAST_LOOK = CALL_AT - timedelta(minutes=20)
AT_DEADLINE = CALL_AT - timedelta(minutes=5)


@pytest.fixture
def world() -> World:
    """79 minutes before the call."""
    return World()


def due(moment: Any, **changes: Any) -> BriefDue:
    known = BriefDue(lead_id=LEAD, correlation_id="c-1", at=AT_LEAD_TIME, moment=moment, call_at=CALL_AT)
    return known.model_copy(update=changes)


def again(world: World, research_id: str, *, breaking: bool = False) -> BriefReady:
    """A later research of the same lead, with a story that `breaking` says broke since."""
    event = ready().model_copy(update={"research_id": research_id, "as_of": world.now})
    made = brief(event).model_copy(update={"as_of": world.now, "stories": (story(breaking),)})
    for name, text in {
        "brief.json": made.model_dump_json(),
        "brief.html": "<body>new</body>",
        "brief.txt": "new",
    }.items():
        world.documents.put(research_key(LEAD, research_id, name), text)
    return event


def story(breaking: bool) -> BriefStory:
    cited = Citation(mention_id="m", field="title", url="https://o.example/1", outlet="o.example", published_at=NOW)
    said = Sentence(text="Nordlicht stops <all> trucks", kind="quote", citations=(cited,))
    return BriefStory(
        story_id="s", headline=said, seen=said, proximity="account", breaking=breaking, new=True, sentiment=Sentiment(),
        parts=(), score=1.0, url="https://o.example/1", outlet="The Outlet", published_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("as_of", [ready().as_of, None], ids=["as told", "told by an older version"])
def test_a_brief_for_a_far_call_waits_and_goes_at_its_time(world: World, as_of: datetime | None) -> None:
    held = world.dispatch.take(ready().model_copy(update={"as_of": as_of}))
    assert isinstance(held, BriefHeld)
    assert held.send_at == AT_LEAD_TIME
    assert not world.mailer.sent
    world.now = AT_LEAD_TIME
    sent = world.dispatch.take(due("lead time"))
    assert isinstance(sent, BriefSent)
    assert (sent.minutes_before_call, sent.partial_because) == (60, None)
    assert world.bus.events == [held, sent]


def test_a_rep_who_wants_it_earlier_has_it_earlier(world: World) -> None:
    reps = tuple(
        rep.model_copy(update={"email": "jonas@seller.example", "lead_minutes": 120}) for rep in world.config.reps[:1]
    )
    world.config = world.config.model_copy(update={"reps": reps})
    assert isinstance(world.dispatch.take(ready()), BriefSent)


def test_a_near_call_gets_its_brief_as_soon_as_it_is_ready(world: World) -> None:
    world.now = AT_LEAD_TIME + timedelta(minutes=40)
    assert isinstance(world.dispatch.take(ready()), BriefSent)


def test_a_replayed_lead_waits_for_nothing(world: World) -> None:
    world.facts.leads[LEAD] = lead(LEAD, as_of=NOW)
    assert isinstance(world.dispatch.take(ready()), BriefSent)


def test_a_stale_brief_is_researched_again_before_it_goes(world: World) -> None:
    world.dispatch.take(ready())
    far = CALL_AT + timedelta(days=2)
    world.facts.assignments[LEAD] = assignment(LEAD, ready().research_id, far)
    world.now = far - timedelta(minutes=60)
    asked = world.dispatch.take(due("lead time", call_at=far))
    assert isinstance(asked, ResearchAsked)
    assert asked.reason == "the brief is 2 days old"
    assert asked.research_id != ready().research_id
    assert world.dispatch.take(due("lead time", call_at=far)) == asked, "told twice, it is one research"
    assert not world.mailer.sent
    sent = world.dispatch.take(again(world, asked.research_id))
    assert isinstance(sent, BriefSent)
    assert world.mailer.sent[0].text == "new"


def test_at_the_deadline_the_stale_brief_goes_and_says_so(world: World) -> None:
    world.dispatch.take(ready())
    far = CALL_AT + timedelta(days=2)
    world.facts.assignments[LEAD] = assignment(LEAD, ready().research_id, far)
    world.now = far - timedelta(minutes=5)
    sent = world.dispatch.take(due("deadline", call_at=far))
    assert isinstance(sent, BriefSent)
    assert sent.partial_because == "it could not be refreshed: the brief is 2 days old"
    (mail,) = world.mailer.sent
    assert mail.subject.startswith("Partial: ")
    assert "could not be refreshed" in mail.text
    assert "could not be refreshed" in mail.html


def test_at_the_deadline_without_a_brief_the_rep_is_told_and_a_late_brief_still_goes(world: World) -> None:
    world.now = AT_DEADLINE
    notice = world.dispatch.take(due("deadline"))
    assert isinstance(notice, BriefSent)
    assert notice.notice_only
    assert "had not finished shortly before the call" in world.mailer.sent[0].text
    world.now += timedelta(minutes=2)
    sent = world.dispatch.take(ready())
    assert isinstance(sent, BriefSent)
    assert not sent.notice_only
    assert sent.id != notice.id, "the trail has both"


def test_the_deadline_of_a_brief_that_is_out_sends_nothing(world: World) -> None:
    world.now = AT_LEAD_TIME
    sent = world.dispatch.take(ready())
    world.now = AT_DEADLINE
    assert world.dispatch.take(due("deadline")) == sent
    assert len(world.mailer.sent) == 1


@pytest.mark.parametrize("moment", ["lead time", "last look", "deadline"])
def test_a_moved_or_cancelled_call_lets_its_old_moments_pass(world: World, moment: str) -> None:
    world.dispatch.take(ready())
    world.now = AT_LEAD_TIME
    assert world.dispatch.take(due(moment, call_at=CALL_AT - timedelta(hours=1))) is None
    held = world.facts.assignments[LEAD]
    world.facts.assignments[LEAD] = held.model_copy(update={"cancelled": True})
    assert world.dispatch.take(due(moment)) is None
    assert world.dispatch.take(ready()) is None
    assert not world.mailer.sent


def test_a_failure_long_before_the_call_is_tried_again_at_its_time(world: World) -> None:
    event = failed()
    assert world.dispatch.take(event) is None
    world.now = AT_LEAD_TIME
    asked = world.dispatch.take(due("lead time", lead_id=event.lead_id))
    assert isinstance(asked, ResearchAsked)
    assert asked.reason == "there is no brief yet"
    sent = world.dispatch.take(event)
    assert isinstance(sent, BriefSent)
    assert sent.notice_only


def test_a_brief_whose_step_died_before_it_told_is_found_and_told(world: World) -> None:
    world.now = AT_LEAD_TIME
    told = world.dispatch.take(failed(lead_id=LEAD, research_id=ready().research_id))
    assert isinstance(told, BriefReady)
    assert world.bus.events == [told]
    assert (told.id, told.as_of) == (ready().id, ready().as_of), "as the step would have told it"
    assert world.mailer.sent == [], "nobody was told that there is none"
    sent = world.dispatch.take(told)
    assert isinstance(sent, BriefSent)
    assert not sent.notice_only
    assert world.dispatch.take(failed(lead_id=LEAD, research_id=ready().research_id)) == sent
    assert [mail.tags["kind"] for mail in world.mailer.sent] == ["brief"]


def test_of_a_failure_that_is_told_late_no_older_brief_is_dug_up(world: World) -> None:
    world.now = AT_LEAD_TIME
    sent = world.dispatch.take(again(world, "second", breaking=True))
    assert isinstance(sent, BriefSent)
    assert world.dispatch.take(failed(lead_id=LEAD, research_id=ready().research_id)) == sent
    assert len(world.mailer.sent) == 1


def test_of_a_cancelled_call_such_a_brief_is_not_sought(world: World) -> None:
    held = world.facts.assignments[LEAD]
    world.facts.assignments[LEAD] = held.model_copy(update={"cancelled": True})
    assert world.dispatch.take(failed(lead_id=LEAD, research_id=ready().research_id)) is None
    assert world.bus.events == []


def test_when_a_refresh_fails_the_brief_from_before_goes_marked(world: World) -> None:
    world.dispatch.take(ready())
    world.now = AT_LEAD_TIME
    sent = world.dispatch.take(failed(lead_id=LEAD, research_id="second"))
    assert isinstance(sent, BriefSent)
    assert sent.partial_because == "a later research failed"
    assert sent.research_id == ready().research_id


def test_a_story_that_breaks_after_sending_makes_one_short_update(world: World) -> None:
    world.now = AT_LEAD_TIME
    world.dispatch.take(ready())
    world.now = AT_LAST_LOOK
    assert isinstance(world.dispatch.take(due("last look")), ResearchAsked)
    event = again(world, "look", breaking=True)
    updated = world.dispatch.take(event)
    assert isinstance(updated, BriefUpdated)
    assert world.dispatch.take(event) == updated
    assert world.dispatch.take(again(world, "third", breaking=True)) == updated, "one update, not two"
    _, mail = world.mailer.sent
    assert mail.subject == "Update: Nordlicht stops <all> trucks · Ada Berg (Nordlicht Foods)"
    assert "&lt;all&gt;" in mail.html
    assert "https://o.example/1" in mail.text


def test_news_that_does_not_break_is_left_for_the_page(world: World) -> None:
    world.now = AT_LEAD_TIME
    first = world.dispatch.take(ready())
    assert world.dispatch.take(again(world, "look")) == first
    assert len(world.mailer.sent) == 1


def test_the_other_rep_gets_the_brief_too(world: World) -> None:
    world.now = AT_LEAD_TIME
    world.dispatch.take(ready())
    held = world.facts.assignments[LEAD]
    other = held.rep.model_copy(update={"name": "Dana", "email": "dana@seller.example"})
    world.facts.assignments[LEAD] = held.model_copy(update={"rep": other, "changes": ("ask",)})
    world.dispatch.take(ready())
    assert [mail.to for mail in world.mailer.sent] == ["jonas@seller.example", "dana@seller.example"]


def test_a_call_that_is_over_is_missed(world: World) -> None:
    world.dispatch.take(ready())
    world.now = CALL_AT + timedelta(minutes=1)
    assert isinstance(world.dispatch.take(due("lead time")), BriefMissed)


def test_an_erased_lead_has_no_moments(world: World) -> None:
    del world.facts.leads[LEAD], world.facts.assignments[LEAD]
    assert world.dispatch.take(due("deadline")) is None


def test_a_brief_is_read_back_as_it_is_stored(world: World) -> None:
    world.dispatch.take(ready())
    stored = world.readiness.newest(LEAD)
    assert stored is not None
    written = Brief.model_validate_json(world.documents.get(research_key(LEAD, stored.research_id, "brief.json")))
    assert (stored.as_of, stored.partial) == (written.as_of, written.partial)
