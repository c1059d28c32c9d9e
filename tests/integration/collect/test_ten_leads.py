"""Ten leads of one company in a minute: the whole step ten times at once, over real sockets, asks the outside once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

import replay
from collect.claims import Claims
from collect.sources import SOURCES
from collect.step import Collector
from precall.clock import utc_now
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.flights import MemoryFlights
from precall.model import Account, Lead, Prospect, ResearchTask
from tests.fakes import FakeAccounts, FakeBus, FakeDocuments, FakeFacts

pytestmark = pytest.mark.integration
AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
EXAMPLE = (Path(__file__).parents[3] / "precall.example.yaml").read_text()
FEW = tuple(source for source in SOURCES if source.name in ("site", "google_news", "hacker_news"))
"""Sources that tell who the account is, search, and comment; all of them would only take longer."""


def leads(facts: FakeFacts) -> list[ResearchTask]:
    prospect = Prospect(account=Account(name="Tarnmoor Robotics", domain="tarnmoor.example"))
    for number in range(10):
        lead_id = f"lead-{number}"
        facts.leads[lead_id] = Lead(
            id=lead_id, crm="generic", acquired_at=AS_OF, correlation_id=lead_id, prospect=prospect, as_of=AS_OF
        )
    return [ResearchTask(lead_id=one, research_id=f"r-{one}", correlation_id=one) for one in facts.leads]


def test_one_collection_serves_ten_leads() -> None:
    facts, documents, bus = FakeFacts(), FakeDocuments(), FakeBus()
    config = ConfigStore(documents)
    config.push(parse_config(EXAMPLE))
    with replay.serve(as_of=AS_OF) as origin:
        claims, accounts = Claims(facts, MemoryFlights(), utc_now), FakeAccounts()
        step = Collector(facts, claims, accounts, documents, bus, config, FEW, utc_now, "development", origin)
        tasks = leads(facts)
        with ThreadPoolExecutor(len(tasks)) as pool:
            collections = list(pool.map(step.collect, tasks))
        log: list[dict[str, Any]] = httpx.get(f"{origin}/_replay/log", trust_env=False).json()

    asked = Counter((each["host"], each["path"], each["query"]) for each in log if each["path"] != "/robots.txt")
    assert asked[("tarnmoor.example", "/", "")] == 1
    assert max(asked.values()) == 1
    (mentions,) = {tuple(mention.id for mention in collection.mentions) for collection in collections}
    assert len(mentions) > 5
    assert sorted(event.lead_id for event in bus.events) == sorted(collection.lead_id for collection in collections)
