"""When nobody takes a lead, each manager is told once, with what to do."""

from __future__ import annotations

import pytest

from precall.errors import MailRefused
from precall.events import LeadEscalated
from tests.unit.deliver.world import NOW, World, ready

EVENT = LeadEscalated(lead_id=ready().lead_id, correlation_id="c-1", at=NOW, queue="partners", waited_minutes=15)


@pytest.fixture
def world() -> World:
    return World()


def test_each_manager_is_told_once(world: World) -> None:
    for _ in range(2):
        world.escalation.tell(EVENT)
    (mail,) = world.mailer.sent
    assert mail.to == world.config.managers[0].email
    assert mail.subject == "Nobody has taken Ada Berg (Nordlicht Foods): 15 minutes in the queue partners"
    for form in (mail.text, mail.html):
        assert f"precall assign {EVENT.lead_id} REP" in form
        assert "https://api.example/live/leads/" in form


def test_nobody_is_told_of_an_erased_lead_or_at_an_address_that_takes_no_mail(world: World) -> None:
    world.addresses.known[world.config.managers[0].email] = "no such mailbox"
    world.escalation.tell(EVENT)
    del world.facts.leads[EVENT.lead_id]
    world.escalation.tell(EVENT)
    assert not world.mailer.sent


def test_a_refused_mail_stops_nothing(world: World) -> None:
    world.mailer.error = MailRefused("SES refused the mail")
    world.escalation.tell(EVENT)
