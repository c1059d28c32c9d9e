"""The step: a lead in, a stored collection and an event out."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from collect import handler as module
from collect.batch import Batch
from collect.bootstrap import bootstrap
from collect.claims import Claims
from collect.question import Question
from collect.step import Collector
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import load, research_key
from precall.errors import (
    BudgetSpent,
    BusUnavailable,
    InvalidConfiguration,
    LeadNotFound,
    ResearchRepeated,
    StorageUnavailable,
)
from precall.events import MentionsCollected
from precall.fetch import Door, FetchTimedOut
from precall.flights import MemoryFlights
from precall.ids import account_key
from precall.model import Account, AccountProfile, Collection, Lead, Prospect, ResearchTask
from tests.fakes import FakeAccounts, FakeBus, FakeDocuments, FakeFacts
from tests.unit.collect.support import mention

ROOT = Path(__file__).parents[3]
EVENT: dict[str, Any] = json.loads((ROOT / "events/collect.json").read_text())
TASK = ResearchTask.model_validate(EVENT)
NOW = datetime(2026, 3, 10, 14, 3, tzinfo=UTC)
CONTEXT = SimpleNamespace(
    function_name="collect",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-central-1:1:function:collect",
    aws_request_id="1",
)
KEY = research_key(TASK.lead_id, TASK.research_id, "collection.json")


class Echo:
    """A source that says as of when it was asked; a search that never answers."""

    waits = False
    resolves = True

    def __init__(self, name: str, *, answers: bool = True) -> None:
        self.name = name
        self.label = name
        self.answers = answers

    def lacks(self, question: Question) -> str | None:
        return None

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        if not self.answers:
            raise FetchTimedOut("gave no complete answer within 6 s")
        told = mention(title=f"As of {question.as_of:%Y}", published_at=question.as_of - timedelta(hours=1))
        yield Batch((told,), profile=AccountProfile(names=("Marlbrook",)))


class Step:
    """A collector on fakes."""

    def __init__(self, stage: str = "development", replay_origin: str | None = None, **lead: Any) -> None:
        self.facts, self.documents, self.bus = FakeFacts(), FakeDocuments(), FakeBus()
        self.accounts = FakeAccounts()
        config = ConfigStore(self.documents)
        example = (ROOT / "precall.example.yaml").read_text()
        config.push(parse_config(example.replace("reading: 3", "reading: 0")))
        prospect = Prospect(account=Account(name="Marlbrook Pumps"))
        known = Lead(id=TASK.lead_id, crm="generic", acquired_at=NOW, correlation_id="c", prospect=prospect, **lead)
        self.facts.add_lead(known, 90)
        sources = (Echo("google_news"), Echo("hacker_news", answers=False))
        claims = Claims(self.facts, MemoryFlights(), lambda: NOW)
        self.collector = Collector(
            self.facts, claims, self.accounts, self.documents, self.bus, config, sources, lambda: NOW, stage,
            replay_origin,
        )  # fmt: skip

    @property
    def stored(self) -> Collection:
        return load(self.documents, KEY, Collection)


def test_what_was_collected_is_stored_and_told() -> None:
    step = Step()
    collection = step.collector.collect(TASK)
    assert step.stored == collection
    assert (collection.as_of, collection.window_days) == (NOW, 30)
    assert [report.state for report in collection.reports] == ["answered", "failed"]
    (event,) = step.bus.events
    assert isinstance(event, MentionsCollected)
    assert (event.mentions, event.asked, event.answered, event.failed) == (1, 2, 1, ("hacker_news",))
    assert (event.correlation_id, event.research_id, event.at) == (TASK.correlation_id, TASK.research_id, NOW)


@pytest.mark.parametrize(("stage", "year"), [("development", 2022), ("production", 2026)])
def test_the_past_is_replayed_in_development_only(stage: str, year: int) -> None:
    step = Step(stage, as_of=datetime(2022, 3, 10, tzinfo=UTC))
    collection = step.collector.collect(TASK)
    assert collection.as_of.year == year
    assert collection.mentions[0].title == f"As of {year}"


def test_a_second_run_tells_the_same_event() -> None:
    step = Step()
    step.collector.collect(TASK)
    step.collector.collect(TASK)
    assert len({event.id for event in step.bus.events}) == 1


def test_what_was_found_out_about_the_account_is_kept_and_used_by_the_next_lead() -> None:
    step, key = Step(), account_key(None, "Marlbrook Pumps")
    step.accounts.profiles[key] = AccountProfile(wikidata="Q1", checked_at=NOW - timedelta(days=1))
    collection = step.collector.collect(TASK)
    assert (collection.profile.names, collection.profile.wikidata) == (("Marlbrook",), "Q1")
    assert step.accounts.profiles[key] == collection.profile
    assert collection.profile.checked_at == NOW


def test_research_goes_on_without_what_is_known_of_the_account(caplog: pytest.LogCaptureFixture) -> None:
    step = Step()
    step.accounts.down = StorageUnavailable("DynamoDB is down")
    assert step.collector.collect(TASK).mentions
    assert [record.levelname for record in caplog.records if record.name == "collect.step"] == ["WARNING"] * 2


def test_replaying_is_refused_when_deployed() -> None:
    step = Step("production", "http://127.0.0.1:8123")
    with pytest.raises(InvalidConfiguration, match="REPLAY_ORIGIN"):
        step.collector.collect(TASK)
    assert KEY not in step.documents.texts


def test_an_unknown_lead_and_a_bus_that_is_down_are_errors_of_the_step() -> None:
    step = Step()
    with pytest.raises(LeadNotFound):
        step.collector.collect(TASK.model_copy(update={"lead_id": "unknown"}))
    step.bus.down = BusUnavailable("down")
    with pytest.raises(BusUnavailable):
        step.collector.collect(TASK)
    assert step.stored.mentions


def test_the_handler_gives_the_task_back(monkeypatch: pytest.MonkeyPatch) -> None:
    step, said = Step(), io.StringIO()
    monkeypatch.setattr(module, "bootstrap", lambda: step.collector)
    monkeypatch.setattr(module.logger.registered_handler, "stream", said)
    assert module.handler(EVENT, CONTEXT) == TASK.model_dump(mode="json")
    assert TASK.correlation_id in said.getvalue()
    assert "Marlbrook" not in said.getvalue()


@pytest.mark.parametrize("missing", ["STAGE", "TABLE_NAME", "BUCKET_NAME", "BUS_NAME"])
def test_a_missing_setting_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STAGE", "TABLE_NAME", "BUCKET_NAME", "BUS_NAME"):
        monkeypatch.setenv(name, "development")
    monkeypatch.delenv(missing)
    bootstrap.cache_clear()
    with pytest.raises(InvalidConfiguration, match=f"{missing}: is missing"):
        bootstrap()


def test_beyond_the_days_budget_nobody_is_asked_and_nothing_is_stored() -> None:
    step = Step()
    limit = step.collector.config.current().budget.researches_a_day
    while step.collector.budget.take(NOW, limit):
        pass
    with pytest.raises(BudgetSpent, match="researches_a_day"):
        step.collector.collect(TASK)
    assert KEY not in step.documents.texts
    assert not step.bus.events


def test_the_handler_hands_on_that_the_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    step = Step()
    monkeypatch.setattr(module, "bootstrap", lambda: step.collector)
    monkeypatch.setattr(step.collector.budget, "take", lambda at, limit: False)
    assert module.handler(EVENT, CONTEXT)["beyond_budget"]


def test_a_research_that_another_execution_does_asks_nobody_and_takes_nothing_of_the_budget() -> None:
    step = Step()
    step.collector.claims.take(TASK.model_copy(update={"execution": "another"}))
    with pytest.raises(ResearchRepeated):
        step.collector.collect(TASK)
    assert KEY not in step.documents.texts
    assert not step.bus.events
    assert step.collector.budget.take(NOW, 1)


def test_the_handler_hands_on_that_the_research_is_another_executions(monkeypatch: pytest.MonkeyPatch) -> None:
    step = Step()
    monkeypatch.setattr(module, "bootstrap", lambda: step.collector)
    assert not module.handler({**EVENT, "execution": "first"}, CONTEXT)["repeated"]
    assert module.handler({**EVENT, "execution": "second"}, CONTEXT)["repeated"]
