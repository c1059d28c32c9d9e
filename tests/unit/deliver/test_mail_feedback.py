"""What SES tells about a mail becomes an event of its lead, or names what is wrong with the message."""

from __future__ import annotations

import copy
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliver import handler as module
from deliver.mail_feedback import UnreadableFeedback, feedback_in, mail_event
from precall.errors import BusUnavailable, MailRefused
from precall.events import BriefBounced, BriefDelivered, BriefRelayed
from tests.unit.deliver.test_handler import Context, log, wiring
from tests.unit.deliver.world import CALL_AT, CONFIG, ROOT, FakeChannel, World, failed, ready

__all__ = ["log"]
SAMPLES: dict[str, Any] = json.loads((ROOT / "events/mail_feedback_sqs.json").read_text())
DETAILS: dict[str, dict[str, Any]] = {
    detail["eventType"]: detail for detail in (json.loads(r["body"])["detail"] for r in SAMPLES["Records"])
}
REP, MANAGER = "jonas@seller.example", "priya@seller.example"


@pytest.fixture
def world() -> World:
    return World()


def changed(kind: str, **parts: Any) -> dict[str, Any]:
    detail = copy.deepcopy(DETAILS[kind])
    detail[kind.lower()] |= parts
    return detail


def told(world: World, *details: dict[str, Any]) -> list[str]:
    for detail in details:
        world.returned.told(feedback_in(detail))
    return [event.type for event in world.bus.events]


def test_every_sample_becomes_an_event_of_its_lead(world: World) -> None:
    events = [mail_event(feedback_in(detail)) for detail in DETAILS.values()]
    assert [event.type for event in events if event] == [
        "brief.delivered",
        "brief.bounced",
        "brief.complained",
        "brief.opened",
        "brief.clicked",
    ]
    for event in events:
        assert event
        assert (event.lead_id, event.research_id) == (ready().lead_id, ready().research_id)
        assert event.correlation_id == ready().correlation_id


def test_a_bounce_says_why_without_the_address() -> None:
    event = mail_event(feedback_in(DETAILS["Bounce"]))
    assert isinstance(event, BriefBounced)
    assert event.permanent
    assert event.reason == "smtp; 550 5.1.1 <the address>: user unknown"


def test_the_same_event_told_twice_has_one_id() -> None:
    first, again = (mail_event(feedback_in(DETAILS["Delivery"])) for _ in range(2))
    assert isinstance(first, BriefDelivered)
    assert again
    assert first.id == again.id


def test_an_address_that_does_not_exist_gets_no_more_mail(world: World) -> None:
    assert told(world, DETAILS["Bounce"]) == ["brief.bounced"]
    assert world.addresses.suppressed(REP)
    outcome = world.delivery.deliver(ready())
    assert outcome.type == "brief.missed"
    assert [mail.to for mail in world.mailer.sent] == [MANAGER]


def test_a_full_mailbox_is_tried_again_with_the_next_brief(world: World) -> None:
    told(world, changed("Bounce", bounceType="Transient", bounceSubType="MailboxFull"))
    assert world.addresses.suppressed(REP) is None
    assert world.delivery.deliver(ready()).type == "brief.sent"


def test_the_next_channel_takes_over_where_the_first_refuses(world: World) -> None:
    slack, teams = FakeChannel("Slack", refuses=True), FakeChannel("Teams")
    world.channels += [slack, teams]
    assert told(world, DETAILS["Bounce"]) == ["brief.bounced", "relay.failed", "brief.relayed"]
    (message,) = teams.messages
    assert message.reason == "the mail came back (smtp; 550 5.1.1 <the address>: user unknown)"
    assert message.link.startswith(f"https://api.example/live/leads/{ready().lead_id}/brief?token=")
    assert "was sent by another channel" in world.mailer.sent[0].text


def test_told_again_nothing_is_sent_twice(world: World) -> None:
    world.channels.append(FakeChannel())
    told(world, DETAILS["Bounce"], DETAILS["Bounce"])
    assert len(world.mailer.sent) == len(world.channels[0].messages) == 1


def test_the_manager_learns_which_call_is_without_a_brief(world: World) -> None:
    told(world, DETAILS["Bounce"])
    (mail,) = world.mailer.sent
    assert mail.subject == (
        "A brief for Jonas Ferber came back: call with Ada Berg (Nordlicht Foods), Thu 12 Mar 2026, 10:30 CET"
    )
    assert "please see to it that Jonas Ferber gets it" in mail.text
    assert "lead" not in mail.tags


def test_spam_is_not_sent_again_elsewhere_but_stops(world: World) -> None:
    world.channels.append(FakeChannel())
    assert told(world, DETAILS["Complaint"]) == ["brief.complained"]
    assert world.addresses.suppressed(REP) == "abuse"
    assert not world.channels[0].messages


def test_after_the_call_nothing_is_sent_elsewhere(world: World) -> None:
    world.now = CALL_AT + timedelta(minutes=1)
    world.channels.append(FakeChannel())
    assert told(world, DETAILS["Bounce"]) == ["brief.bounced"]


