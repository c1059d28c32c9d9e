"""Who is forgotten is forgotten in the CRM too, as far as Precall wrote there: notes go, fields are emptied."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from precall.config import WriteBack
from precall.crm import rest
from precall.crm.zoho import client as zoho_client
from precall.errors import CrmUnavailable, LeadNotFound
from precall.events import LeadErased, NoteErased, NoteErasureAsked, NoteErasureFailed
from tests.fake_crm import FakeCrm
from tests.unit.writeback.test_every_client import EACH
from tests.unit.writeback.world import LEAD, NOW, READY, World
from writeback.taking_back import TakingBack, Unasked


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)
    zoho_client._TOKENS.forget()


def recorded(world: World) -> World:
    """The trail has what was told on the bus."""
    for event in world.bus.events:
        world.facts.append(event, 90)
    world.bus.events.clear()
    return world


def erased(world: World) -> World:
    """The lead is gone."""
    world.facts.append(LeadErased(lead_id=LEAD.id, correlation_id="c-1", at=NOW, documents=2), 90)
    world.facts.leads.clear()
    return world


def asked(world: World) -> NoteErasureAsked:
    return NoteErasureAsked(
        lead_id=LEAD.id, correlation_id="c-1", at=NOW, research_id=READY.research_id, crm=world.lead.crm,
        crm_id=world.lead.crm_id,
    )  # fmt: skip


def take_back(world: World, *, last_try: bool = False) -> tuple[NoteErased | NoteErasureFailed, ...]:
    step = world.step()
    back = TakingBack(step.facts, step.bus, step.config, step.secrets, step.open_door, step.clients, step.clock)
    return back.take_back(asked(world), last_try=last_try)


Made = Callable[[], tuple[World, FakeCrm]]
each = pytest.mark.parametrize("made", EACH.values(), ids=EACH)


@each
def test_note_and_fields_go_and_what_others_wrote_stays(made: Made) -> None:
    world, crm = made()
    world.write()
    crm.notes["1"] = others = {**next(iter(crm.notes.values())), **_body("what somebody else wrote")}
    (told,) = take_back(erased(recorded(world)))
    assert isinstance(told, NoteErased)
    assert (told.fields, told.note_id is not None) == (True, True)
    assert crm.notes == {"1": others}
    assert crm.fields
    assert {value for values in crm.fields.values() for value in values.values()} <= {None, ""}
    assert world.bus.events == [told]


def _body(text: str) -> dict[str, object]:
    """A note's text, in each CRM's own words."""
    properties = {"hs_note_body": text, "hs_timestamp": "x"}
    return {"Subject": text, "Note_Title": text, "note": text, "content": text, "properties": properties}


@each
def test_what_is_gone_already_counts_as_erased_however_often_it_is_asked(made: Made) -> None:
    world, crm = made()
    world.write()
    erased(recorded(world))
    crm.notes.clear()
    first, second = take_back(world), take_back(world)
    assert [one.id for one in first] == [one.id for one in second]
    assert isinstance(first[0], NoteErased)


@each
def test_a_short_trouble_is_waited_for_and_a_long_one_left_to_the_queue(made: Made) -> None:
    world, crm = made()
    world.write()
    erased(recorded(world))
    crm.troubles.next = [503, "slow"]
    assert isinstance(take_back(world)[0], NoteErased)
    world.bus.events.clear()
    crm.troubles.next = ["slow"] * 3
    with pytest.raises(CrmUnavailable):
        take_back(world)
    assert world.bus.events == []
    crm.troubles.next = ["slow"] * 3
    with pytest.raises(CrmUnavailable):
        take_back(world, last_try=True)
    assert isinstance(world.bus.events[0], NoteErasureFailed)


@each
def test_a_refusal_is_told_with_its_fix_and_what_to_do_by_hand(made: Made) -> None:
    world, crm = made()
    world.write()
    erased(recorded(world))
    crm.scopes = False
    (told,) = take_back(world)
    assert isinstance(told, NoteErasureFailed)
    assert "what it may do; take away by hand: note " in told.reason
    assert f"ending in precall{READY.research_id.replace('-', '')} on contact/" in told.reason


@each
def test_a_note_whose_answer_was_lost_is_looked_for_and_goes(made: Made) -> None:
    world, crm = made()
    world.write()
    world.bus.events.clear()  # the trail never heard of it
    (told,) = take_back(erased(world))
    assert isinstance(told, NoteErased)
    assert crm.notes == {}


@each
def test_where_nothing_was_written_nothing_is_there(made: Made) -> None:
    world, _ = made()
    (told,) = take_back(erased(world))
    assert isinstance(told, NoteErased)
    assert told.note_id is None


def test_a_contact_that_the_crm_forgot_itself_leaves_company_and_deal_to_be_emptied() -> None:
    world = World()
    crm = world.hubspot
    world.write()
    erased(recorded(world))
    crm.contacts.clear()
    (told,) = take_back(world)
    assert isinstance(told, NoteErased)
    assert set(crm.fields["companies/9"].values()) | set(crm.fields["deals/71"].values()) == {""}


def test_a_message_alone_takes_nothing_back() -> None:
    world = World()
    world.write()
    recorded(world)
    with pytest.raises(Unasked):
        take_back(world)
    assert len(world.hubspot.notes) == 1


def test_where_write_back_is_off_the_note_that_stays_is_named() -> None:
    world = World()
    world.write()
    erased(recorded(world))
    world.wanted = WriteBack(on=False)
    (told,) = take_back(world)
    assert isinstance(told, NoteErasureFailed)
    assert told.reason.startswith("write_back is off in precall.yaml; take away by hand: note 9001")


def test_fields_that_are_refused_are_told_beside_the_note_that_is_gone() -> None:
    world = World()
    world.write()
    erased(recorded(world))
    world.hubspot.properties.clear()
    gone, kept = take_back(world)
    assert isinstance(gone, NoteErased)
    assert isinstance(kept, NoteErasureFailed)
    assert (gone.fields, kept.part) == (False, "fields")
    assert "do the fields precall_brief_ready" in kept.reason


def test_a_note_that_was_being_written_while_its_lead_was_erased_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    keep = world.notebook.keep

    def erased_meanwhile(lead_id: str, research_id: str, note_id: str) -> bool:
        world.notebook.pages.clear()
        return keep(lead_id, research_id, note_id)

    monkeypatch.setattr(world.notebook, "keep", erased_meanwhile)
    with pytest.raises(LeadNotFound, match="taken back"):
        world.write()
    assert world.hubspot.notes == {}
