"""Who gets onto the watch list, who leaves it, and who is asked about when."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from listen.interest import CALL, CUSTOMER, NAMED, OPEN, interest_in
from listen.looking import SPREAD, next_look
from listen.watching import Noted
from precall.errors import BusUnavailable
from precall.events import CallOutcome, DealOpened, LeadAssigned, LookAsked
from precall.events.crm import Outcome
from precall.listening_settings import NamedAccount
from precall.model import Account, Lead, Prospect
from precall.suppression import account_marks
from precall.watches import Watch, subject_id
from tests.unit.deliver.world import CONFIG
from tests.unit.listen.world import ACCOUNT, NOW, REP, World, assignment, lead

OVER = assignment(call_at=NOW - timedelta(hours=1))


@pytest.fixture
def world() -> World:
    return World()


def assigned(lead_id: str = "lead-1") -> LeadAssigned:
    return LeadAssigned(
        lead_id=lead_id, correlation_id="c-1", at=NOW, research_id="r", rep=REP.email, rep_name=REP.name,
        reason="owner in the CRM", call_at=NOW + timedelta(days=5),
    )  # fmt: skip


def asked(world: World) -> list[LookAsked]:
    return [event for event in world.bus.events if isinstance(event, LookAsked)]


def test_the_account_of_a_lead_is_watched_and_first_asked_about_a_day_later(world: World) -> None:
    world.watches.known.clear()
    assert world.watching.note(assigned())
    (watch,) = world.watches.all()
    assert (watch.account, watch.leads, watch.due_at) == (ACCOUNT, frozenset({"lead-1"}), NOW + timedelta(hours=24))


@pytest.mark.parametrize(
    "changes",
    [{"as_of": NOW}, {"prospect": None}, {"prospect": Prospect.model_validate({"contact": {"name": "Ada Berg"}})}],
    ids=["replays the past", "not read back", "a person alone"],
)
def test_other_leads_are_not(world: World, changes: dict[str, Any]) -> None:
    world.watches.known.clear()
    world.facts.leads["lead-1"] = lead(**changes)
    assert not world.watching.note(assigned())
    assert not world.watching.note(assigned("erased"))
    assert world.watches.all() == []


def told(outcome: Outcome, record: str = "deal/70", hours: float = 0) -> CallOutcome:
    """By the CRM, so many hours from now."""
    at = NOW + timedelta(hours=hours)
    return CallOutcome(lead_id="lead-1", correlation_id="c-1", at=at, outcome=outcome, source="crm", record=record)


def opened(record: str = "deal/70", hours: float = 0) -> DealOpened:
    at = NOW + timedelta(hours=hours)
    return DealOpened(lead_id="lead-1", correlation_id="c-1", at=at, record=record, said="Proposal")


def reason(world: World, *events: Noted) -> str | None:
    """Why the account is listened to after the call, when these were told in this order."""
    world.facts.assignments["lead-1"] = OVER
    for event in events:
        world.watching.note(event)
    world.looking.look()
    return next((event.because for event in asked(world)), None)


@pytest.mark.parametrize(
    ("events", "because"),
    [
        ((opened(),), OPEN),
        ((told("won"),), CUSTOMER),
        ((opened(), told("won", hours=1)), CUSTOMER),
        ((opened(), told("lost", hours=1)), None),
        ((told("lost", hours=1), opened()), None),
        ((opened(), told("lost", hours=1), opened(hours=2)), OPEN),
        ((opened(), told("lost", "deal/71", hours=1)), OPEN),
        ((told("won"), told("lost", "deal/71", hours=1)), CUSTOMER),
        ((told("won"), told("lost", hours=1)), None),
    ],
    ids=[
        *("opened", "won", "opened, won", "opened, lost", "told late that it was opened", "opened again"),
        *("another one is lost", "a customer loses another one", "what was won is lost"),
    ],
)
def test_after_the_call_an_account_stays_as_its_deals_stand(
    world: World, events: tuple[Noted, ...], because: str | None
) -> None:
    assert reason(world, *events) == because
    assert bool(world.watches.all()) is bool(because)


def test_a_lost_deal_takes_no_account_off_that_is_called_or_a_customer_or_named(world: World) -> None:
    world.watching.note(told("lost"))
    world.looking.look()
    assert [event.because for event in asked(world)] == [CALL]
    world.facts.leads["lead-1"] = lead(customer=True)
    world.facts.assignments["lead-1"] = OVER
    world.now = NOW + timedelta(days=2)
    world.looking.look()
    assert [event.because for event in asked(world)] == [CALL, CUSTOMER]


def test_a_lost_deal_ends_what_the_lead_came_with(world: World) -> None:
    world.facts.leads["lead-1"] = lead(purpose="quote", stage="Proposal sent")
    assert reason(world, told("lost")) is None


def test_an_opened_deal_brings_an_account_back_onto_the_list(world: World) -> None:
    world.watches.known.clear()
    assert world.watching.note(opened())
    assert [watch.leads for watch in world.watches.all()] == [{"lead-1"}]
    assert not world.watching.note(told("lost", hours=1))


def test_a_customer_by_its_deal_is_one_for_the_ranking_too(world: World) -> None:
    reason(world, told("won"))
    assert world.facts.lead(subject_id(ACCOUNT.key)).customer


def test_other_outcomes_change_nothing(world: World) -> None:
    before = world.watches.all()
    assert not world.watching.note(told("reached"))
    assert (world.watches.all(), world.facts.lead("lead-1").customer) == (before, None)


def test_who_must_not_be_researched_is_neither_watched_nor_asked_about(world: World) -> None:
    world.facts.suppress(account_marks(ACCOUNT))
    assert not world.watching.note(assigned())
    assert world.looking.look() == 0
    assert (world.watches.all(), world.bus.events) == ([], [])


def test_while_listening_is_off_nothing_is_kept_and_nobody_is_asked(world: World) -> None:
    world.config = CONFIG
    world.watches.known.clear()
    assert not world.watching.note(assigned())
    assert (world.looking.look(), world.digests.ask(), world.watches.all()) == (0, 0, [])


def test_a_due_account_is_asked_about_once_and_again_after_the_interval(world: World) -> None:
    assert [world.looking.look(), world.looking.look()] == [1, 0]
    (event,) = asked(world)
    assert (event.lead_id, event.because) == (subject_id(ACCOUNT.key), CALL)
    subject = world.facts.lead(event.lead_id)
    assert (subject.known().account, subject.known().contact) == (ACCOUNT, None)
    world.now = NOW + timedelta(hours=24 * (1 + SPREAD))
    assert world.looking.look() == 1
    assert len({event.research_id for event in asked(world)}) == 2


def test_many_runs_at_once_ask_about_each_account_once(world: World) -> None:
    for number in range(15):
        account = Account(name=f"Company {number}")
        world.watches.add(Watch(account, NOW, owner=REP.email), NOW, 90)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: world.looking.look(), range(8))) == 16
    assert set(Counter(event.lead_id for event in asked(world)).values()) == {1}


def test_a_run_takes_no_more_than_it_may_the_longest_overdue_first(world: World) -> None:
    world.listens(at_once=2)
    for hours in (1, 2, 3):
        account = Account(name=f"Overdue {hours}")
        world.watches.add(Watch(account, NOW - timedelta(hours=hours), owner=REP.email), NOW, 90)
    assert [world.looking.look() for _ in range(3)] == [2, 2, 0]
    assert asked(world)[0].lead_id == subject_id(Account(name="Overdue 3").key)


def test_accounts_that_came_together_drift_apart() -> None:
    accounts = [Watch(Account(name=f"Company {number}"), NOW) for number in range(200)]
    waits = [(next_look(watch, 24, NOW) - NOW) / timedelta(hours=24) for watch in accounts]
    assert 1 - SPREAD <= min(waits) < 0.93
    assert 1.07 < max(waits) <= 1 + SPREAD


def test_when_the_bus_is_down_the_accounts_stay_due(world: World) -> None:
    world.bus.down = BusUnavailable("the bus is down")
    with pytest.raises(BusUnavailable):
        world.looking.look()
    world.bus.down = None
    assert world.looking.look() == 1


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"customer": True}, CUSTOMER),
        ({"stage": "Customer since 2024"}, CUSTOMER),
        ({"purpose": "renewal"}, CUSTOMER),
        ({"purpose": "quote"}, OPEN),
        ({"stage": "Proposal sent"}, OPEN),
        ({"stage": "Closed lost"}, None),
        ({}, None),
    ],
)
def test_after_the_call_an_account_stays_for_a_customer_or_an_open_opportunity(
    world: World, changes: dict[str, Any], because: str | None
) -> None:
    world.facts.leads["lead-1"] = lead(**changes)
    world.facts.assignments["lead-1"] = OVER
    world.looking.look()
    assert [event.because for event in asked(world)] == ([because] if because else [])
    assert bool(world.watches.all()) is bool(because)


def test_a_cancelled_call_and_an_erased_lead_are_no_reason(world: World) -> None:
    world.facts.assignments["lead-1"] = assignment(cancelled=True)
    assert world.looking.look() == 0
    world.watches.add(Watch(ACCOUNT, NOW, frozenset({"gone"})), NOW, 90)
    assert world.looking.look() == 0
    assert world.watches.all() == []


def test_the_newest_lead_decides_who_is_told_and_those_that_are_over_are_dropped(world: World) -> None:
    newer = lead("lead-2", acquired_at=NOW + timedelta(hours=1), purpose="quote")
    world.facts.leads |= {"lead-2": newer, "lead-3": lead("lead-3")}
    other = CONFIG.reps[0]
    moved = assignment("lead-2")
    world.facts.assignments["lead-2"] = moved.model_copy(
        update={"rep": moved.rep.model_copy(update={"email": other.email})}
    )
    world.facts.assignments["lead-3"] = assignment("lead-3", NOW - timedelta(days=1))
    world.watches.add(Watch(ACCOUNT, NOW, frozenset({"lead-2", "lead-3"})), NOW, 90)
    interest = interest_in(world.watches.all()[0], world.facts, world.deals, world.config, NOW)
    assert interest is not None
    assert (interest.rep, interest.lead, interest.over) == (other, newer, frozenset({"lead-3"}))
    world.looking.look()
    assert world.watches.all()[0].leads == {"lead-1", "lead-2"}
    assert world.facts.lead(subject_id(ACCOUNT.key)).purpose == "quote", "it decides what a story is worth"


def test_accounts_that_the_settings_name_are_listened_to_until_they_are_not_named_any_more(world: World) -> None:
    world.watches.known.clear()
    world.listens(accounts=(NamedAccount(domain="Quillfen.example", owner=REP.email),))
    assert world.looking.look() == 1
    (watch,) = world.watches.all()
    interest = interest_in(watch, world.facts, world.deals, world.config, NOW)
    assert interest is not None
    assert (interest.because, interest.rep) == (NAMED, REP)
    world.listens()
    world.now = NOW + timedelta(days=2)
    assert (world.looking.look(), world.watches.all()) == (0, [])


def test_who_has_left_the_team_is_told_nothing(world: World) -> None:
    held = assignment()
    world.facts.assignments["lead-1"] = held.model_copy(
        update={"rep": held.rep.model_copy(update={"email": "gone@seller.example"})}
    )
    interest = interest_in(world.watches.all()[0], world.facts, world.deals, world.config, NOW)
    assert interest is not None
    assert interest.rep is None


def test_what_is_asked_is_researched_as_a_lead_that_nobody_calls(world: World) -> None:
    world.looking.look()
    subject = world.facts.lead(subject_id(ACCOUNT.key))
    assert isinstance(subject, Lead)
    assert (subject.crm, subject.owner, subject.call_at, subject.activities) == ("listening", None, None, ())
