"""A research is one execution's: asked for again while it goes on, or after, it is not done twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from collect.claims import LEASE, Claims
from precall.errors import ResearchRepeated
from precall.events import BriefReady, Event, ResearchFailed
from precall.flights import MemoryFlights
from precall.model import ResearchTask
from tests.fakes import FakeFacts

NOW = datetime(2026, 3, 10, 14, 3, tzinfo=UTC)
TASK = ResearchTask(lead_id="l", research_id="r", correlation_id="c", execution="first")
AGAIN = TASK.model_copy(update={"execution": "second"})
ABOUT = {"lead_id": "l", "research_id": "r", "correlation_id": "c", "at": NOW}


class Desk:
    """Claims at the moment `now`."""

    def __init__(self) -> None:
        self.now, self.facts = NOW, FakeFacts()
        self.claims = Claims(self.facts, MemoryFlights(), lambda: self.now)

    def refuses(self, task: ResearchTask, why: str) -> None:
        with pytest.raises(ResearchRepeated, match=why):
            self.claims.take(task)


def test_one_execution_has_it_and_may_take_it_again() -> None:
    desk = Desk()
    desk.claims.take(TASK)
    desk.refuses(AGAIN, "under way in another execution")
    desk.claims.take(TASK)
    desk.refuses(AGAIN, "under way in another execution")


def test_another_research_of_the_lead_is_another_claim() -> None:
    desk = Desk()
    desk.claims.take(TASK)
    desk.claims.take(AGAIN.model_copy(update={"research_id": "r2"}))


def test_the_research_of_an_execution_that_vanished_is_done_by_the_next_that_is_asked() -> None:
    desk = Desk()
    desk.claims.take(TASK)
    desk.now += LEASE - timedelta(seconds=1)
    desk.refuses(AGAIN, "under way")
    desk.now += timedelta(seconds=1)
    desk.claims.take(AGAIN)
    desk.refuses(TASK, "under way")


@pytest.mark.parametrize(
    "end",
    [BriefReady(**ABOUT, stories=3), ResearchFailed(**ABOUT, step="brief", error="Bug")],
    ids=["briefed", "failed"],
)
def test_one_that_has_ended_is_nobodys_any_more(end: Event) -> None:
    desk = Desk()
    desk.facts.append(end, 30)
    desk.refuses(TASK, "asks for a new one")
    desk.claims.take(TASK.model_copy(update={"research_id": "r2"}))
