"""forget as deployed: its own wiring on moto, a queue's message in its real shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from cli.asked import Asked
from forget import bootstrap as wiring
from forget import handler as step
from forget.logic import Forgetting
from precall.again import HOUR
from precall.before_call import schedule_name
from precall.budget import BudgetSettings
from precall.config_store import ConfigStore
from precall.documents import S3Documents, research_key
from precall.erasure_asks import ErasureAsk, ErasureAsks
from precall.errors import BusUnavailable
from precall.events import BriefWrittenBack, ErasureAsked, LeadErased, NoteErasureFailed
from precall.facts import DynamoFacts
from precall.inbox import Failures, event_in
from precall.model import Account, Contact, Lead, Prospect
from precall.suppression import SuppressionList, contact_mark, contact_marks
from tests.fakes import FakeBus
from tests.integration.core.stack import BUCKET, REGION, TABLE, bodies, queue_behind_the_bus, stack
from tests.unit.deliver.world import CONFIG

pytestmark = pytest.mark.integration
MESSAGE: dict[str, Any] = json.loads((Path(__file__).parents[3] / "events/forget_sqs.json").read_text())
ASKED = event_in(MESSAGE["Records"][0]["body"])
NOW = datetime.now(UTC)
KEEP = 730
ADA = Prospect(
    account=Account(name="Acme", domain="acme.example"), contact=Contact(name="Ada Berg", email="a@acme.example")
)
GROUP = "calls"


class Context:
    """What the handler's decorators read."""

    function_name, memory_limit_in_mb, aws_request_id = "forget", 1024, "r"
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:forget"


def lead(lead_id: str = ASKED.lead_id, crm: str = "hubspot", crm_id: str | None = "51") -> Lead:
    return Lead(id=lead_id, crm=crm, crm_id=crm_id, acquired_at=NOW, correlation_id="c", prospect=ADA)


class World:
    """The table and the bucket with one lead; `brought` is one delivery of the message about a lead."""

    def __init__(self) -> None:
        self.table = boto3.resource("dynamodb").Table(TABLE)
        self.facts, self.asks = DynamoFacts(self.table), ErasureAsks(self.table)
        self.documents = S3Documents(boto3.client("s3"), BUCKET)
        self.events = queue_behind_the_bus()
        self.scheduler = boto3.client("scheduler")
        self.scheduler.create_schedule_group(Name=GROUP)
        self.sqs = boto3.client("sqs")
        self.queue = self.sqs.create_queue(QueueName="forget")["QueueUrl"]
        self.settings(20)
        self.add(lead())

    def settings(self, an_hour: int) -> None:
        wanted = CONFIG.model_copy(update={"budget": BudgetSettings(erasures_an_hour=an_hour)})
        ConfigStore(self.documents).push(wanted)

    def add(self, one: Lead) -> None:
        self.facts.add_lead(one, KEEP)
        self.documents.put(research_key(one.id, "r", "brief.html"), "about Ada Berg")
        self.scheduler.create_schedule(
            Name=schedule_name(one.id, "deadline"), GroupName=GROUP, ScheduleExpression="at(2036-01-01T00:00:00)",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": f"arn:aws:sqs:{REGION}:123456789012:x", "RoleArn": "arn:aws:iam::123456789012:role/x"},
        )  # fmt: skip

    def ask(self, lead_id: str = ASKED.lead_id) -> None:
        self.facts.ask_erasure(lead_id, "hubspot", NOW, KEEP)

    def asked(self, lead_id: str = ASKED.lead_id) -> ErasureAsk:
        found = self.asks.get(lead_id)
        assert found
        return found

    def brought(self, lead_id: str = ASKED.lead_id) -> bool:
        """Whether the message is done."""
        event = ErasureAsked(lead_id=lead_id, correlation_id="c", at=NOW, crm="hubspot")
        body = json.dumps({"detail": event.model_dump(mode="json")})
        failures: Failures = step.handler({"Records": [MESSAGE["Records"][0] | {"body": body}]}, Context())
        return failures == {"batchItemFailures": []}

    def left(self) -> set[str]:
        """The leads that are kept."""
        return {str(one["pk"]).removeprefix("LEAD#") for one in self.table.scan()["Items"] if one["sk"] == "LEAD"}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with stack(monkeypatch):
        made = World()
        monkeypatch.setenv("QUEUE_URL", made.queue)
        monkeypatch.setenv("SCHEDULE_GROUP", GROUP)
        monkeypatch.setattr(wiring, "utc_now", lambda: NOW)  # no hour ends while a test runs
        wiring.bootstrap.cache_clear()
        yield made
        wiring.bootstrap.cache_clear()


def test_who_was_asked_for_goes_with_all_that_is_theirs_and_what_went_is_recorded(world: World) -> None:
    world.add(lead("second", crm="generic", crm_id=None))
    world.facts.append(
        BriefWrittenBack(
            lead_id=ASKED.lead_id, correlation_id="c", at=NOW, research_id="r", crm="hubspot", note_id="1", records=()
        ),
        KEEP,
    )
    world.ask()
    assert world.brought()
    assert world.left() == set(), "also what another way brought about the same person"
    assert list(world.documents.keys_below("research/")) == []
    assert world.scheduler.list_schedules(GroupName=GROUP)["Schedules"] == []
    ask = world.asked()
    assert (ask.state, ask.by) == ("erased", "crm")
    assert (ask.counts["leads"], ask.counts["documents"], ask.counts["schedules"]) == (2, 2, 2)
    erased = [event for event in world.facts.trail(ASKED.lead_id) if isinstance(event, LeadErased)]
    assert [one.by for one in erased] == ["crm"]
    assert [event_in(body).type for body in bodies(world.events)] == ["note.erasure_asked"]
    assert world.facts.suppressed(lead("again"))
    kept = str([{name: str(value) for name, value in one.items()} for one in world.table.scan()["Items"]]).lower()
    assert "berg" not in kept
    assert "a@acme" not in kept


