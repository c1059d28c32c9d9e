"""Whose competitors and phrases are an account's market: settings first, then the industry itself, never a guess."""

from __future__ import annotations

import pytest

from precall.config import parse_config
from precall.errors import InvalidConfiguration
from precall.market import MOST_COMPETITORS, MOST_TERMS, MarketSettings, market_of
from precall.model import Account, AccountProfile, Market
from tests.unit.core.test_config import LEAST

FREIGHT = MarketSettings(competitors=("Vastrunner Freight", "Kestrelon Logistics"), terms=("freight rates",))
EVERYWHERE = MarketSettings(terms=("fuel prices", "freight rates"))


def of(industry: str | None, told: str | None = None, **markets: MarketSettings) -> Market:
    account = Account(name="Kestrelon Logistics GmbH", domain="kestrelon.example", industry=industry)
    return market_of(markets, account, AccountProfile(industry=told))


def test_an_account_is_no_competitor_of_its_own() -> None:
    assert of("logistics", logistics=FREIGHT).competitors == ("Vastrunner Freight",)


def test_what_holds_for_any_industry_is_added_once() -> None:
    assert of("Logistics", logistics=FREIGHT, any=EVERYWHERE).terms == ("freight rates", "fuel prices")


@pytest.mark.parametrize(
    ("industry", "phrase"),
    [
        ("Logistics", "logistics industry"),
        ("COMPUTER_SOFTWARE", "computer software industry"),
        ("Automotive industry", "automotive industry"),
        ("Transportation/Trucking/Railroad", "transportation industry"),
        ("air transport, tourism", "air transport industry"),
    ],
)
def test_an_industry_without_settings_is_told_of_as_a_whole(industry: str, phrase: str) -> None:
    assert of(industry).terms[0] == phrase
    assert of(None, told=industry).terms == of(industry).terms
    assert of(industry).competitors == ()


@pytest.mark.parametrize("industry", [None, "—", "INFORMATION_TECHNOLOGY_AND_SERVICES", "Food & Beverages", "7372"])
def test_nothing_is_guessed(industry: str | None) -> None:
    assert not of(industry, logistics=FREIGHT).is_known


def test_a_market_fits_into_one_question() -> None:
    many = MarketSettings(
        competitors=tuple(f"Rival {n}" for n in range(10)), terms=tuple(f"term {n}" for n in range(6))
    )
    more = MarketSettings(competitors=("Vastrunner Freight",), terms=("freight rates",))
    found = of("logistics", logistics=many, any=more)
    assert (len(found.competitors), len(found.terms)) == (MOST_COMPETITORS, MOST_TERMS)


@pytest.mark.parametrize(
    ("market", "says"),
    [
        ("{ competitors: [Target] }", 'competitors.0: "Target" is also a word; write the full name'),
        ("{ terms: [logistics] }", 'terms.0: "logistics" is one word, which finds too much; write a phrase'),
        ("{ competitors: Vastrunner }", "competitors: "),
        ("{ rivals: [Vastrunner] }", "rivals: is not a setting"),
    ],
)
def test_a_mistake_is_named_with_its_fix(market: str, says: str) -> None:
    with pytest.raises(InvalidConfiguration) as error:
        parse_config(f"{LEAST}markets: {{ logistics: {market} }}")
    assert f"markets.logistics.{says}" in str(error.value)


def test_a_phrase_may_be_of_a_script_that_sets_no_spaces() -> None:
    assert parse_config(f"{LEAST}markets: {{ any: {{ terms: [物流自动化] }} }}").markets["any"].terms == ("物流自动化",)
