"""What an epoch takes, and where a run may write."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from training.__main__ import parse, recipe_of
from training.epochs import Epochs
from training.recipe import LAYER, Recipe
from training.rows import Row

ROWS = [Row(f"Acme opens shop {i}", i % 3, source, ((0, 4),)) for source in ("news", "tweets") for i in range(100)]


def sources_of(share: float) -> Counter[str]:
    recipe = Recipe(sources={"news": 2.5, "tweets": 0.4}, tone_share=0.0, share=share)
    return Counter(example.source for example in Epochs(ROWS, [], recipe).draw(0))


def test_each_source_has_its_share_of_an_epoch() -> None:
    assert sources_of(1) == {"news": 250, "tweets": 40}


def test_a_rehearsal_takes_as_much_less_of_every_source() -> None:
    assert sources_of(0.1) == {"news": 25, "tweets": 4}


def test_the_same_epoch_is_the_same_again() -> None:
    recipe = Recipe(sources={"news": 0.5})
    assert Epochs(ROWS, ["Bolt"], recipe).draw(3) == Epochs(ROWS, ["Bolt"], recipe).draw(3)


@pytest.mark.parametrize("asked", [["--permissive"], ["--share", "0.01"], ["--permissive", "--share", "0.01"]])
def test_only_the_whole_run_writes_into_the_layer(asked: list[str]) -> None:
    options = parse(["all", *asked])
    assert options.layer == options.work / "model"
    assert parse(["all"]).layer == LAYER
    assert options.work != Path("build/training/all")


def test_the_recipe_of_a_rehearsal_differs_in_its_share_alone() -> None:
    assert recipe_of(parse(["train", "--share", "0.01"])) == Recipe(share=0.01)
