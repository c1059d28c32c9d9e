"""What reps mark changes what ranks: slowly, within bounds, said aloud, and not by chance or by one hostile rep."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precall.feedback import ENOUGH, Marks, Tally
from rank.usefulness import NOT_ENOUGH, lean, usefulness

HIRING, LEGAL, NEWS = "signal:hiring", "signal:legal", "kind:news"


def tally(**useful_of: tuple[int, int]) -> Tally:
    """From signal to (useful, wrong)."""
    useful = {f"signal:{name}": float(good) for name, (good, _) in useful_of.items()}
    wrong = {f"signal:{name}": float(bad) for name, (_, bad) in useful_of.items()}
    good, bad = sum(useful.values()), sum(wrong.values())
    return Tally(useful={**useful, "*": good}, wrong={**wrong, "*": bad}, votes=good + bad)


LIKES_HIRING = tally(hiring=(14, 1), legal=(1, 14))


def test_what_a_rep_finds_useful_rises_and_the_rest_sinks() -> None:
    assert usefulness(Marks(own=LIKES_HIRING), [HIRING, NEWS])[0] == pytest.approx(0.73, abs=0.02)
    assert usefulness(Marks(own=LIKES_HIRING), [HIRING])[1] == "the rep marks hiring useful"
    value, because = usefulness(Marks(own=LIKES_HIRING), [LEGAL])
    assert value == pytest.approx(0.27, abs=0.02)
    assert because == "the rep marks legal of little use"


def test_too_few_votes_change_nothing() -> None:
    few = tally(hiring=(ENOUGH - 1, 0))
    assert usefulness(Marks(own=few), [HIRING]) == (None, NOT_ENOUGH)
    assert usefulness(Marks(others=(LIKES_HIRING, LIKES_HIRING)), [HIRING]) == (None, NOT_ENOUGH)


def test_a_new_rep_starts_from_what_the_team_marks() -> None:
    value, because = usefulness(Marks(others=(LIKES_HIRING,) * 3), [HIRING])
    assert value == pytest.approx(0.73, abs=0.02)
    assert because == "the team marks hiring useful"


def test_one_hostile_rep_does_not_move_the_team() -> None:
    hostile = tally(hiring=(0, 500), legal=(500, 0))
    alone, among = (Marks(others=(LIKES_HIRING,) * 3), Marks(others=(*(LIKES_HIRING,) * 3, hostile)))
    assert lean(among, HIRING) == pytest.approx(lean(alone, HIRING))


@pytest.mark.parametrize("all_alike", [tally(hiring=(50, 0), legal=(50, 0)), tally(hiring=(0, 50), legal=(0, 50))])
def test_marking_everything_alike_says_nothing(all_alike: Tally) -> None:
    assert usefulness(Marks(own=all_alike), [HIRING])[0] == pytest.approx(0.5, abs=0.02)


def test_clicks_at_random_change_little() -> None:
    leans = []
    for seed in range(20):
        clicks = random.Random(seed)
        good = {name: sum(clicks.random() < 0.5 for _ in range(15)) for name in "abcdefghijklm"}
        marks = Marks(own=tally(**{name: (number, 15 - number) for name, number in good.items()}))
        leans += [abs(lean(marks, f"signal:{name}")) for name in good]
    assert sum(leans) / len(leans) < 0.03


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=4), st.integers(0, 4))
def test_a_value_stays_in_bounds(counts: list[tuple[int, int]], others: int) -> None:
    own = tally(**{f"k{n}": pair for n, pair in enumerate(counts)})
    value, because = usefulness(Marks(own=own, others=(own,) * others), [f"signal:k{n}" for n in range(len(counts))])
    assert value is None or 0 <= value <= 1
    assert because
