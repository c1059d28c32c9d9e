"""The intake step on in-memory ports."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from intake import handler as intake_handler
from intake.bootstrap import Wiring
from intake.logic import Intake
from precall.config import Config
from precall.crm import Lenience
from precall.secrets import GENERIC_WEBHOOK, HUBSPOT_CLIENT, FixedSecrets
from tests.fakes import FakeBus, FakeDocuments, FakeFacts, FakePlannedCalls, FakeStandings
from tests.unit.crm.deliveries import CLIENT_SECRET, ROTATED, SECRET
from tests.unit.crm.samples import KEYS
from tests.unit.intake.gateway import Context


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: Any


@dataclass
class Stack:
    """The step's ports, and `post` to call its handler as API Gateway does."""

    facts: FakeFacts = field(default_factory=FakeFacts)
    bus: FakeBus = field(default_factory=FakeBus)
    documents: FakeDocuments = field(default_factory=FakeDocuments)
    planned: FakePlannedCalls = field(default_factory=FakePlannedCalls)
    crm_owners: dict[str, str] = field(default_factory=lambda: {"dana@seller.example": "501"})
    zones: dict[str, str] = field(default_factory=dict)
    product_lines: dict[str, Any] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    crm_activities: dict[str, Any] = field(default_factory=dict)
    accept_v1: bool = False
    development: bool = False

    def __post_init__(self) -> None:
        self.standings = FakeStandings(self.facts)

    def config(self) -> Config:
        return Config.model_validate(
            {
                "reps": [
                    {"name": address.split("@")[0].title(), "email": address, "crm_owner": owner}
                    | ({"time_zone": self.zones[address]} if address in self.zones else {})
                    for address, owner in self.crm_owners.items()
                ],
                "seller": {"name": "Loftgrid"},
                "sender": "briefs@seller.example",
                "product_lines": self.product_lines,
                "crm_activities": self.crm_activities,
                "outcomes": self.outcomes,
            }
        )

    def wiring(self) -> Wiring:
        others = {f"webhooks/{crm}": key for crm, key in KEYS.items()}
        secrets = FixedSecrets({GENERIC_WEBHOOK: f"{ROTATED} {SECRET}", HUBSPOT_CLIENT: CLIENT_SECRET, **others})
        lenience = Lenience(hubspot_older=self.accept_v1)
        intake = Intake(
            self.facts, self.bus, self.documents, self.config, secrets, lenience, self.planned, lambda: self.standings
        )
        return Wiring(intake, self.development)

    def post(self, event: dict[str, Any]) -> Answer:
        answer = intake_handler.handler(event, Context())
        headers = {name: values[0] for name, values in answer["multiValueHeaders"].items()}
        assert headers["Content-Type"] == "application/json"
        assert headers["X-Request-Id"] == event["requestContext"]["requestId"]
        return Answer(answer["statusCode"], headers, json.loads(answer["body"]))

    def untouched(self) -> bool:
        return not (self.facts.leads or self.bus.events or self.documents.texts)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    made = Stack()
    monkeypatch.setattr(intake_handler, "bootstrap", made.wiring)
    return made
