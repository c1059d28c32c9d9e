"""The step as Lambda runs it: a task in, the same task out, the ranking stored, the others told."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import load, research_key
from precall.errors import DocumentNotFound, InvalidConfiguration
from precall.events import StoriesRanked
from precall.feedback import NoFeedback
from precall.model import Lead, Ranking, ResearchTask
from rank import bootstrap
from rank import handler as module
from rank.step import RankStep
from tests.fakes import FakeBaselines, FakeBus, FakeDocuments, FakeFacts
from tests.unit.rank.given import KESTREL, NOW, collection, mention

ROOT = Path(__file__).parents[3]
EVENT: dict[str, Any] = json.loads((ROOT / "events/rank.json").read_text())
CONTEXT = SimpleNamespace(
    function_name="rank", memory_limit_in_mb=1769, invoked_function_arn="arn:aws:lambda:::rank", aws_request_id="r-1"
)


@pytest.fixture
def documents() -> FakeDocuments:
    documents = FakeDocuments()
    ConfigStore(documents).push(parse_config((ROOT / "precall.example.yaml").read_text()))
    return documents


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch, documents: FakeDocuments) -> FakeBus:
    bus = FakeBus()
    facts = FakeFacts()
    facts.add_lead(lead(purpose="quote"), 90)
    config = ConfigStore(documents)
    step = RankStep(facts, FakeBaselines(), NoFeedback(), documents, bus, config, lambda: NOW)
    monkeypatch.setattr(module, "bootstrap", lambda: step)
    return bus


def lead(**other: Any) -> Lead:
    known = {"id": EVENT["lead_id"], "crm": "generic", "acquired_at": NOW, "correlation_id": "c", "prospect": KESTREL}
    return Lead.model_validate(known | other)


def key(name: str) -> str:
    return research_key(EVENT["lead_id"], EVENT["research_id"], name)


def test_the_ranking_is_stored_and_told_and_the_task_goes_on(documents: FakeDocuments, bus: FakeBus) -> None:
    documents.put(key("collection.json"), collection([mention("Kestrelon grows"), mention("Rain")]).model_dump_json())
    answer = module.handler(EVENT, CONTEXT)
    assert ResearchTask.model_validate(answer) == ResearchTask.model_validate(EVENT)
    assert len(load(documents, key("ranking.json"), Ranking).stories) == 1
    (event,) = bus.events
    assert isinstance(event, StoriesRanked)
    assert (event.stories, event.set_aside) == (1, {"does not name the prospect": 1})


def test_the_call_of_the_lead_changes_what_counts(documents: FakeDocuments, bus: FakeBus) -> None:
    documents.put(key("collection.json"), collection([mention("Kestrelon raises €30m")]).model_dump_json())
    module.handler(EVENT, CONTEXT)
    (story,) = load(documents, key("ranking.json"), Ranking).stories
    assert next(part.because for part in story.parts if part.name == "context") == "funding in a quote"


def test_the_second_research_of_an_account_has_a_history(documents: FakeDocuments, bus: FakeBus) -> None:
    found = collection(mention(f"Kestrelon note {n}", hours=24 * n) for n in range(3, 9)).model_dump_json()
    rankings = []
    for research in ("first", "second", "second"):
        documents.put(research_key(EVENT["lead_id"], research, "collection.json"), found)
        module.handler({**EVENT, "research_id": research}, CONTEXT)
        rankings.append(load(documents, research_key(EVENT["lead_id"], research, "ranking.json"), Ranking))
    assert [ranking.chatter.normal_from for ranking in rankings] == ["window", "history", "history"]
    assert rankings[1] == rankings[2]


def test_doing_it_twice_is_the_same_happening(documents: FakeDocuments, bus: FakeBus) -> None:
    documents.put(key("collection.json"), collection([mention("Kestrelon grows")]).model_dump_json())
    module.handler(EVENT, CONTEXT)
    stored = dict(documents.texts)
    module.handler(EVENT, CONTEXT)
    assert documents.texts == stored
    assert bus.events[0].id == bus.events[1].id


def test_without_a_collection_the_workflow_learns_the_class_of_the_error(bus: FakeBus) -> None:
    with pytest.raises(DocumentNotFound):
        module.handler(EVENT, CONTEXT)
    assert bus.events == []


def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.bootstrap.cache_clear()
    monkeypatch.setenv("STAGE", "development")
    monkeypatch.setenv("TABLE_NAME", "t")
    monkeypatch.setenv("BUCKET_NAME", "b")
    monkeypatch.delenv("BUS_NAME", raising=False)
    with pytest.raises(InvalidConfiguration, match="BUS_NAME: is missing"):
        bootstrap.bootstrap()
