"""Who may see the pages, and what the browser is told to keep to itself."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from hashlib import sha256
from unittest.mock import Mock, patch

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from audit.access import Access
from audit.beacon import SCRIPT
from audit.brief_page import BriefPage
from audit.pages import Pages
from precall.clock import utc_now
from precall.links import MAX_AGE, Links
from tests.unit.audit.world import (
    LEAD_ID,
    LINKS,
    SECRET,
    SHARES,
    TOKEN,
    World,
    asked,
)


@pytest.fixture
def world() -> World:
    return World()


def test_a_page_needs_nothing_from_anywhere_and_allows_nothing_else(world: World) -> None:
    answer = world.pages.trail(asked())
    soup = BeautifulSoup(answer.body, "lxml")
    assert not soup.find(["script", "img", "link", "iframe", "form"])
    assert not soup.select("[style], [onclick]")
    style = soup.select_one("style")
    assert style
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{b64encode(sha256(style.get_text().encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_every_answer_keeps_its_address_and_content_to_itself(world: World) -> None:
    for answer in (
        world.pages.trail(asked()),
        world.brief_page.show(asked()),
        world.pages.trail(asked(token="x")),
        world.pages.trail(asked(as_json=True)),
    ):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def token_made(seconds_ago: int) -> str:
    with patch("itsdangerous.timed.time.time", return_value=time.time() - seconds_ago):
        return LINKS.to_lead(LEAD_ID).split("token=")[1]


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        TOKEN[:-1],
        TOKEN + "x",
        token_made(MAX_AGE + 60),
        Links("", (SECRET,)).to_lead("another").split("token=")[1],
        Links("", ("another secret",)).to_lead(LEAD_ID).split("token=")[1],
    ],
    ids=["none", "no token", "cut", "too long", "too old", "another lead's", "another secret's"],
)
def test_a_bad_link_opens_nothing_and_tells_nothing(world: World, token: str) -> None:
    answers = {
        (page(asked(lead_id, token)).status, page(asked(lead_id, token)).body)
        for page in (world.pages.trail, world.brief_page.show)
        for lead_id in (LEAD_ID, "no such lead")
    }
    assert len(answers) == 1  # the same for a lead that exists and for one that does not
    ((status, body),) = answers
    assert status == 403
    assert "Open the link in the newest mail" in body
    assert "Nordlicht" not in body


@given(token=st.text(max_size=200))
def test_no_token_breaks_the_page(token: str) -> None:
    assert World().pages.trail(asked(token=token)).status == 403


def test_a_bad_link_looks_nothing_up() -> None:
    untouched = Mock(spec=[])  # any use of it is an AttributeError
    access = Access(untouched, lambda: LINKS, lambda: SHARES)
    brief_page = BriefPage(access, untouched, untouched, untouched, untouched, untouched, utc_now)
    assert Pages(access, untouched, untouched, utc_now).trail(asked(token="x")).status == 403
    assert brief_page.show(asked(token="x")).status == 403
    assert brief_page.show(asked(shared="x")).status == 403
    assert brief_page.say(asked(token="x"), {"action": "acknowledge"}).status == 403
    assert brief_page.say(asked(shared="x"), {"action": "acknowledge"}).status == 403


def test_a_link_opens_until_its_last_minute() -> None:
    assert World().pages.trail(asked(token=token_made(MAX_AGE - 60))).status == 200


def test_a_stored_brief_can_run_no_script_but_the_beacon(world: World) -> None:
    policy = world.brief_page.show(asked()).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    allowed = b64encode(sha256(SCRIPT.encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]*)", policy) == [f"'sha256-{allowed}'"]
    assert "connect-src 'self'" in policy
    assert f"style-src 'sha256-{b64encode(sha256(b'p { margin: 0 }').digest()).decode()}'" in policy
    assert "form-action 'self'" in policy
