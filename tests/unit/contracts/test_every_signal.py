"""What holds for every kind of trigger event: who adds one (CONTRIBUTING.md) is told here what is still missing."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from brief.raising import KNOW_ONLY
from brief.wording import SENTENCES, SIGNALS
from precall.model import SignalKind
from precall.model.lead import Purpose
from rank.call import WORTH
from rank.triggers import TRIGGERS

ROOT = Path(__file__).parents[3]
LABELLED = (ROOT / "bench" / "signals_labels.tsv").read_text(encoding="utf-8")
LEAST = 5
"""Labelled headlines of a kind: fewer say nothing about how well it is found."""


@pytest.mark.parametrize("kind", SignalKind)
def test_it_has_words_a_label_a_worth_and_rows_in_the_documents(kind: SignalKind) -> None:
    assert any(trigger.kind is kind for trigger in TRIGGERS), "add its patterns to rank/triggers_*.py"
    assert kind in SIGNALS, "name it in brief/wording.py, SIGNALS"
    for purpose in get_args(Purpose):
        assert 0 <= WORTH[purpose][kind] <= 1, "say in rank/call.py what it is worth in each call"
    assert f"| {kind} |" in (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8"), "add it to docs/scoring.md"


@pytest.mark.parametrize("kind", SignalKind)
def test_it_is_either_opened_with_or_known_only(kind: SignalKind) -> None:
    assert (f"opener_{kind}" in SENTENCES) is not (kind in KNOW_ONLY)


@pytest.mark.parametrize("kind", SignalKind)
def test_there_are_labelled_headlines_to_measure_it_on(kind: SignalKind) -> None:
    assert LABELLED.count(f"\t{kind}\t") + LABELLED.count(f"\t{kind}\n") >= LEAST, (
        "label some in bench/signals_labels.tsv"
    )
