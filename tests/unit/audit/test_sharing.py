"""A brief that is shared: read by who has the link, for a week, and nothing else; on the trail."""

from __future__ import annotations

import time
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from precall.documents import research_key
from precall.events import BriefShared, ShareOpened
from precall.share_links import LASTS, ShareLinks
from tests.golden.read import forms
from tests.unit.audit.test_voting import MANAGER
from tests.unit.audit.world import BRIEF_ADDRESS, LEAD_ID, LINKS, RESEARCH_ID, SECRET, SHARES, World, asked


@pytest.fixture
def world() -> World:
    world = World()
    world.documents.put(research_key(LEAD_ID, RESEARCH_ID, "page.html"), forms("rich").page)
    return world


def share(world: World) -> str:
    """The token of a new link."""
    answer = world.brief_page.say(asked(), {"action": "share"})
    assert answer.status == 200
    link = urlsplit(str(BeautifulSoup(answer.body, "lxml").select_one("input[readonly]")["value"]))  # type: ignore[index]
    assert f"{link.scheme}://{link.netloc}{link.path}" == BRIEF_ADDRESS
    return parse_qs(link.query)["shared"][0]


def test_a_link_is_made_once_a_minute_and_is_on_the_trail(world: World) -> None:
    share(world)
    share(world)
    first, second = world.bus.events
    assert isinstance(first, BriefShared)
    assert (first.id, first.by, first.until) == (second.id, "Jonas Ferber", world.now + LASTS)


def test_a_colleague_reads_and_that_is_counted_once_a_day(world: World) -> None:
    token = share(world)
    for _ in range(2):
        answer = world.brief_page.show(asked(shared=token))
        assert answer.status == 200
    soup = BeautifulSoup(answer.body, "lxml")
    assert "Jonas Ferber shared this brief with you, to read only" in soup.get_text()
    assert soup.select("form, script") == []
    world.now += timedelta(days=1)
    world.brief_page.show(asked(shared=token))
    opened = [event for event in world.bus.events if isinstance(event, ShareOpened)]
    assert len({event.id for event in opened}) == 2
    assert not [event for event in world.bus.events if event.type == "brief.opened"]


@pytest.mark.parametrize("action", ["acknowledge", "read", "wrong-company", "vote", "rate", "share"])
def test_a_colleague_can_say_nothing(world: World, action: str) -> None:
    token = share(world)
    told = len(world.bus.events)
    form = {"action": action, "says": "useful", "stars": "5", "research": RESEARCH_ID, "story": "s"}
    assert world.brief_page.say(asked(shared=token), form).status == 403
    assert (len(world.bus.events), world.feedback.given, world.ratings.given) == (told, {}, {})


def test_a_share_opens_the_brief_alone(world: World) -> None:
    token = share(world)
    assert world.pages.trail(asked(shared=token)).status == 403
    assert world.brief_page.show(asked("another-lead", shared=token)).status == 403
    assert world.pages.trail(asked(token=token)).status == 403
    assert world.brief_page.show(asked(token=token)).status == 403
    lead_token = LINKS.to_lead(LEAD_ID).split("token=")[1]
    assert world.brief_page.show(asked(shared=lead_token)).status == 403


def test_a_share_ends_by_its_age_and_with_its_key() -> None:
    with patch("itsdangerous.timed.time.time", return_value=time.time() - LASTS.total_seconds() - 60):
        old = SHARES.token("lead", "share", "Jonas")
    new = SHARES.token("lead", "share", "Jonas")
    assert SHARES.opened("lead", old) is None
    assert SHARES.opened("lead", new)
    assert ShareLinks(("new", SECRET)).opened("lead", new)  # while the key is rotated
    assert ShareLinks(("new",)).opened("lead", new) is None


def test_a_manager_shares_under_their_own_name(world: World) -> None:
    world.brief_page.say(asked(person=MANAGER), {"action": "share"})
    (event,) = world.bus.events
    assert isinstance(event, BriefShared)
    assert event.by == "Priya Raman"
