"""Events: an id for each happening, one shape on the wire."""

from __future__ import annotations

import importlib
import json
import pkgutil
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import ValidationError

from precall import events
from precall.errors import PrecallError
from precall.events import BriefSent, Event, LeadAcquired, ResearchFailed, kinds, parse_event
from precall.inbox import Unreadable, event_in

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
KINDS = kinds()
SAMPLES = json.loads((Path(__file__).parents[3] / "events/audit_sqs.json").read_text())["Records"]


def sent(**changes: object) -> BriefSent:
    event = BriefSent(
        lead_id="1",
        correlation_id="c",
        at=NOW,
        research_id="r",
        to="jonas@seller.example",
        call_at=NOW + timedelta(hours=1),
        message_id="ses-1",
        minutes_before_call=60,
    )
    return event.model_copy(update=changes)


def test_the_same_happening_has_the_same_id_however_often_it_is_told() -> None:
    assert sent().id == sent(at=NOW + timedelta(minutes=3), correlation_id="other", message_id="ses-2").id


@pytest.mark.parametrize("other", [{"lead_id": "2"}, {"research_id": "q"}, {"call_at": NOW}])
def test_another_happening_has_another_id(other: dict[str, object]) -> None:
    assert sent(**other).id != sent().id


def test_the_id_does_not_depend_on_how_a_time_was_written() -> None:
    elsewhere = sent().model_dump() | {"call_at": sent().call_at.astimezone(timezone(timedelta(hours=5)))}
    assert BriefSent.model_validate(elsewhere).id == sent().id


def test_different_kinds_of_event_never_share_an_id() -> None:
    missed = {"lead_id": "1", "research_id": "r", "call_at": sent().call_at, "at": NOW, "correlation_id": "c"}
    assert parse_event({**missed, "type": "brief.missed", "reason": "x"}).id != sent().id


def test_an_event_survives_the_wire() -> None:
    assert parse_event(json.loads(sent().model_dump_json())) == sent()


def test_the_types_are_past_tense_and_distinct() -> None:
    types = [kind.model_fields["type"].default for kind in KINDS]
    assert len(set(types)) == len(KINDS)
    assert all(name.count(".") == 1 for name in types)


def test_every_kind_is_known_by_its_name_and_by_its_type() -> None:
    for module in pkgutil.iter_modules(events.__path__):
        importlib.import_module(f"precall.events.{module.name}")
    assert set(Event.__subclasses__()) == set(KINDS)
    assert {kind.__name__ for kind in KINDS} | {"Event", "kinds", "parse_event"} == set(events.__all__)
    for kind in KINDS:
        with pytest.raises(ValidationError) as caught:
            parse_event({"type": kind.model_fields["type"].default})
        assert caught.value.errors()[0]["loc"][0] == kind.model_fields["type"].default


def test_every_kind_says_what_makes_it_unique() -> None:
    for kind in KINDS:
        assert set(kind.business_key) <= set(kind.model_fields)


@pytest.mark.parametrize("detail", [None, {}, [], "x", {"type": "lead.lost"}, {"type": "lead.acquired"}])
def test_what_is_no_event_is_refused(detail: object) -> None:
    with pytest.raises(ValidationError):
        parse_event(detail)


def test_an_event_of_a_later_version_is_not_misread() -> None:
    acquired = LeadAcquired(lead_id="1", correlation_id="c", at=NOW, crm="generic")
    with pytest.raises(ValidationError):
        parse_event({**acquired.model_dump(mode="json"), "version": 2})


def test_a_queues_message_holds_the_event() -> None:
    assert event_in(SAMPLES[0]["body"]).type == "lead.acquired"


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "{}", '{"detail": 1}', '{"detail": {}}', "\ud800"])
def test_a_message_without_an_event_is_unreadable(body: str) -> None:
    with pytest.raises(Unreadable, match="a message without an event of Precall"):
        event_in(body)


def test_an_unreadable_message_is_described_without_its_content() -> None:
    body = SAMPLES[1]["body"].replace("jonas@seller.example", "Jonas Ferber at home")
    with pytest.raises(PrecallError) as caught:
        event_in(body)
    assert "lead.assigned.rep" in str(caught.value)
    assert "Ferber" not in str(caught.value)


@pytest.mark.parametrize(
    ("step", "doing"), [("collect", "asking the sources"), ("brief", "writing the brief"), ("new", "new")]
)
def test_a_failure_says_what_was_being_done(step: str, doing: str) -> None:
    event = ResearchFailed(lead_id="1", correlation_id="c", at=NOW, research_id="r", step=step, error="E")
    assert event.doing == doing