def test_a_bounced_mail_to_a_manager_tells_nobody_and_stops(world: World) -> None:
    detail = copy.deepcopy(DETAILS["Bounce"])
    detail["mail"]["tags"]["kind"] = ["manager"]
    detail["bounce"]["bouncedRecipients"][0]["emailAddress"] = MANAGER
    assert told(world, detail) == []
    assert world.addresses.suppressed(MANAGER)
    told(world, DETAILS["Bounce"])
    assert world.mailer.sent == []


def test_an_erased_lead_keeps_its_trail_only(world: World) -> None:
    world.facts.leads.clear()
    assert told(world, DETAILS["Bounce"]) == ["brief.bounced"]
    assert world.mailer.sent == []


def test_a_manager_whom_ses_refuses_does_not_bring_the_message_back(world: World) -> None:
    world.mailer.error = MailRefused("suppressed")
    assert told(world, DETAILS["Bounce"]) == ["brief.bounced"]


def test_a_message_that_could_not_be_published_comes_again(world: World) -> None:
    world.bus.down = BusUnavailable("down")
    with pytest.raises(BusUnavailable):
        told(world, DETAILS["Bounce"])


def test_the_refused_mail_goes_by_another_channel_at_once(world: World) -> None:
    world.channels.append(FakeChannel())
    world.mailer.error = MailRefused("SES refused the mail")
    outcome = world.delivery.deliver(ready())
    assert isinstance(outcome, BriefRelayed)
    assert outcome.reason == "SES refused the mail"


def test_a_channel_beside_the_mail_gets_every_brief_once(world: World) -> None:
    world.channels += [FakeChannel("Slack", always=True), FakeChannel("Teams")]
    world.delivery.deliver(ready())
    world.delivery.deliver(ready())
    assert [len(channel.messages) for channel in world.channels] == [1, 0]


def test_a_channel_gets_the_notice_and_what_comes_after_it_and_tells_which_is_which(world: World) -> None:
    world.channels.append(FakeChannel("Slack", always=True))
    world.delivery.deliver(failed(lead_id=ready().lead_id, research_id=ready().research_id))
    world.delivery.deliver(ready())
    told = [event for event in world.bus.events if isinstance(event, BriefRelayed)]
    assert [event.notice_only for event in told] == [True, False]
    assert len({event.id for event in told}) == 2
    assert {event.to for event in told} == {REP}
    assert [message.brief is None for message in world.channels[0].messages] == [True, False]


def test_a_channel_learns_of_the_calls_other_time_and_so_does_the_other_rep(world: World) -> None:
    world.channels.append(FakeChannel("Slack", always=True))
    world.delivery.deliver(ready())
    known = world.facts.assignments[ready().lead_id]
    later = known.model_copy(update={"call_at": known.call_at + timedelta(hours=2)})
    other = later.model_copy(update={"rep": later.rep.model_copy(update={"email": "dana@seller.example"})})
    for now in (later, other):
        world.facts.assignments[ready().lead_id] = now
        world.delivery.deliver(ready())
        world.delivery.deliver(ready())
    assert len(world.channels[0].messages) == 3
    relayed = {event.id for event in world.bus.events if isinstance(event, BriefRelayed)}
    assert len(relayed) == 3


def test_the_handler_keeps_only_what_it_cannot_read(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "bootstrap", lambda: wiring(world))
    broken = {**SAMPLES["Records"][0], "body": '{"detail": {"eventType": "Bounce"}}', "messageId": "broken"}
    answer = module.mail_told({"Records": [*copy.deepcopy(SAMPLES["Records"]), broken]}, Context())
    assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == ["broken"]
    assert "jonas" not in log.getvalue()


@given(
    st.recursive(
        st.none() | st.text(max_size=5),
        lambda x: st.dictionaries(
            st.sampled_from(["eventType", "mail", "bounce", "tags", "messageId", "timestamp"]), x, max_size=4
        ),
        max_leaves=8,
    )
)
def test_what_is_no_event_of_ses_is_named_never_a_crash(detail: Any) -> None:
    if isinstance(detail, dict):
        with pytest.raises(UnreadableFeedback):
            feedback_in(detail)


def test_the_calendar_entry_is_in_the_calls_slot_with_the_briefs_link(world: World) -> None:
    world.config = CONFIG.model_copy(update={"mail": CONFIG.mail.model_copy(update={"calendar": True})})
    world.delivery.deliver(ready())
    (file,) = world.mailer.sent[0].attachments
    text = file.content.decode().replace("\r\n ", "")
    assert "METHOD:PUBLISH" in text
    assert "DTSTART:20260312T093000Z" in text
    assert "DTEND:20260312T100000Z" in text
    assert "SUMMARY:Brief for the call with Ada Berg (Nordlicht Foods)" in text
    assert f"/leads/{ready().lead_id}/brief?token=" in text
    assert "ATTENDEE" not in text


def test_without_the_teams_wish_there_is_no_calendar_entry(world: World) -> None:
    world.delivery.deliver(ready())
    assert world.mailer.sent[0].attachments == ()
