"""Signed links: one lead each, for their time, under either of two keys."""

from __future__ import annotations

import time
from secrets import token_hex
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.links import MAX_AGE, LinkRefused, Links

LINKS = Links("https://api.example/live/", ("new", "old"))


def token(links: Links = LINKS, lead_id: str = "lead-1", seconds_ago: float = 0) -> str:
    with patch("itsdangerous.timed.time.time", return_value=time.time() - seconds_ago):
        return links.to_lead(lead_id).split("token=")[1]


def test_a_link_leads_to_a_lead_or_to_one_of_its_pages() -> None:
    assert LINKS.to_lead("lead-1").startswith("https://api.example/live/leads/lead-1?token=")
    assert LINKS.to_lead("lead-1", "/brief").startswith("https://api.example/live/leads/lead-1/brief?token=")


def test_it_opens_its_lead_and_no_other() -> None:
    LINKS.check("lead-1", token())
    with pytest.raises(LinkRefused, match="another lead"):
        LINKS.check("lead-2", token())


def test_it_opens_for_thirty_days() -> None:
    LINKS.check("lead-1", token(seconds_ago=MAX_AGE - 60))
    with pytest.raises(LinkRefused, match="open the newest mail"):
        LINKS.check("lead-1", token(seconds_ago=MAX_AGE + 60))


def test_a_rotated_keys_links_still_open_and_new_ones_use_the_new_key() -> None:
    LINKS.check("lead-1", token(Links("", ("old",))))
    Links("", ("new",)).check("lead-1", token(LINKS))
    with pytest.raises(LinkRefused):
        Links("", ("old",)).check("lead-1", token(LINKS))


def test_a_link_of_another_key_opens_nothing() -> None:
    with pytest.raises(LinkRefused):
        LINKS.check("lead-1", token(Links("", ("forged",))))


@given(st.one_of(st.text(), st.text(alphabet="abcIjE0.-_"), st.integers(2, 40)))
def test_no_token_that_was_not_made_opens_anything(forged: str | int) -> None:
    links = Links("", (token_hex(),))
    cut_off = token(links)[:-forged] if isinstance(forged, int) else forged
    with pytest.raises(LinkRefused):
        links.check("lead-1", cut_off)
