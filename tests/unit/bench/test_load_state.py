"""Whether a function's processes grow is told from the largest of them, and from most of a time."""

from __future__ import annotations

from bench.load_state import Memory


def grown(*sizes: float) -> dict[str, float]:
    memory = Memory(0)
    for size in sizes:
        memory.note({"collect": size})
    return memory.growth()


def test_what_grows_on_and_on_is_told() -> None:
    assert grown(*range(100, 160)) == {"collect": 20.0}


def test_what_grows_at_first_or_for_a_moment_is_not() -> None:
    assert grown(*[80, 120, 180] + [180] * 27) == {"collect": 0.0}
    assert grown(*[180] * 25 + [400] + [180] * 4) == {"collect": 0.0}


def test_of_a_few_looks_nothing_is_told() -> None:
    assert grown(*range(11)) == {}
