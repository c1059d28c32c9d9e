"""A mail carries only what SES takes and what nobody can inject."""

from __future__ import annotations

import re
from email import message_from_string
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliver.mail import Mail, mail
from precall.errors import MailRefused
from precall.model import Assignment
from tests.unit.deliver.world import CONFIG, assignment


def made(given_assignment: Assignment | None = None, subject: str = "A brief", **config: str) -> Mail:
    changed = CONFIG.model_copy(update=config)
    given = given_assignment or assignment("lead-1", "research-1")
    return mail(changed, given, "brief", subject, "text", "<p>html</p>", given.research_id, "c-1")


def with_address(email: str) -> Assignment:
    known = assignment("lead-1", "research-1")
    return known.model_copy(update={"rep": known.rep.model_copy(update={"email": email})})


def test_it_comes_from_the_team() -> None:
    assert made().sender == "Inside Sales <briefs@seller.example>"


@pytest.mark.parametrize("team", ["Équipe Ventes", "Sales, Inc.", 'The "A" Team', "营销"])
def test_any_team_name_survives_as_the_display_name(team: str) -> None:
    sender = made(team=team).sender
    (read,) = message_from_string(f"From: {sender}\n\n", policy=default)["From"].addresses
    assert sender.isascii()
    assert (read.display_name, read.addr_spec) == (team, "briefs@seller.example")


@given(team=st.text(min_size=1, max_size=120), subject=st.text(max_size=300))
def test_no_setting_or_subject_can_add_a_header(team: str, subject: str) -> None:
    one = made(team=team, subject=subject)
    assert not re.search(r"[\r\n]", one.sender + one.subject)


def test_ids_become_tags_that_ses_allows() -> None:
    one = made(assignment("lead/ü 1@x", "r" * 400))
    assert one.tags["lead"] == "lead___1_x"
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value) for value in one.tags.values())
    assert one.tags["kind"] == "brief"


def test_all_mails_about_a_lead_are_one_conversation() -> None:
    first, second = made(), made(assignment("lead-1", "research-2"))
    assert first.headers["References"] == second.headers["References"] == "<lead-1@precall.invalid>"
    assert first.headers["X-Precall-Lead"] == "lead-1"


def test_a_domain_in_another_script_is_written_as_dns_has_it() -> None:
    assert made(with_address("jonas@möbel.example")).to == "jonas@xn--mbel-5qa.example"


def test_an_address_that_ses_cannot_take_is_refused_in_words() -> None:
    with pytest.raises(MailRefused, match="ASCII addresses only"):
        made(with_address("jürgen@seller.example"))
