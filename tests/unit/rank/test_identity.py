"""How a prospect is named: what counts as its name, and what only looks like it."""

from __future__ import annotations

import pytest

from precall.identity import Identity, identity_of
from precall.model import Account, AccountProfile, Contact, Prospect


def of(name: str | None = None, domain: str | None = None, contact: str | None = None, **other: object) -> Identity:
    account = Account.model_validate({"name": name, "domain": domain, **other})
    return identity_of(Prospect(account=account, contact=Contact(name=contact) if contact else None))


@pytest.mark.parametrize(
    ("name", "domain", "sure", "doubtful"),
    [
        ("Uber Technologies, Inc.", "uber.com", {"Uber Technologies", "Uber", "uber.com"}, set()),
        ("Delta Air Lines", "delta.com", {"Delta Air Lines", "delta.com"}, {"Delta"}),
        ("Nothing Technology Limited", "nothing.tech", {"Nothing Technology", "nothing.tech"}, {"Nothing"}),
        ("Gap Inc.", "gapinc.com", {"Gap Inc.", "gapinc.com"}, {"Gap"}),
        ("American Airlines", "aa.com", {"American Airlines", "aa.com"}, set()),
        ("Amazon.com, Inc.", "amazon.com", {"Amazon.com", "Amazon", "amazon.com"}, set()),
        ("Square (Block, Inc.)", "squareup.com", {"squareup.com"}, {"Square", "Block"}),
        ("IBM", "ibm.com", {"IBM", "ibm.com"}, set()),
        ("X", "x.com", {"x.com"}, {"X"}),
        ("任天堂", None, {"任天堂"}, set()),
        (None, "kestrelon.example", {"Kestrelon", "kestrelon.example"}, set()),
    ],
)
def test_a_name_is_sure_unless_it_is_also_a_word(
    name: str | None, domain: str | None, sure: set[str], doubtful: set[str]
) -> None:
    identity = of(name, domain)
    assert {form.text for form in identity.sure} == sure
    assert {form.text for form in identity.doubtful} == doubtful


@pytest.mark.parametrize(
    "text",
    [
        "Uber's drivers strike",
        "the Uber-owned fleet",
        "UBER to expand",
        "see uber.com for more",
        "(Uber)",
        "Uber, Lyft",
        "Uberは東京で拡大",
    ],
)
def test_a_name_is_found_in_its_usual_surroundings(text: str) -> None:
    assert of("Uber Technologies, Inc.", "uber.com").names_account(text)


@pytest.mark.parametrize(
    "text",
    ["Uberlandia wins", "Suber rises", "an uber-rich family", "write to press@uber.com", "notuber.com", "uber.com.br"],
)
def test_a_name_inside_another_word_is_not_the_name(text: str) -> None:
    assert not of("Uber Technologies, Inc.", "uber.com").names_account(text)


def test_names_match_across_spelling_of_spaces_and_signs() -> None:
    assert of("Delta Air Lines").names_account("Delta Airlines accused")
    assert of("AT&T").names_account("a deal with AT&T, they say")
    assert of("Kestrelon", aliases=("KLX Freight",)).names_account("klx freight grows")


def test_a_contact_is_known_by_first_and_last_name_only() -> None:
    identity = of("Harbor", contact="Dr. Lena Ruiz, PhD")
    assert identity.names_contact("Lena Ruiz told us")
    assert not identity.names_contact("Lena told us, and Ruiz agreed")
    assert of("Harbor", contact="Lena").contact is None


def test_a_name_of_signs_alone_names_nobody() -> None:
    assert not of("🔥🔥").names_account("🔥🔥 what a day")


def test_what_was_found_out_adds_names_a_domain_and_an_industry() -> None:
    found = AccountProfile(
        names=("Kestrelon", "KLX Freight", "Block"), domain="kestrelon.example", industry="freight forwarding"
    )
    identity = identity_of(Prospect(account=Account(name="Kestrelon Logistics")), found)
    assert identity.labels == ("Kestrelon Logistics", "Kestrelon", "KLX Freight", "kestrelon.example")
    assert identity.industry == {"freight", "forwarding"}
    assert identity.names_account("KLX Freight grows")
    assert not identity.names_account("They Block the port")


def test_the_lead_is_believed_before_what_was_found_out() -> None:
    found = AccountProfile(domain="elsewhere.example", industry="farming")
    identity = identity_of(
        Prospect(account=Account(name="Kestrelon", domain="kestrelon.example", industry="freight")), found
    )
    assert identity.domain
    assert identity.domain.text == "kestrelon.example"
    assert identity.industry == {"freight"}


@pytest.mark.parametrize("domain", ["shop.kestrelon.co.uk", "kestrelon.example", "kestrelon.de"])
def test_the_brand_is_read_off_any_host_of_the_domain(domain: str) -> None:
    assert "Kestrelon" in {form.text for form in of("Kestrelon Quay Works", domain).forms}
