"""An author is a person's name, never an address or a department."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.authors import author_of, authors_of


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Ada Penrose", "Ada Penrose"),
        ("By Ada Penrose", "Ada Penrose"),
        ("Written by: Ada Penrose", "Ada Penrose"),
        ("von Ada Penrose", "Ada Penrose"),
        ("Byron Vane", "Byron Vane"),
        ("ada@outlet.example (Ada Penrose)", "Ada Penrose"),
        ("Ada Penrose (ada@outlet.example)", "Ada Penrose"),
        ("Ada Penrose <ada@outlet.example>", "Ada Penrose"),
        ("Ada Penrose | Senior Staff Writer", "Ada Penrose"),
        ("Ada Penrose, Technology Reporter", "Ada Penrose"),
        ("Ada Penrose, Joris Vane", "Ada Penrose, Joris Vane"),
        ("Newsham Ltd", "Newsham Ltd"),
        ("ada@outlet.example", None),
        ("admin", None),
        ("Outlet Staff", None),
        ("Editorial Team", None),
        ("https://social.example/ada", None),
        ("--", None),
        ("", None),
        (None, None),
    ],
)
def test_author(text: str | None, author: str | None) -> None:
    assert author_of(text) == author


def test_several_authors_are_named_once() -> None:
    assert authors_of(["Ada Penrose", "By Ada Penrose", "admin", "Joris Vane"]) == "Ada Penrose, Joris Vane"
    assert authors_of(["admin"]) is None


@given(st.text(max_size=300))
def test_any_author_is_short_and_without_an_address(text: str) -> None:
    found = author_of(text)
    assert found is None or (0 < len(found) <= 120 and "\n" not in found)
    assert author_of(f"{text[:20]} a@b.example") is None or "a@b.example" not in str(
        author_of(f"{text[:20]} a@b.example")
    )
