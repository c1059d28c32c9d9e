"""A lead holds one booking at most, that of its assignment: in whatever order tries come, wherever one dies, and
whatever another does meanwhile. `PRECALL_ORDERS=10000 pytest tests/unit/distribute/test_bookings.py` looks longer."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.slots import SLOT
from precall.diary import Booking, Page
from precall.errors import PrecallError
from precall.events import CallCancelled, CallMoved, Event, LeadWaited, ReassignmentAsked
from tests.fakes import FakeDiary, FakeFacts
from tests.unit.distribute.conftest import NOW, REPS, Stack
from tests.unit.flow.ports import Fragile, Fuse, Killed

ORDERS = int(os.environ.get("PRECALL_ORDERS", "200"))
MEI = {"name": "Mei", "email": "mei@seller.example", "crm_owner": "503"}
EMAILS = tuple(str(rep["email"]) for rep in (*REPS, MEI))


@dataclass
class Seam(Fuse):
    """Between two side effects of a try, so many of them on: it dies there, or something else happens."""

    then: Callable[[], None] | None = None

    def burn(self) -> None:
        try:
            super().burn()
        except Killed:
            if self.then is None:
                raise
            self.then()


@dataclass
class World:
    """One lead among others, and what is told of it. A message that failed comes again."""

    facts: FakeFacts = field(default_factory=FakeFacts)
    diary: FakeDiary = field(default_factory=FakeDiary)
    seam: Seam = field(default_factory=Seam)

    def __post_init__(self) -> None:
        ports: dict[str, Any] = {name: Fragile(getattr(self, name), self.seam) for name in ("facts", "diary")}
        self.stack = Stack(**ports, reps=[*REPS, MEI])
        for rep in EMAILS:
            self.diary.book(Booking(Page(rep, NOW.date()), f"of {rep}", NOW + timedelta(minutes=10), SLOT))
        lead = self.stack.add()
        self.messages: list[Event] = [self.stack.acquired(lead.id)]

    def told(self, kind: str, number: int) -> None:
        about = {"lead_id": "lead-1", "correlation_id": "c", "at": NOW + timedelta(minutes=number)}
        name, later = f"change-{len(self.messages)}", NOW + timedelta(minutes=7 * number)
        made: dict[str, Callable[[], Event]] = {
            "to": lambda: ReassignmentAsked(**about, to=EMAILS[number % 3], ask=name, by="operator"),
            "owner": lambda: ReassignmentAsked(**about, to=EMAILS[number % 3], ask=name, by="crm"),
            "moved": lambda: CallMoved(**about, call_at=later, change=name, by="operator"),
            "off": lambda: CallCancelled(**about, change=name, by="operator"),
            "waited": lambda: LeadWaited(**about, queue="everybody"),
        }
        self.messages.append(made[kind]())

    def attempt(self, message: Event) -> bool:
        """Whether it came to its end."""
        try:
            self.stack.step().take(message)
        except (PrecallError, Killed):
            return False
        return True

    def broken(self, which: int, after: int, meanwhile: int | None) -> None:
        """A try of a message that dies after so many side effects, or during which another is handled."""
        self.seam.left, self.seam.error = after, Killed()
        other = None if meanwhile is None else self.messages[meanwhile % len(self.messages)]
        self.seam.then = (lambda: cast(None, self.attempt(other))) if other else None
        self.attempt(self.messages[which % len(self.messages)])
        self.seam.left = None

    def peace(self) -> None:
        """Nothing breaks any more, and every message is handled."""
        for _ in range(10):
            done = [self.attempt(message) for message in self.messages]
            if all(done):
                return
        raise AssertionError("a message fails although nothing breaks")

    def check(self) -> None:
        held, booked = self.facts.assignment("lead-1"), self.diary.of("lead-1")
        assert held, "nobody has it"
        due = [] if held.cancelled else [(held.rep.email, held.call_at)]
        over = held.call_at <= self.stack.now
        assert [(page.rep, start) for page, start in booked] in ([due, []] if over else [due])
        for page in self.diary.read([*self.diary.pages]).values():
            assert page.calls == len(page.starts)


kinds = st.sampled_from(["to", "owner", "moved", "off", "waited"])
messages = st.lists(st.tuples(kinds, st.integers(2, 20)), max_size=4)
which = st.integers(0, 4)
tries = st.lists(st.tuples(which, st.integers(0, 24), st.none() | which), max_size=6)


@settings(max_examples=ORDERS, deadline=None)
@given(told=messages, broken=tries, later=st.sampled_from([0, 0, 20]))
@example(told=[("to", 2)], broken=[(0, 6, None)], later=0)
@example(told=[("to", 2), ("to", 3)], broken=[(0, 99, None), (1, 9, None)], later=0)
@example(told=[("to", 2)], broken=[(0, 5, 1)], later=0)
def test_a_lead_holds_the_booking_of_its_assignment_and_no_other(
    told: list[tuple[str, int]], broken: list[tuple[int, int, int | None]], later: int
) -> None:
    world = World()
    for kind, number in told:
        world.told(kind, number)
    for number, one in enumerate(broken):
        world.broken(*one)
        if number == len(broken) // 2:
            world.stack.now += timedelta(minutes=later)
    world.peace()
    world.check()


@pytest.mark.parametrize("after", range(24))
def test_a_first_try_that_dies_anywhere_leaves_nothing_when_another_rep_takes_the_lead(after: int) -> None:
    world = World()
    world.told("to", 2)
    world.broken(0, after, None)
    with suppress(StopIteration):
        assert world.attempt(world.messages[1])
    assert {page.rep for page, _ in world.diary.of("lead-1")} == {EMAILS[2]}
    world.peace()
    world.check()


def test_a_try_after_one_that_died_keeps_its_slot_and_takes_no_other_turn() -> None:
    world = World()
    for after in range(40):
        if not world.diary.of("lead-1"):
            world.broken(0, after, None)
    ((page, start),) = world.diary.of("lead-1")
    turns = world.facts.turn
    assert world.facts.assignment("lead-1") is None, "it died before the lead was assigned"
    assert world.attempt(world.messages[0])
    held = world.facts.assignment("lead-1")
    assert held
    assert (held.rep.email, held.call_at, world.facts.turn) == (page.rep, start, turns)
    assert held.reason.startswith("round robin: ")


def test_a_slot_that_is_over_when_the_lead_is_tried_again_is_free() -> None:
    world = World()
    for after in range(40):
        if not world.diary.of("lead-1"):
            world.broken(0, after, None)
    world.stack.now += timedelta(hours=2)
    world.peace()
    world.check()
    held = world.facts.assignment("lead-1")
    assert held
    assert held.call_at > world.stack.now
