"""The model refuses what cannot be researched, and survives a round trip through JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from precall import model
from precall.clock import for_people, to_utc
from precall.ids import derived_id, mention_id
from precall.model import Account, Contact, Lead, Prospect, ResearchTask

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def lead(**fields: Any) -> Lead:
    return Lead(id="1", crm="generic", correlation_id="c", **{"acquired_at": NOW, **fields})


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"account": {}},
        {"contact": {"title": "Buyer"}},
        {"account": {"country": "Austria"}},
        {"account": {"domain": "n/a"}},
    ],
)
def test_a_lead_without_company_and_person_says_what_to_give(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"give company\.name or company\.domain"):
        Prospect.model_validate(data)


@pytest.mark.parametrize("contact", [{"name": "Ada Berg"}, {"email": "ada@gmail.com"}])
def test_a_person_alone_is_a_prospect_without_a_company(contact: dict[str, str]) -> None:
    prospect = Prospect.model_validate({"contact": contact})
    assert (prospect.has_company, prospect.label) == (False, *contact.values())


def test_a_business_address_names_the_company() -> None:
    prospect = Prospect.model_validate({"contact": {"email": "ada@nordlicht.com"}})
    assert prospect.account.domain == "nordlicht.com"
    assert prospect.label == "nordlicht.com"


def test_the_given_domain_goes_before_the_addresss() -> None:
    given = {"account": {"domain": "https://www.nordlicht.com/"}, "contact": {"email": "ada@agency.com"}}
    assert Prospect.model_validate(given).account.domain == "nordlicht.com"


def test_a_lead_survives_json() -> None:
    known = lead(prospect=Prospect(account=Account(name="Nordlicht"), contact=Contact(name="Ada")), call_at=NOW)
    assert Lead.model_validate_json(known.model_dump_json()) == known


def test_a_misspelt_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="call_att"):
        lead(call_att=NOW)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        lead(call_at=datetime(2026, 3, 12, 9, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a time zone"):
        to_utc(datetime(2026, 3, 12, 9, 0))  # noqa: DTZ001


def test_times_are_kept_in_utc() -> None:
    vienna = datetime(2026, 3, 12, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    kept = lead(call_at=vienna).call_at
    assert kept == NOW
    assert kept.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "read"),
    [
        ("Europe/Vienna", "Sun 29 Mar 2026, 03:30 CEST"),
        ("America/New_York", "Sat, Mar 28, 2026, 9:30 PM EDT"),
        ("Asia/Kolkata", "Sun 29 Mar 2026, 07:00 IST"),
        ("America/Sao_Paulo", "Sat 28 Mar 2026, 22:30 UTC-03"),
        ("UTC", "Sun 29 Mar 2026, 01:30 UTC"),
    ],
)
def test_a_person_reads_their_own_wall_clock(zone: str, read: str) -> None:
    assert for_people(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), zone) == read


def test_a_validation_error_does_not_show_the_person() -> None:
    with pytest.raises(ValidationError) as caught:
        Contact(email="Ada Berg <not an address>")
    assert "Ada" not in str(caught.value)


def test_a_prospect_that_was_not_read_back_is_a_clear_error() -> None:
    with pytest.raises(LookupError, match="read back from the CRM"):
        lead().known()


def test_a_task_ignores_what_else_the_event_carried() -> None:
    event = {"lead_id": "1", "research_id": "2", "correlation_id": "3", "rep": "x", "type": "lead.assigned"}
    assert ResearchTask.model_validate(event).failures == ()


def test_ids_depend_on_every_part_and_its_boundaries() -> None:
    assert derived_id("a", "bc") == derived_id("a", "bc")
    assert len({derived_id("a", "bc"), derived_id("ab", "c"), derived_id("abc"), derived_id("a", "b", "c")}) == 4
    assert len(mention_id("https://x.example/1")) == 16


def test_every_word_is_where_the_package_looks_for_it() -> None:
    assert set(model.__all__) == set(" ".join(model._HOMES.values()).split())
    assert all(hasattr(model, name) for name in model.__all__)
    with pytest.raises(AttributeError, match=r"'precall\.model' has no attribute 'Leed'"):
        _ = model.Leed
