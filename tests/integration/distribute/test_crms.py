"""Webhooks that carry ids alone, through intake and distribute as they are wired, against each CRM over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from distribute.bootstrap import bootstrap
from distribute.handler import handler
from precall.crm.zoho import reader as zoho_reader
from precall.facts import DynamoFacts
from precall.model import Lead
from tests.fake_crm import FakeCrm, FakeHubSpot
from tests.integration.distribute.crm_server import serving
from tests.integration.distribute.test_distribute import told
from tests.integration.intake.cloud import Cloud
from tests.unit.distribute.crms import CRMS, by_id
from tests.unit.distribute.crms import told as told_whole
from tests.unit.distribute.test_handler import Context, failed

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


@dataclass
class Connected:
    """AWS, and a CRM that distribute reads back from."""

    aws: Cloud
    crm: str
    fake: FakeCrm

    def take(self, lead: Lead) -> list[str]:
        """Distribute a lead that intake stored; the messages that stay in the queue."""
        DynamoFacts(self.aws.table).add_lead(lead, 90)
        return failed(handler(told(self.aws, lead), Context()))

    def known(self, lead: Lead) -> Lead:
        return DynamoFacts(self.aws.table).lead(lead.id)

    def events(self, kind: str) -> list[dict[str, Any]]:
        return self.aws.events(kind)


@pytest.fixture(params=CRMS)
def connected(aws: Cloud, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connected]:
    crm: str = request.param
    fake = CRMS[crm].fake()
    fake.call_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=2)
    if isinstance(fake, FakeHubSpot):
        fake.planned["meetings"]["8"] = {"hs_meeting_start_time": fake.call_at.isoformat()}
        fake.contacts["51"]["meetings"] = ["8"]
    if CRMS[crm].secret[0] != "hubspot/access-token":
        aws.secret(*CRMS[crm].secret)
    else:
        fake.wanted = {"authorization": "Bearer pat-eu1-made-up"}
    zoho_reader._TOKENS.forget()
    with serving(fake) as origin:
        monkeypatch.setenv("STAGE", "development")
        monkeypatch.setenv("REPLAY_ORIGIN", origin)
        bootstrap.cache_clear()
        yield Connected(aws, crm, fake)


def lead_of(crm: str, how: Any = by_id) -> Lead:
    lead: Lead = how(crm)
    return lead.model_copy(update={"acquired_at": datetime.now(UTC)})


def test_a_lead_that_was_told_by_its_id_is_whole_and_has_its_call(connected: Connected) -> None:
    lead = lead_of(connected.crm)
    assert connected.take(lead) == []
    known = connected.known(lead)
    assert known.known().account.domain == "tarnmoor.example"
    assert (known.owner_email, known.stage) == ("dana@seller.example", "Proposal made")
    (event,) = connected.events("lead.assigned")
    assert datetime.fromisoformat(event["call_at"]) == connected.fake.call_at
    assert bootstrap().distribution.planned.lead_of(connected.crm, known.call) == lead.id
    assert connected.events("read_back.failed") == []


def test_a_refusal_costs_no_lead_that_was_told_and_is_on_the_bus(connected: Connected) -> None:
    connected.fake.troubles.next = [403] * 9
    lead = lead_of(connected.crm, told_whole)
    assert connected.take(lead) == []
    (failure,) = connected.events("read_back.failed")
    assert CRMS[connected.crm].secret[0] in failure["reason"]
    assert len(connected.events("lead.assigned")) == 1
    assert connected.known(lead) == lead


def test_a_refusal_leaves_one_of_which_only_the_id_is_known_in_the_queue(connected: Connected) -> None:
    connected.fake.troubles.next = [403] * 9
    assert connected.take(lead_of(connected.crm)) == ["m-0"]
    assert connected.events("lead.assigned") == []
