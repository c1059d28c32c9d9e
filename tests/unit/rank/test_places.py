"""What stands around a name: an actor, or a part of somebody else's name."""

from __future__ import annotations

import pytest

from precall.identity import identity_of
from precall.model import Account, AccountProfile, Namesake, Prospect
from rank.findings import find
from rank.places import Place, places
from rank.sighting import Target
from tests.unit.rank.given import HARBOR, mention

DELTA = Prospect(account=Account(name="Delta Air Lines", domain="delta.example", industry="airline"))


def first(text: str, prospect: Prospect = DELTA) -> Place:
    target = Target.of(identity_of(prospect), prospect, AccountProfile())
    return places(target.identity.forms, target.own_words, text)[0]


@pytest.mark.parametrize("text", ["Delta Corp shares fall", "Delta Labs opens", "Delta University closes its library"])
def test_a_short_name_before_another_kind_of_company_is_somebody_else(text: str) -> None:
    assert first(text).other


@pytest.mark.parametrize("text", ["Delta Air Lines Inc. grows", "Delta flies to Oslo", "Delta Air Lines Group grows"])
def test_the_full_name_and_its_legal_forms_are_the_prospect(text: str) -> None:
    assert not first(text).other


def test_the_longest_form_counts_where_two_begin_together() -> None:
    assert not first("Delta Air Lines buys jets").before_name


def test_a_name_that_acts_owns_or_is_called_a_company() -> None:
    assert first("Delta cuts fares").acts
    assert not first("Delta of the Nile").acts
    assert first("Delta's pilots strike").possessive
    assert first("Delta CEO resigns").company
    assert first("airlines (NYSE: Delta) rose").company
    assert first("Fares rise. Delta gains").opens
    assert first("What the Mississippi Delta needs now").after_name


def test_a_place_inside_a_namesakes_name_is_the_namesakes() -> None:
    profile = AccountProfile(namesakes=(Namesake(name="Harbor Lights"),))
    told = [mention("Harbor Lights draws thousands"), mention("Harbor orders two ships")]
    found = find(HARBOR, told, profile)
    assert list(found.told) == [1]


def test_a_name_that_stands_late_in_a_text_is_read_with_what_surrounds_it() -> None:
    late = mention("Ferries of the north", "Nothing here. " * 100 + "The shipping line Harbor ordered them.")
    (found,) = find(HARBOR, [late], AccountProfile()).evidence.values()
    assert (found["headline"], found["text"], found["industry"]) == (0.0, 1.0, 0.5)
