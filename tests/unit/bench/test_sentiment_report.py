from __future__ import annotations

from bench.sentiment import FLOORS, _figure, _numbers


def test_every_number_has_its_path_and_lists_are_left_out() -> None:
    found = {"sets": {"newsmtsc": {"macro_f1": 76.4, "confusion": [[1]]}}, "int8": {"most_lost": 0.5}, "models_mb": 46}
    assert _numbers(found) == [("newsmtsc.macro_f1", 76.4), ("int8.most_lost", 0.5), ("models_mb", 46.0)]


def test_a_floor_is_a_limit_from_below_unless_it_says_at_most() -> None:
    floors = {floor.figure: floor for floor in FLOORS}
    assert not _figure("newsmtsc.macro_f1", 74.9, floors["newsmtsc.macro_f1"]).ok
    assert _figure("newsmtsc.macro_f1", 75.0, floors["newsmtsc.macro_f1"]).ok
    assert not _figure("int8.most_lost", 0.8, floors["int8.most_lost"]).ok
    assert _figure("speed.anything", 5.0, None).ok
