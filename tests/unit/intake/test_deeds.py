"""What CRMs tell that a lead's contact did counts as an activity of the account, by the manager's settings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from precall.crm.changes import ToldDeed
from precall.events import LeadAcquired
from precall.model import Account, Contact, Prospect
from tests.unit.crm.deliveries import contact_created
from tests.unit.crm.test_told import close, outbound, pipedrive
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import hubspot
from tests.unit.intake.test_changes import property_changed

WHO = Prospect(account=Account(domain="tarnmoor.example"), contact=Contact(name="Ines Hartog"))


@pytest.fixture
def known(stack: Stack) -> Stack:
    """A lead of HubSpot's that was read back."""
    stack.post(hubspot([contact_created()]))
    (lead,) = stack.facts.leads.values()
    stack.facts.leads[lead.id] = lead.model_copy(update={"prospect": WHO})
    stack.bus.events.clear()
    return stack


def did(stack: Stack, *numbers: int) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp() * 1000)
    items = [property_changed("num_conversion_events", str(number), now) for number in numbers]
    answer: dict[str, Any] = stack.post(hubspot(items)).body
    return answer


def test_forms_at_an_account_make_a_lead_once_with_what_made_it(known: Stack) -> None:
    did(known, 1)
    assert known.bus.events == []
    for _ in range(2):
        assert did(known, 2)["skipped"] == 0
    acquired = [event for event in known.bus.events if isinstance(event, LeadAcquired)]
    made = known.facts.leads[acquired[0].lead_id]
    assert len({event.id for event in acquired}) == 1
    assert [activity.kind for activity in made.activities] == ["form", "form"]
    assert made.known().account.domain == "tarnmoor.example"
    assert made.source == "2 activities: 20.0 points, 20 make a lead"


@pytest.mark.parametrize("settings", [{"form": None}, {"form": "unheard of"}])
def test_what_the_manager_does_not_score_counts_nothing(known: Stack, settings: dict[str, Any]) -> None:
    known.crm_activities = settings
    did(known, 1, 2, 3)
    assert known.standings.standings == {}


def test_a_deed_may_count_as_a_kind_of_the_teams_own(known: Stack) -> None:
    known.crm_activities = {"form": "demo"}
    known.product_lines = {"any": {"scores": {"demo": 30}}}
    did(known, 1)
    assert [event.type for event in known.bus.events] == ["lead.acquired"]


def test_a_contact_whose_company_is_not_known_yet_counts_for_none(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    did(stack, 1, 2)
    assert stack.standings.standings == {}


def deed(told: list[Any]) -> ToldDeed:
    (one,) = [found for found in told if isinstance(found, ToldDeed)]
    return one


def test_each_crm_tells_deeds_in_its_own_words() -> None:
    (reply,) = close("activity.email", "created", {"direction": "incoming", "subject": "Re: your rates"})
    assert (deed([reply]).deed, deed([reply]).summary) == ("reply", "Re: your rates")
    assert close("activity.email", "created", {"direction": "outgoing"}) == []
    assert deed(close("activity.form_submission", "created", {})).deed == "form"
    assert deed(close("activity.meeting", "updated", {"status": "completed"}, "status")).deed == "meeting"
    meeting = {"type": "meeting", "person_id": 151, "done": True, "subject": "Demo"}
    assert deed(pipedrive("activity", meeting, {"done": False})).deed == "meeting"
    member = {"Id": "00v1", "LeadId": "00Q5Y00001Suvw6QAB"}
    assert deed(outbound("CampaignMember", **member, HasResponded="true")).deed == "response"
    assert outbound("CampaignMember", **member, HasResponded="false") == []
