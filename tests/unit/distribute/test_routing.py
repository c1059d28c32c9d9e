"""Who may have a lead: its owner, whom a rule names, whose territory it is, all; shared out fairly among these."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Lock
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.choosing import Choice, Chooser, Wish
from distribute.pools import Pool, pool_for
from distribute.slots import SLOT
from precall.at_work import works_at
from precall.config import Config
from precall.model import Account, Lead, Prospect
from tests.fakes import FakeDiary
from tests.unit.distribute.conftest import NOW

DANA = {"name": "Dana", "email": "dana@seller.example", "crm_owner": "501"}
JONAS = {"name": "Jonas", "email": "Jonas@seller.example", "crm_owner": "502"}
MEI = {"name": "Mei", "email": "mei@seller.example"}


def config(*reps: dict[str, Any], **routing: Any) -> Config:
    chosen = [*reps] or [DANA, JONAS, MEI]
    holidays = {"AT": ["2026-03-11/2026-03-13"]}
    seller = {"name": "Loftgrid"}
    return Config.model_validate(
        {"reps": chosen, "routing": routing, "holidays": holidays, "seller": seller, "sender": "b@seller.example"}
    )


def lead(number: int = 1, account: Account | None = None, **fields: Any) -> Lead:
    about = Prospect(account=account or Account(name="Tarnmoor", domain="tarnmoor.example"))
    return Lead(id=f"{number}", crm="generic", acquired_at=NOW, correlation_id="c", prospect=about, **fields)


def names(pool: Pool) -> list[str]:
    return [rep.name for rep in pool.reps]


@pytest.mark.parametrize(
    ("owner", "email", "rep"),
    [
        ("501", None, "Dana"),
        ("DANA@seller.example", None, "Dana"),
        ("jonas@SELLER.example", None, "Jonas"),
        ("900", "mei@seller.example", "Mei"),
        ("502", "mei@seller.example", "Jonas"),  # the id is what the team's settings were written for
    ],
)
def test_the_owner_in_the_crm_calls_before_any_rule(owner: str, email: str | None, rep: str) -> None:
    rules = [{"when": {"source": ["webinar"]}, "rep": "mei@seller.example"}]
    pool = pool_for(lead(owner=owner, owner_email=email, source="webinar"), config(rules=rules))
    assert (names(pool), pool.reason, pool.owner) == ([rep], "owner in the CRM", True)


@pytest.mark.parametrize("owner", [None, "", "999", "someone@else.example"])
def test_without_an_owner_in_the_team_all_may_have_it(owner: str | None) -> None:
    assert names(pool_for(lead(owner=owner), config())) == ["Dana", "Jonas", "Mei"]


AT = {"country": ["Austria", "DE"]}
BIG = {"industry": ["logistics"], "employees_from": 500}


@pytest.mark.parametrize(
    ("when", "about", "more", "fits"),
    [
        (AT, {"country": "AT"}, {}, True),
        (AT, {"country": "Österreich"}, {}, True),
        (AT, {"country": "Germany"}, {}, True),
        (AT, {"country": "France"}, {}, False),
        (AT, {}, {}, False),
        (BIG, {"industry": "Logistics"}, {"employees": 500}, True),
        (BIG, {"industry": "Logistics"}, {"employees": 499}, False),
        (BIG, {"industry": "Logistics"}, {}, False),
        ({"employees_below": 50}, {}, {"employees": 49}, True),
        ({"domain": ["*.gov"]}, {"domain": "energy.gov"}, {}, True),
        ({"domain": ["*.gov"]}, {"domain": "gov.example"}, {}, False),
        ({"source": ["Webinar sign-up"]}, {}, {"source": "webinar sign-up"}, True),
        ({"product_line": ["forecasts"]}, {}, {"product_line": "Forecasts"}, True),
        ({"product_line": ["forecasts"]}, {}, {"product_line": "scheduling"}, False),
    ],
)
def test_a_rule_takes_what_fits_all_of_its_fields(when: Any, about: Any, more: Any, fits: bool) -> None:
    rules = [{"when": when, "rep": "mei@seller.example"}]
    pool = pool_for(lead(account=Account(name="Acme", **about), **more), config(rules=rules))
    assert (names(pool) == ["Mei"]) is fits
    assert pool.reason.startswith("rule 1 (") is fits


def test_the_first_rule_that_fits_decides_and_says_so() -> None:
    rules = [
        {"when": {"source": ["fair"]}, "queue": "partners"},
        {"when": {"country": ["AT"]}, "team": "emea"},
        {"when": {"country": ["AT"]}, "rep": "mei@seller.example"},
    ]
    teams = {"emea": ["jonas@seller.example", "dana@seller.example"]}
    austrian = Account(name="Acme", country="Austria")
    pool = pool_for(lead(account=austrian), config(rules=rules, teams=teams))
    assert (names(pool), pool.reason) == (["Jonas", "Dana"], "rule 2 (country AT)")
    assert pool_for(lead(account=austrian, source="Fair"), config(rules=rules, teams=teams)).queue == "partners"


def test_a_territory_is_its_reps_and_the_rest_is_for_those_without_one() -> None:
    team = config(DANA | {"territory": ["US", "Canada"]}, JONAS | {"territory": ["AT"]}, MEI)
    for country, rep in [("United States", "Dana"), ("CA", "Dana"), ("austria", "Jonas"), ("Japan", "Mei")]:
        assert names(pool_for(lead(account=Account(name="Acme", country=country)), team)) == [rep]
    assert len(names(pool_for(lead(), team))) == 3, "nobody knows where they are"
    nobody = config(DANA | {"territory": ["US"]})
    assert pool_for(lead(account=Account(name="Acme", country="AT")), nobody).queue == "everybody"


class Team:
    """A chooser on a diary of its own, with turns that threads share."""

    def __init__(self, team: Config) -> None:
        self.config, self.diary = team, FakeDiary()
        turns, lock = count(), Lock()

        def next_turn(pool: str) -> int:
            with lock:
                return next(turns)

        self.chooser = Chooser(self.diary, next_turn)

    def choose(self, number: int, now: datetime = NOW, call_at: datetime | None = None) -> Choice | None:
        one = lead(number)
        return self.chooser.choose(Wish(one, pool_for(one, self.config), self.config, call_at, now))


def test_nobody_has_two_calls_at_once_and_who_is_free_calls_within_a_quarter_of_an_hour() -> None:
    team = Team(config(DANA, JONAS))
    chosen = [team.choose(number) for number in range(4)]
    assert [choice and choice.rep.name for choice in chosen] == ["Dana", "Jonas", "Dana", "Jonas"]
    assert [choice and choice.call_at - NOW for choice in chosen] == [
        *[timedelta(minutes=10)] * 2, *[timedelta(minutes=20)] * 2,
    ]  # fmt: skip


def test_who_is_at_work_now_comes_before_whose_turn_it_is() -> None:
    asleep = DANA | {"time_zone": "America/Los_Angeles"}
    team = Team(config(asleep, JONAS))
    assert [choice.rep.name for n in range(3) if (choice := team.choose(n))] == ["Jonas"] * 3


def test_when_nobody_is_at_work_it_is_the_first_slot_of_whose_turn_it_is() -> None:
    team = Team(config(DANA, JONAS))
    night = datetime(2026, 3, 11, 20, 0, tzinfo=UTC)
    chosen = [team.choose(number, night) for number in range(2)]
    assert [choice and choice.rep.name for choice in chosen] == ["Dana", "Jonas"]
    assert {choice and choice.call_at for choice in chosen} == {datetime(2026, 3, 12, 9, 0, tzinfo=UTC)}


def test_a_full_day_is_followed_by_the_next_one_and_then_by_nobody() -> None:
    team = Team(config(DANA | {"capacity": 2}))
    chosen = [team.choose(number) for number in range(5)]
    assert [choice and choice.call_at.date().day for choice in chosen] == [11, 11, 12, 12, None]


def test_a_call_with_a_time_goes_to_who_works_then_and_has_none() -> None:
    team = Team(config(DANA, JONAS | {"holidays": "AT"}))
    at = NOW + timedelta(hours=2)
    first, second = team.choose(1, call_at=at), team.choose(2, call_at=at + timedelta(minutes=5))
    assert first is not None
    assert (first.rep.name, first.call_at) == ("Dana", at)
    assert second is None, "Dana is on the phone, and Jonas has a holiday"
    assert team.choose(3, call_at=NOW + timedelta(hours=12)) is None, "in the night"


def test_an_owner_has_the_lead_whatever_there_is_already() -> None:
    team = Team(config(DANA | {"capacity": 0}))
    owned = lead(1, owner="501")
    wish = Wish(owned, pool_for(owned, team.config), team.config, None, NOW)
    chosen = team.chooser.choose(wish)
    assert chosen is not None
    assert chosen.call_at == NOW + timedelta(minutes=10)


def test_a_second_try_takes_the_booking_of_the_first() -> None:
    team = Team(config(DANA, JONAS, MEI))
    first, again = team.choose(1), team.choose(1)
    assert first is not None
    assert again is not None
    assert first.rep == again.rep
    assert sum(page.calls for page in team.diary.pages.values()) == 1


@pytest.mark.parametrize("spread", ["round robin", "least loaded"])
def test_a_thousand_leads_at_once_are_shared_out_fairly(spread: str) -> None:
    reps = [{"name": f"R{n}", "email": f"r{n}@seller.example", "capacity": 500} for n in range(12)]
    team = Team(config(*reps, spread=spread))
    with ThreadPoolExecutor(8) as pool:
        chosen = list(pool.map(team.choose, range(1000)))
    given_to = Counter(choice.rep.email for choice in chosen if choice)
    assert given_to.total() == 1000
    assert max(given_to.values()) - min(given_to.values()) <= 1
    assert len({(choice.rep.email, choice.call_at) for choice in chosen if choice}) == 1000, "nobody is booked twice"


zones = st.sampled_from(["Europe/Vienna", "America/New_York", "Asia/Kolkata", "UTC"])
team_of = st.lists(st.tuples(zones, st.integers(0, 4)), min_size=1, max_size=5)


@given(team_of, st.lists(st.integers(0, 3 * 24 * 60), max_size=25), st.sampled_from(["round robin", "least loaded"]))
@settings(max_examples=40, deadline=None)
def test_nobody_is_given_a_call_outside_hours_or_beyond_capacity(
    reps: list[tuple[str, int]], minutes: list[int], spread: str
) -> None:
    made = [
        {"name": f"R{n}", "email": f"r{n}@seller.example", "time_zone": zone, "capacity": capacity}
        for n, (zone, capacity) in enumerate(reps)
    ]
    team = Team(config(*made, spread=spread))
    for number, minute in enumerate(sorted(minutes)):
        now = datetime(2026, 3, 27, tzinfo=UTC) + timedelta(minutes=minute)  # the clock changes on the 29th
        if choice := team.choose(number, now):
            assert works_at(choice.rep, choice.call_at)
            assert choice.call_at >= now
    capacity = {rep.email: rep.capacity for rep in team.config.reps}
    assert all(booked.calls <= capacity[page.rep] for page, booked in team.diary.pages.items())
    assert timedelta(minutes=10) == SLOT
