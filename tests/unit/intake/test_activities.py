"""A lead arises from what an account's contacts did: exactly when the manager's formula says so, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from math import ceil
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.activities import Activities
from precall.model import Account, Activity, Contact
from precall.product_lines import ProductLine
from precall.scoring import log, points
from precall.standings import Logged, Standing
from tests.unit.crm.deliveries import as_body, generic_headers, request
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import generic

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
ACCOUNT = {"name": "Tarnmoor Logistics", "domain": "tarnmoor.example"}
LINE = ProductLine(half_life_days=10, threshold=20, cool_down_days=30)


def one(kind: str = "download", days_ago: float = 0, name: str = "a") -> Logged:
    at = NOW - timedelta(days=days_ago)
    return Logged(id=name, activity=Activity(kind=kind, at=at), at=at, account=Account(**ACCOUNT))


def sent(kind: str = "form", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "company": ACCOUNT, **fields}


def activities(payload: Any, **signing: Any) -> dict[str, Any]:
    return generic(payload, **signing) | {"path": "/activities"}


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [("form", 0, 10), ("form", 0.9, 10), ("form", 10, 5), ("form", 20.5, 2.5), ("page", 5, 0.7071)],
)
def test_an_activity_halves_with_every_half_life(kind: str, days: float, expected: float) -> None:
    assert points([one(kind, days)], LINE, NOW) == pytest.approx(expected, abs=1e-4)


def test_a_lead_is_made_at_the_threshold_and_carries_what_made_it() -> None:
    standing, leads = log(Standing(), [one("form", 1, "a"), one("event", 2, "b")], "any", LINE, NOW, "c")
    assert (len(standing.waiting), leads) == (2, ())
    visitor = one("reply", 0, "c").model_copy(update={"contact": Contact(name="Ines Hartog")})
    standing, (lead,) = log(standing, [visitor], "any", LINE, NOW, "c")
    assert [activity.kind for activity in lead.activities] == ["reply", "form", "event"]
    assert (lead.known().label, lead.known().contact) == ("Tarnmoor Logistics", Contact(name="Ines Hartog"))
    assert lead.source == "3 activities: 22.3 points, 20 make a lead"
    assert standing.waiting == ()


def test_within_the_cool_down_activities_wait_and_count_after_it() -> None:
    standing, leads = log(Standing(), [one("form", 0, str(n)) for n in range(6)], "any", LINE, NOW, "c")
    assert (len(leads), len(standing.waiting)) == (1, 4)
    after = NOW + timedelta(days=30)
    late = Logged(id="late", activity=Activity(kind="form"), at=after, account=Account(**ACCOUNT))
    _, leads = log(standing, [late], "any", LINE, after - timedelta(seconds=1), "c")
    assert leads == ()
    _, leads = log(standing, [late], "any", LINE, after, "c")
    assert leads == (), "40 points a month ago are 5 now, and 10 more are no 20"


def test_without_a_cool_down_requests_that_overtake_each_other_make_every_lead() -> None:
    line = LINE.model_copy(update={"cool_down_days": 0, "threshold": 10})
    standing, (first,) = log(Standing(), [one("form", 0, "a")], "any", line, NOW, "c")
    _, (second,) = log(standing, [one("form", 0, "b")], "any", line, NOW - timedelta(seconds=1), "c")
    assert first.id != second.id


def test_what_is_told_again_counts_once_also_when_it_has_made_a_lead() -> None:
    both = [one("form", 0, "a"), one("form", 0, "b")]
    standing, leads = log(Standing(), both, "any", LINE, NOW, "c")
    assert len(leads) == 1
    assert log(standing, [*both, *both], "any", LINE, NOW, "c") == (standing, ())


@given(
    kinds=st.lists(st.tuples(st.sampled_from(sorted(LINE.scores)), st.integers(0, 60)), max_size=30),
    cool_down=st.sampled_from([0, 30]),
)
def test_the_leads_are_those_of_the_formula(kinds: list[tuple[str, int]], cool_down: int) -> None:
    line = LINE.model_copy(update={"cool_down_days": cool_down})
    logged = [one(kind, days, str(n)) for n, (kind, days) in enumerate(kinds)]
    standing, leads = log(Standing(), logged, "any", line, NOW, "c")
    total, expected = 0.0, 0
    for kind, days in kinds:
        total += line.scores[kind] * 0.5 ** (days / 10)
        if total >= line.threshold and not (cool_down and expected):
            total, expected = 0.0, expected + 1
    assert len(leads) == expected
    assert sum(len(made.by) for made in standing.made) + len(standing.waiting) == len(logged)


@pytest.mark.parametrize(("cool_down", "threshold"), [(30, 20), (0, 35)])
def test_a_thousand_at_the_same_time_make_exactly_the_leads_of_the_formula(
    stack: Stack, cool_down: float, threshold: float
) -> None:
    """Each comes twice, in any order, to five accounts; a download counts 5."""
    stack.product_lines = {"any": {"threshold": threshold, "cool_down_days": cool_down}}
    step: Activities = stack.wiring().activities
    items = [{"kind": "download", "id": str(n), "company": {"domain": f"account-{n % 5}.example"}} for n in range(1000)]
    bodies = [as_body(items[start : start + 4]) for start in range(0, 1000, 4)] * 2
    Random(7).shuffle(bodies)
    number = count()

    def deliver(body: bytes) -> int:
        headers = generic_headers(body, message_id=f"msg_{next(number)}")
        return step.receive(request(body, headers)).logged

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(deliver, bodies)) == {4}
    per_account = 200 // ceil(threshold / 5) if cool_down == 0 else 1
    assert len(stack.facts.leads) == len(stack.facts.published) == per_account * 5
    assert len({event.lead_id for event in stack.bus.events}) == per_account * 5
    assert all(len(lead.activities) >= 2 for lead in stack.facts.leads.values())


def test_activities_come_by_the_generic_signature(stack: Stack) -> None:
    answer = stack.post(activities([sent(id="1"), sent("event", id="2")]))
    assert (answer.status, answer.body) == (202, {"logged": 2, "leads": [], "rejected": []})
    answer = stack.post(activities({"activities": [sent("download", id="3")]}))
    (lead,) = stack.facts.leads.values()
    assert answer.body["leads"] == [{"id": lead.id}]
    assert stack.bus.events[0].lead_id == lead.id
    assert stack.post(activities(sent(), secret="whsec_AAAAAAAAAAAAAAAAAAAA")).status == 401


def test_a_lead_that_was_not_published_is_when_its_activity_comes_again(stack: Stack) -> None:
    event = activities([sent(id="1"), sent(id="2")])
    stack.post(event)
    published, stack.facts.published = stack.facts.published, set()
    stack.bus.events.clear()
    stack.post(event)
    assert (stack.facts.published, len(stack.bus.events)) == (published, 1)


def test_product_lines_are_kept_apart(stack: Stack) -> None:
    stack.product_lines = {"Analytics": {"threshold": 10}, "Forecasts": {"threshold": 30}}
    stack.post(activities([sent(id="1", product_line="analytics"), sent(id="2", product_line="Forecasts")]))
    (lead,) = stack.facts.leads.values()
    assert lead.source == "1 activity about Analytics: 10.0 points, 10 make a lead"


@pytest.mark.parametrize(
    ("payload", "status", "says"),
    [
        (sent("dance"), 422, "kind: has no score; write one of download, event, follow, form, mention, page, reply"),
        ({"kind": "form"}, 422, "company: give company.name or company.domain"),
        ({"kind": "form", "contact": {"email": "ines@gmail.com"}}, 422, "company: give company.name"),
        (sent(at="2999-01-01T00:00:00Z"), 422, "at: lies in the future"),
        (sent(at="2026-01-01T00:00:00"), 422, "at: has no time zone"),
        (sent(colour="red"), 422, "colour: is not a known field"),
        ([], 400, "activities: is empty"),
        ({"activities": {}}, 400, "activities: is not a list"),
        ({"activities": [], "more": 1}, 400, "more: is no field beside activities"),
        ([sent()] * 101, 400, "send at most 100"),
    ],
)
def test_what_is_wrong_is_named(stack: Stack, payload: Any, status: int, says: str) -> None:
    answer = stack.post(activities(payload))
    assert (answer.status, stack.untouched()) == (status, True)
    assert says in answer.body["error"]


def test_the_valid_ones_of_a_delivery_are_logged(stack: Stack) -> None:
    answer = stack.post(activities([sent("dance"), sent(id="1")]))
    assert (answer.status, answer.body["logged"], answer.body["rejected"][0]["index"]) == (202, 1, 0)


def test_leads_come_to_their_own_address_too(stack: Stack) -> None:
    assert stack.post(generic({"company": ACCOUNT}) | {"path": "/leads"}).status == 202
    assert len(stack.facts.published) == 1
