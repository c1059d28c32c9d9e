"""When the day's researches are used up, the rep gets an honest notice and each manager one mail a day."""

from __future__ import annotations

from datetime import timedelta

from bs4 import BeautifulSoup

from deliver.notice import notice_mail
from deliver.spent import tell_if_spent
from precall.events import BriefSent, ResearchFailed
from tests.unit.deliver.world import CALL_AT, CONFIG, World, assignment, failed, lead

EVENT: ResearchFailed = failed(step="budget", error="BudgetSpent")
WHY = "the lead was not researched, because the day's budget of researches is used up"


def test_the_rep_is_told_why_there_is_no_brief_and_that_the_manager_knows() -> None:
    one = notice_mail(CONFIG, assignment(EVENT.lead_id, EVENT.research_id), lead(EVENT.lead_id), EVENT)
    for form in (" ".join(one.text.split()), BeautifulSoup(one.html, "lxml").get_text(" ", strip=True)):
        assert WHY in form
        assert "Your manager knows" in form
        assert "BudgetSpent" not in form


def test_a_call_that_is_near_gets_the_notice_and_a_later_one_is_researched_when_it_comes_near() -> None:
    near, far = World(now=CALL_AT - timedelta(minutes=30)), World(now=CALL_AT - timedelta(hours=8))
    sent = near.dispatch.take(EVENT)
    assert isinstance(sent, BriefSent)
    assert sent.notice_only
    assert far.dispatch.take(EVENT) is None
    assert not far.mailer.sent


def test_each_manager_is_told_once_a_day() -> None:
    world = World()
    for event in (EVENT, EVENT.model_copy(update={"lead_id": "another"})):
        tell_if_spent(world.managers, event)
    (mail,) = world.mailer.sent
    assert mail.to == CONFIG.managers[0].email
    assert str(CONFIG.budget.researches_a_day) in mail.subject
    for form in (mail.text, mail.html):
        assert "budget.researches_a_day" in form
    tell_if_spent(world.managers, EVENT.model_copy(update={"at": EVENT.at + timedelta(days=1)}))
    assert len(world.mailer.sent) == 2


def test_another_failure_is_none_of_the_managers() -> None:
    world = World()
    tell_if_spent(world.managers, failed())
    assert not world.mailer.sent
