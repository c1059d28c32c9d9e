"""The notice says what failed and what to do, and nothing that it does not know."""

from __future__ import annotations

from bs4 import BeautifulSoup

from deliver.mail import Mail
from deliver.notice import notice_mail, prospect_label
from precall.model import Account, Contact, Lead, Prospect
from tests.unit.deliver.world import CONFIG, assignment, failed, lead


def notice(known: Lead | None = None, **changes: str) -> Mail:
    event = failed(**changes)
    known = known or lead(event.lead_id)
    return notice_mail(CONFIG, assignment(event.lead_id, event.research_id), known, event)


def test_both_forms_name_the_call_the_cause_and_a_way_on() -> None:
    one = notice()
    plain = BeautifulSoup(one.html, "lxml").get_text(" ", strip=True)
    for said in ("Ada Berg (Nordlicht Foods)", "Thu 12 Mar 2026, 10:30 CET", "writing the brief (StorageUnavailable)"):
        assert said in one.text
        assert said in plain
    assert "https://nordlicht.example/" in one.text
    assert "https://news.google.com/search?q=%22Nordlicht+Foods%22" in one.text


def test_hostile_names_are_text_not_markup() -> None:
    hostile = Prospect(account=Account(name='<script>alert("x")</script> & Co'))
    one = notice(lead("lead-1", prospect=hostile), error="<img src=x onerror=alert(1)>")
    soup = BeautifulSoup(one.html, "lxml")
    assert not soup.find(["script", "img"])
    assert '<script>alert("x")</script> & Co' in one.text  # plain text needs no escaping


def test_a_lead_that_was_never_read_back_still_gets_a_notice() -> None:
    one = notice(lead("lead-1", prospect=None))
    assert one.subject.startswith("No brief for your call with your new lead")
    assert "What you can read" not in one.text


def test_a_long_cause_is_cut_and_stays_on_one_line() -> None:
    one = notice(error="Traceback\n" * 500)
    line = next(line for line in one.text.splitlines() if line.startswith("What happened"))
    assert line.endswith("…).")
    assert len(line) < 300


def test_an_unknown_step_is_named_as_it_is() -> None:
    assert "failed while translating" in notice(step="translating").text


def test_a_research_that_was_not_waited_for_may_still_come_to_a_brief() -> None:
    one = notice(step="deadline", error="")
    assert one.subject.startswith("No brief yet for your call with Ada Berg (Nordlicht Foods)")
    plain = BeautifulSoup(one.html, "lxml").get_text(" ", strip=True)
    for form in (" ".join(one.text.split()), plain):
        assert "the research had not finished shortly before the call. If it does before the call, the brief" in form
        assert "failure" not in form
    assert "yet" not in notice().text + notice().subject + notice().html


def test_a_name_over_two_lines_fits_a_subject() -> None:
    two = Prospect(account=Account(name="Nordlicht\nFoods"), contact=Contact(name="Ada\tBerg"))
    assert prospect_label(lead("lead-1", prospect=two)) == "Ada Berg (Nordlicht Foods)"


def test_the_plain_text_has_no_gaps() -> None:
    assert "\n\n\n" not in notice().text + notice(step="deadline").text
    assert "\n\n\n" not in notice(lead("lead-1", prospect=None)).text
