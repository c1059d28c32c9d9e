"""The quick look before the slow one leaves out no kind that a trigger would have found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.model import SignalKind
from rank.stems import kinds_named
from rank.trigger import Trigger
from rank.triggers import TRIGGERS

WORDS = (
    "ꙮ raises $5m Series B acquires stake names CEO resigns as hires 50 people lays off staff launches partners with "
    "signs MoU opens plant Q3 profit rises sued fined €2m outage recalls wins award hosts summit to in of "
    "new I/O WWDC: co-founder re-appoints follow-on 2,000 vehicles down for users court orders 10% tie-up joint venture"
).split()


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=16).map(" ".join))
def test_no_trigger_matches_a_sentence_in_which_its_kind_is_not_named(sentence: str) -> None:
    matching = {trigger.kind for trigger in TRIGGERS if trigger.pattern.search(sentence)}
    assert matching <= kinds_named(sentence)


@pytest.mark.parametrize("trigger", TRIGGERS[:: len(TRIGGERS) // 8])
def test_a_plain_sentence_names_no_kind_and_no_trigger_matches_it(trigger: Trigger) -> None:
    assert not trigger.pattern.search("Weather over Wels")


def test_every_kind_can_be_named() -> None:
    assert kinds_named(" ".join(WORDS)) == set(SignalKind)