def test_a_message_that_nobody_asked_for_erases_nothing(world: World) -> None:
    assert world.brought()
    assert world.left() == {ASKED.lead_id}


def test_a_redelivery_erases_nothing_more(world: World) -> None:
    world.ask()
    assert world.brought()
    before = world.asked()
    world.add(lead())
    assert world.brought()
    assert (world.asked(), world.left()) == (before, {ASKED.lead_id})


def test_what_was_stopped_half_way_is_told_and_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.ask()
    world.table.put_item(Item={"pk": f"LEAD#{ASKED.lead_id}", "sk": "NOTE#r", "tries": 1})
    down = FakeBus()
    down.down = BusUnavailable("EventBridge did not take it")
    rights = wiring.bootstrap().step.rights
    with monkeypatch.context() as patch:
        patch.setattr(type(rights.bus), "publish", lambda _, *events: down.publish(*events))
        assert not world.brought()
    assert world.left() == {ASKED.lead_id}
    assert world.asked().trouble == "BusUnavailable: EventBridge did not take it"
    assert world.brought()
    assert (world.left(), world.asked().trouble, world.asked().state) == (set(), None, "erased")


def test_a_lead_that_is_gone_is_done(world: World) -> None:
    world.ask("gone")
    assert world.brought("gone")
    assert (world.asked("gone").state, world.left()) == ("erased", {ASKED.lead_id})


def test_beyond_an_hours_erasures_a_message_waits_an_hour_and_keeps_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.settings(1)
    waits = list[int]()
    monkeypatch.setattr(wiring.bootstrap().again, "_after", lambda _, seconds: waits.append(seconds))
    other = lead("other", crm_id="52").model_copy(update={"prospect": Prospect(account=Account(name="Other"))})
    world.add(other)
    world.ask()
    world.ask("other")
    assert world.brought()
    assert not world.brought("other")
    assert (world.left(), waits) == ({"other"}, [HOUR])
    later = wiring.bootstrap().step
    hour = Forgetting(
        later.asks, later.facts, later.rights, later.budget, later.config, lambda: NOW + timedelta(hours=1)
    )
    assert hour.forget(ErasureAsked(lead_id="other", correlation_id="c", at=NOW, crm="hubspot"))
    assert world.left() == set()


def test_with_none_an_hour_it_is_left_to_the_operator(world: World) -> None:
    world.settings(0)
    world.ask()
    assert world.brought()
    assert (world.left(), world.asked().state) == ({ASKED.lead_id}, "asked")


def test_a_message_that_is_none_comes_again_soon(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = list[int]()
    monkeypatch.setattr(wiring.bootstrap().again, "_after", lambda _, seconds: waits.append(seconds))
    record = MESSAGE["Records"][0] | {"body": "{}"}
    assert step.handler({"Records": [record]}, Context())["batchItemFailures"]
    assert waits == [5]


def operator(world: World) -> Asked:
    return Asked(wiring.bootstrap().step.rights, world.asks, KEEP)


def test_an_operator_sees_what_became_of_each_and_finishes_by_hand(world: World) -> None:
    world.facts.append(ErasureAsked(lead_id=ASKED.lead_id, correlation_id="c", at=NOW, crm="hubspot"), KEEP)
    (waiting,) = operator(world).waiting()
    assert waiting.lead_id == ASKED.lead_id, "also what was asked before there was a list"
    ((line, _),) = operator(world).told()
    assert line.endswith("; it waits")
    operator(world).finish(waiting, lambda _: None)
    assert (world.left(), operator(world).waiting()) == (set(), [])
    refused = "HubSpot refused DELETE objects/notes/1 (HTTP 403)"
    world.facts.append(
        NoteErasureFailed(
            lead_id=ASKED.lead_id, correlation_id="c", at=NOW, research_id="r", crm="hubspot", part="note",
            reason=refused,
        ),
        KEEP,
    )  # fmt: skip
    told = list(operator(world).told())
    assert "by an operator: " in told[0][0]
    assert "1 documents, 1 schedules" in told[0][0]
    assert told[1:] == [(f"lead {ASKED.lead_id}: {refused}", False)]


def test_what_nobody_asked_for_is_dismissed_and_its_message_erases_nothing(world: World) -> None:
    world.ask()
    marks = {contact_mark("hubspot", "51"), *contact_marks(ADA.account, ADA.contact, "hubspot")}
    world.facts.suppress({*marks, "email:somebody@else.example"})
    for waiting in operator(world).waiting():
        operator(world).dismiss(waiting)
    assert world.brought()
    suppressed = SuppressionList(world.table)
    assert [mark for mark in sorted(marks) if suppressed.has([mark])] == []
    assert suppressed.has(["email:somebody@else.example"])
    assert (world.left(), world.asked().state) == ({ASKED.lead_id}, "dismissed")
    ((line, good),) = operator(world).told()
    assert ("dismissed" in line, good) == (True, True)
