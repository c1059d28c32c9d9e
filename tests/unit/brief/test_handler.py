"""The step as Lambda runs it: three forms stored, the others told, the task handed on."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from brief import bootstrap
from brief import handler as module
from brief.step import BriefStep
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import load, research_key
from precall.errors import DocumentNotFound, InvalidConfiguration, InvalidLead, LeadNotFound
from precall.events import BriefReady
from precall.links import Links
from precall.model import Brief, ResearchTask
from precall.model.ledger import Ledger
from tests.fakes import FakeBriefed, FakeBus, FakeDocuments, FakeFacts
from tests.unit.brief.situation import RICH, assignment, lead, ranking_of
from tests.unit.rank.given import NOW, collection

ROOT = Path(__file__).parents[3]
PARTIAL: dict[str, Any] = json.loads((ROOT / "events/brief.json").read_text())
EVENT: dict[str, Any] = {**PARTIAL, "failures": []}
LEAD_ID, RESEARCH_ID = PARTIAL["lead_id"], PARTIAL["research_id"]
CONTEXT = SimpleNamespace(
    function_name="brief", memory_limit_in_mb=1024, invoked_function_arn="arn:aws:lambda:::brief", aws_request_id="r-1"
)


class World:
    """The ports of the step, filled with one research."""

    def __init__(self) -> None:
        self.documents, self.bus, self.facts = FakeDocuments(), FakeBus(), FakeFacts()
        self.briefed = FakeBriefed()
        config = ConfigStore(self.documents)
        config.push(parse_config((ROOT / "precall.example.yaml").read_text()))
        self.facts.leads[LEAD_ID] = lead(id=LEAD_ID)
        held = assignment().model_copy(update={"lead_id": LEAD_ID, "research_id": RESEARCH_ID})
        self.facts.assignments[LEAD_ID] = held
        found = collection(RICH, lead_id=LEAD_ID, research_id=RESEARCH_ID)
        self.put("collection.json", found.model_dump_json())
        self.put("ranking.json", ranking_of(found).model_dump_json())
        self.step = BriefStep(
            facts=self.facts,
            briefed=self.briefed,
            documents=self.documents,
            bus=self.bus,
            config=config,
            links=lambda: Links("https://api.example/live", ("k1",)),
            clock=lambda: NOW,
        )

    def put(self, name: str, text: str) -> None:
        self.documents.put(research_key(LEAD_ID, RESEARCH_ID, name), text)

    def drop(self, name: str) -> None:
        del self.documents.texts[research_key(LEAD_ID, RESEARCH_ID, name)]

    def get(self, name: str) -> str:
        return self.documents.get(research_key(LEAD_ID, RESEARCH_ID, name))

    @property
    def brief(self) -> Brief:
        return load(self.documents, research_key(LEAD_ID, RESEARCH_ID, "brief.json"), Brief)

    @property
    def told(self) -> BriefReady:
        (event,) = self.bus.events
        assert isinstance(event, BriefReady)
        return event


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(module, "bootstrap", lambda: world.step)
    return world


def test_the_brief_is_stored_in_three_forms_and_told(world: World) -> None:
    answer = module.handler(EVENT, CONTEXT)
    assert ResearchTask.model_validate(answer) == ResearchTask.model_validate(EVENT)
    assert world.get("brief.html").startswith("<!doctype html>")
    assert "KESTRELON LOGISTICS GMBH" in world.get("brief.txt")
    assert (world.told.stories, world.told.partial) == (len(world.brief.stories), False)
    assert world.told.as_of == world.brief.as_of
    assert world.told.research_id == RESEARCH_ID


def test_whoever_finds_the_brief_finds_all_its_forms(world: World) -> None:
    module.handler(EVENT, CONTEXT)
    forms = {"brief.html", "brief.txt", "page.html", "note.txt", "ledger.json"}
    written = [key.rpartition("/")[2] for key in world.documents.texts]
    assert written[-1] == "brief.json"
    assert forms <= set(written)


def test_the_brief_links_to_its_own_page(world: World) -> None:
    module.handler(EVENT, CONTEXT)
    link = world.brief.link or ""
    start, token = link.split("?token=")
    assert start == f"https://api.example/live/leads/{LEAD_ID}/brief"
    Links("", ("k1",)).check(LEAD_ID, token)


def test_the_ledger_of_the_brief_is_stored_beside_it(world: World) -> None:
    module.handler(EVENT, CONTEXT)
    kept = Ledger.model_validate_json(world.get("ledger.json"))
    assert [entry.text for entry in kept.entries] == [sentence.text for _, sentence in world.brief.sentences()]


def test_what_the_brief_quotes_is_kept_with_the_account(world: World) -> None:
    module.handler(EVENT, CONTEXT)
    told = world.step.briefed.told(world.brief.prospect.key)
    quotes = [signal.quote for signal in world.brief.signals] + [story.headline for story in world.brief.stories]
    assert [snippet.text for snippet in told][:1] == [world.brief.signals[0].quote.text]
    assert {snippet.url for snippet in told} == {quote.citations[0].url for quote in quotes}
    assert told[0].signal == world.brief.signals[0].kind


def next_day(world: World) -> None:
    """The same account again, a day later."""
    later = collection(RICH, lead_id=LEAD_ID, research_id="research-2", as_of=NOW + timedelta(days=1))
    for name, made in {"collection.json": later, "ranking.json": ranking_of(later)}.items():
        world.documents.put(research_key(LEAD_ID, "research-2", name), made.model_dump_json())
    module.handler({**EVENT, "research_id": "research-2"}, CONTEXT)


def test_the_next_brief_of_the_account_says_what_is_new(world: World) -> None:
    module.handler(EVENT, CONTEXT)
    module.handler(EVENT, CONTEXT)
    assert world.brief.since is None
    next_day(world)
    second = load(world.documents, research_key(LEAD_ID, "research-2", "brief.json"), Brief)
    assert second.since is not None
    assert second.since.text == "Nothing new since Mar 10, 2026."


def test_an_erased_earlier_brief_is_as_none(world: World) -> None:
    module.handler(EVENT, CONTEXT)
    world.drop("brief.json")
    next_day(world)
    assert load(world.documents, research_key(LEAD_ID, "research-2", "brief.json"), Brief).since is None


def test_after_a_failed_ranking_the_brief_is_partial(world: World) -> None:
    world.drop("ranking.json")
    module.handler(PARTIAL, CONTEXT)
    assert world.told.partial
    assert world.brief.failures == ("Ranking failed (StorageUnavailable): the newest mentions are shown, unranked.",)


def test_a_ranking_that_a_failed_step_left_behind_is_not_used(world: World) -> None:
    module.handler(PARTIAL, CONTEXT)
    assert not world.brief.ranked


def test_after_a_failed_collection_the_brief_still_comes(world: World) -> None:
    world.drop("collection.json")
    world.drop("ranking.json")
    module.handler({**EVENT, "failures": [{"step": "collect", "error": "States.Timeout"}]}, CONTEXT)
    assert (world.told.stories, world.told.partial) == (0, True)
    assert "The sources could not be asked" in world.get("brief.txt")


def test_the_clock_of_a_replayed_lead_is_its_own(world: World) -> None:
    earlier = NOW.replace(year=2022)
    world.facts.leads[LEAD_ID] = lead(id=LEAD_ID, as_of=earlier)
    module.handler({**EVENT, "failures": [{"step": "collect", "error": "States.Timeout"}]}, CONTEXT)
    assert world.brief.as_of == earlier


def test_what_is_missing_without_a_failure_is_an_error_of_a_known_class(world: World) -> None:
    world.drop("collection.json")
    with pytest.raises(DocumentNotFound):
        module.handler(EVENT, CONTEXT)
    assert world.bus.events == []


def test_an_unknown_lead_and_a_lead_without_a_prospect_are_named(world: World) -> None:
    world.facts.leads[LEAD_ID] = lead(id=LEAD_ID, prospect=None)
    with pytest.raises(InvalidLead, match="nobody to brief on"):
        module.handler(EVENT, CONTEXT)
    world.facts.leads.clear()
    with pytest.raises(LeadNotFound):
        module.handler(EVENT, CONTEXT)


def test_nothing_personal_is_logged(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(module.logger.registered_handler, "stream", log)
    module.handler(EVENT, CONTEXT)
    logged = log.getvalue()
    assert LEAD_ID in logged
    assert not any(word in logged for word in ("Ada Berg", "Dana", "dana@", "Nordfracht", "token="))


def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.bootstrap.cache_clear()
    for name, value in {"STAGE": "development", "TABLE_NAME": "t", "BUCKET_NAME": "b", "BUS_NAME": "e"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    monkeypatch.delenv("SECRETS_PREFIX", raising=False)
    with pytest.raises(InvalidConfiguration, match=r"PUBLIC_URL: is missing.*SECRETS_PREFIX: is missing"):
        bootstrap.bootstrap()
