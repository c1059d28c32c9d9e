"""When the day's budget of researches is used up, a lead is still given to a rep, who is told, and a manager too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cli import mail
from cli.demo import world_lead
from precall.clock import utc_now
from tests.e2e.conftest import Deployed


@pytest.fixture
def spent(deployed: Deployed) -> Iterator[None]:
    key = {"pk": f"BUDGET#{utc_now().date().isoformat()}", "sk": "BUDGET"}
    table = deployed.local.table()
    table.put_item(Item={**key, "researches": 10**9})
    yield
    table.delete_item(Key=key)


@pytest.mark.usefixtures("spent")
def test_beyond_the_budget_a_lead_is_not_lost_and_nobody_is_asked(deployed: Deployed) -> None:
    lead_id = str(deployed.post(world_lead("tarnmoor")).json()["accepted"][0]["id"])
    events = deployed.finished(lead_id)
    assert events["lead.assigned"]["rep"]
    assert events["research.failed"]["step"] == "budget"
    assert "mentions.collected" not in events
    assert events["brief.sent"]["notice_only"]
    (notice,) = deployed.mails(lead_id)
    assert "budget of researches" in notice["BodyText"]
    assert any("researches are used up" in one["Subject"] for one in mail.sent(deployed.local))
