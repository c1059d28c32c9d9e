"""Weak labels for sober business events."""

from __future__ import annotations

import random
import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from training.events import event_rows, filled, templates

NAMES = ["Nimbus", "Globex Labs", "HALCYON", "Initech", "Umbra Foods", "Vandelay"]


@given(st.integers(0, 10_000))
def test_every_row_names_its_target_and_leaves_no_slot(seed: int) -> None:
    for row in event_rows(6, NAMES, random.Random(seed)):
        assert row.spans
        assert all(row.text[a:b].lower() == row.target.lower() for a, b in row.spans)
        assert not re.search(r"[{}\[\]]", row.text)


def test_classes_are_equally_frequent() -> None:
    assert set(Counter(row.label for row in event_rows(300, NAMES, random.Random(1))).values()) == {100}


def test_one_word_is_told_of_both_roles() -> None:
    told = [t for t in templates()[0] if "[sues|" in t.text]
    assert {tuple(t.classes.values()) for t in told} == {(0, 1), (1, 0)}


def test_slots_and_choices_are_filled() -> None:
    assert re.fullmatch(r"\{A\} (wins|loses) \S.*", filled("{A} [wins|loses] {money}", random.Random(2)))
