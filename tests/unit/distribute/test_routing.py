"""The CRM's owner calls; leads without one go round the team, fairly."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distribute.routing import route
from precall.config import Rep
from precall.model import Lead
from tests.fakes import FakeFacts

DANA = Rep(name="Dana", email="dana@seller.example", crm_owner="501")
JONAS = Rep(name="Jonas", email="Jonas@seller.example", crm_owner="502")
MEI = Rep(name="Mei", email="mei@seller.example")
TEAM = (DANA, JONAS, MEI)


def lead(owner: str | None = None, owner_email: str | None = None) -> Lead:
    return Lead(
        id="1", crm="generic", acquired_at=datetime.now(UTC), correlation_id="c", owner=owner, owner_email=owner_email
    )


@pytest.mark.parametrize(
    ("owner", "email", "rep"),
    [
        ("501", None, DANA),
        ("DANA@seller.example", None, DANA),
        ("jonas@SELLER.example", None, JONAS),
        ("900", "mei@seller.example", MEI),
        ("502", "mei@seller.example", JONAS),  # the id is what the team's settings were written for
    ],
)
def test_the_owner_in_the_crm_calls(owner: str, email: str | None, rep: Rep) -> None:
    facts = FakeFacts()
    chosen = route(lead(owner, email), TEAM, facts.next_turn)
    assert (chosen.rep, chosen.reason) == (rep, "owner in the CRM")
    assert facts.turn == 0, "an owned lead uses nobody's turn"


@pytest.mark.parametrize(
    ("owner", "reason"),
    [
        (None, "round robin: the CRM names no owner"),
        ("999", "round robin: the owner in the CRM is not in the team"),
        ("someone@else.example", "round robin: the owner in the CRM is not in the team"),
    ],
)
def test_without_an_owner_in_the_team_it_is_whose_turn_it_is(owner: str | None, reason: str) -> None:
    chosen = route(lead(owner), TEAM, lambda: 4)
    assert (chosen.rep, chosen.reason) == (JONAS, reason)


def test_a_rep_without_crm_id_is_nobodys_owner() -> None:
    assert route(lead(""), (MEI, DANA), lambda: 1).rep == DANA


@given(st.integers(1, 7), st.integers(0, 500), st.lists(st.booleans(), max_size=500))
def test_nobody_gets_two_more_than_another(reps: int, before: int, owned: list[bool]) -> None:
    team = tuple(Rep(name=f"R{n}", email=f"r{n}@seller.example", crm_owner=str(n)) for n in range(reps))
    facts = FakeFacts()
    facts.turns[""] = before
    turns = Counter({rep.email: 0 for rep in team})
    for is_owned in owned:
        chosen = route(lead("0" if is_owned else None), team, facts.next_turn)
        turns[chosen.rep.email] += not is_owned
    assert max(turns.values()) - min(turns.values()) <= 1
