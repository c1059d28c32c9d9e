"""Eight situations, and the brief that a rep gets in each: whoever changes one reads what became of all of them."""

from __future__ import annotations

import re

import pytest

from brief.gate import check
from brief.render import MOST_BYTES
from tests.golden.keep import FOLDER, kept
from tests.golden.read import NAMES, evidence, forms

RENEW = "is not as it was kept: look (`make screenshots`), then `make golden` and read the difference"
EXPECTED = {"rich", "person", "thin", "empty", "breaking", "namesake", "renewal", "hostile"}


def test_every_situation_is_there() -> None:
    assert set(NAMES) == EXPECTED


@pytest.mark.parametrize("name", NAMES)
def test_a_brief_is_as_it_was_kept(name: str) -> None:
    for file, text in kept(name).items():
        assert (FOLDER / file).read_text(encoding="utf-8") == text, f"{file} {RENEW}"


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_was_refused_and_the_gate_passes(name: str) -> None:
    brief = forms(name).brief
    check(brief, evidence(name))
    assert "left out" not in " ".join(brief.failures)


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_small_and_its_links_say_where_they_lead(name: str) -> None:
    mail = forms(name).mail
    assert len(mail.encode()) < MOST_BYTES
    assert re.findall(r'href="(?!https?://)', mail) == []
    assert "<img" not in mail


def test_breaking_news_come_first_and_are_not_to_be_raised() -> None:
    brief = forms("breaking").brief
    assert brief.stories[0].breaking
    assert brief.bottom_line[0].text.startswith("Know, do not raise: “Vantrel Health hit by data breach")
    assert all("breach" not in signal.quote.text.lower() or signal.opener is None for signal in brief.signals)


def test_another_one_of_that_name_is_not_told() -> None:
    for name, other in (("namesake", "café"), ("namesake", "Locarno"), ("rich", "Vineyard")):
        assert other not in forms(name).text.split("Not meant")[0]


@pytest.mark.parametrize("name", ["thin", "empty"])
def test_where_little_is_known_there_are_questions(name: str) -> None:
    assert forms(name).brief.questions


def test_a_renewal_says_what_is_new_since_the_last_brief() -> None:
    brief = forms("renewal").brief
    assert brief.since is not None
    assert "about the renewal" in forms("renewal").text


def test_without_a_company_the_person_is_what_may_be_wrong() -> None:
    made = forms("person")
    for text in (made.text, made.mail, made.page):
        assert "Wrong person?" in text
        assert "Wrong company?" not in text
