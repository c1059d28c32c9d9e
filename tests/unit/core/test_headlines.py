"""A headline is what the outlet wrote, without the name that sites append."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.headlines import without_outlet


@pytest.mark.parametrize(
    ("title", "name", "outlet", "headline"),
    [
        ("Marlbrook opens a plant - Tidemark", "Tidemark", "tidemark.com", "Marlbrook opens a plant"),
        ("Marlbrook opens a plant | Tidemark News", "Tidemark", "tidemark.com", "Marlbrook opens a plant"),
        ("Marlbrook opens a plant — Tidemark.com", "", "tidemark.com", "Marlbrook opens a plant"),
        ("Marlbrook opens a plant | Business | Tidemark", "Tidemark", "tidemark.com", "Marlbrook opens a plant"),
        (
            "Marlbrook opens a plant - The Tide Mark Post",
            "",
            "tidepost.com",
            "Marlbrook opens a plant - The Tide Mark Post",
        ),
        ("Marlbrook opens a plant - New Cape Times", "", "nctimes.com", "Marlbrook opens a plant"),
        ("Marlbrook opens a plant - Tidemark India", "Tidemark.com", "tidemark.com", "Marlbrook opens a plant"),
        ("Marlbrook opens a plant - Yahoo News", "Tidemark", "tidemark.com", "Marlbrook opens a plant"),
        ("Tidemark | Marlbrook opens a plant", "Tidemark", "tidemark.com", "Marlbrook opens a plant"),
        ("Marlbrook - a profile", "Tidemark", "tidemark.com", "Marlbrook - a profile"),
        ("Pumps: Marlbrook - xenon included", "X", "x.com", "Pumps: Marlbrook - xenon included"),
        ("Tidemark", "Tidemark", "tidemark.com", "Tidemark"),
        (" - Tidemark", "Tidemark", "tidemark.com", "- Tidemark"),
        ("Why well-known pumps fail", "Tidemark", "tidemark.com", "Why well-known pumps fail"),
        ("", "Tidemark", "tidemark.com", ""),
    ],
)
def test_the_outlets_name_is_no_part_of_the_headline(title: str, name: str, outlet: str, headline: str) -> None:
    assert without_outlet(title, name, outlet) == headline


@given(st.text(max_size=60), st.text(max_size=20), st.sampled_from(["tidemark.com", "the.example", ""]))
def test_any_headline_stays_a_part_of_the_title(title: str, name: str, outlet: str) -> None:
    for told in (title, f"{title} - {name}", f"{title} | {name}"):
        found = without_outlet(told, name, outlet)
        assert found in told
        assert bool(found) == bool(told.strip())
