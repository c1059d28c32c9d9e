"""What is searched for finds the company, and not everything that shares its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.queries import news_queries, with_dates
from collect.sources.hacker_news import queries
from precall.identity import identity_of
from precall.model import AccountProfile
from tests.unit.collect.support import about


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ({"name": "Marlbrook Pumps Ltd."}, ['"Marlbrook Pumps"']),
        ({"name": "Uber", "domain": "uber.com"}, ['"Uber"']),
        ({"name": "Uber Technologies, Inc.", "domain": "uber.com"}, ['("Uber Technologies" OR "Uber")']),
        (
            {"name": "Marlbrook Pumps", "aliases": ("MBP Group", "marlbrook pumps")},
            ['("Marlbrook Pumps" OR "MBP Group")'],
        ),
        ({"name": None, "domain": "marlbrook.example"}, ['("Marlbrook" OR "marlbrook.example")']),
        ({"name": 'The "Odd" (Hexley) OR Co'}, ['("The Odd OR" OR "Hexley")']),
    ],
)
def test_names_that_stand_alone(account: dict[str, object], expected: list[str]) -> None:
    assert news_queries(about(**account)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (
            {"name": "Target", "domain": "target.com", "industry": "retail"},
            ['"Target" ("target.com" OR "retail")'],
        ),
        (
            {"name": "Delta Air Lines", "domain": "delta.com", "industry": "airline"},
            ['"Delta Air Lines"', '"Delta" ("delta.com" OR "airline")'],
        ),
        (
            {"name": "Delta Air Lines", "domain": "delta.com"},
            ['"Delta Air Lines"', '"Delta" ("delta.com" OR "Lines" OR "Line" OR "airlines" OR "airline")'],
        ),
        (
            {"name": "Match Group", "domain": "mtch.com", "industry": "online dating (Tinder)"},
            ['"Match Group"', '"Match" ("mtch.com" OR "dating" OR "Tinder")'],
        ),
        ({"name": "Gap", "aliases": ("Banana Republic",)}, ['"Banana Republic"', '"Gap" "Banana Republic"']),
    ],
)
def test_a_common_word_needs_something_beside_it(account: dict[str, object], expected: list[str]) -> None:
    assert news_queries(about(**account)) == expected  # type: ignore[arg-type]


def test_a_common_word_of_which_only_the_domain_is_known_needs_any_word_of_business() -> None:
    (asked,) = news_queries(about("Stripe", domain="stripe.com"))
    assert asked == '"Stripe" ("stripe.com" OR "company" OR "CEO" OR "chief executive" OR "shares" OR "startup")'


def test_a_common_word_about_which_nothing_is_known_is_narrowed_too() -> None:
    (asked,) = news_queries(about("Nothing"))
    assert asked == '"Nothing" ("company" OR "CEO" OR "chief executive" OR "shares" OR "startup")'


def test_what_was_found_out_narrows_and_adds_names() -> None:
    found = AccountProfile(names=("Nothing", "Nothing Technology", "Everyday"), industry="consumer electronics")
    asked = news_queries(replace(about("Nothing"), profile=found))
    assert asked == ['"Nothing Technology"', '"Nothing" ("electronics" OR "electronic")']


def test_every_name_that_is_searched_for_is_recognised() -> None:
    for account in (
        {"name": "Square (Block, Inc.)", "domain": "squareup.com"},
        {"name": "Match Group", "aliases": ("Tinder Holdings Ltd", "Hinge")},
        {"name": None, "domain": "marlbrook.example"},
    ):
        question = about(**account)
        identity = identity_of(question.prospect)
        assert all(identity.names_account(f"the {phrase.text} of today") for phrase in question.company)


@pytest.mark.parametrize("branch", ["UK", "Germany", "EMEA", "do not call", "HQ", "New Zealand"])
def test_what_a_crm_writes_in_brackets_is_not_always_a_name(branch: str) -> None:
    assert news_queries(about(f"Hexley Valves ({branch})")) == ['"Hexley Valves"']


@pytest.mark.parametrize(
    ("name", "other"),
    [("Hexley Valves (HV)", "HV"), ("Hexley Valves (formerly pump.ly)", "pump.ly"), ("Hexley (Odd Ones)", "Odd Ones")],
)
def test_a_name_in_brackets_is_a_name(name: str, other: str) -> None:
    assert any(f'"{other}"' in query for query in news_queries(about(name)))


def test_a_name_of_several_common_words_stays_a_phrase() -> None:
    assert news_queries(about("Blue Apron")) == ['"Blue Apron"']


def test_the_contact_is_searched_with_the_company_only() -> None:
    asked = news_queries(about("Marlbrook Pumps Ltd", contact="Ada Penrose", domain="marlbrook.com"))
    assert asked[-1] == '"Ada Penrose" ("Marlbrook Pumps" OR "Marlbrook")'
    assert len(news_queries(about("Marlbrook Pumps", contact="Ada"))) == 1


def test_a_contact_is_never_crowded_out() -> None:
    many = about("Target", domain="target.com", aliases=("Square", "Block", "Gap", "Nest"), contact="Ada Penrose")
    assert len(news_queries(many)) == 4
    assert news_queries(many)[-1].startswith('"Ada Penrose" (')
    assert queries(many)[-1] == '"Ada Penrose" "Target"'


def test_hacker_news_is_asked_for_the_domain_too() -> None:
    asked = queries(about("Uber Technologies, Inc.", domain="uber.com"))
    assert asked == ['"Uber"', '"uber.com"']


def test_the_window_in_days_includes_today() -> None:
    assert with_dates('"A"', about()) == '"A" after:2026-01-30 before:2026-03-02'
    assert about().since.date() == date(2026, 1, 30)


@given(
    st.text(min_size=1, max_size=80).filter(str.strip), st.none() | st.text(min_size=1, max_size=40).filter(str.strip)
)
def test_no_name_breaks_out_of_its_quotation_marks(name: str, alias: str | None) -> None:
    for query in news_queries(
        about(name, aliases=(alias,) if alias else (), contact="Ada Penrose", industry="x" + name)
    ):
        parts = query.split('"')
        assert len(parts) % 2 == 1
        assert {part.strip(" ()") for part in parts[::2]} <= {"", "OR"}
