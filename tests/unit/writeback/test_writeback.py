"""A brief becomes one note in the CRM, whatever happens on the way; a CRM that refuses is told of, not retried."""

from __future__ import annotations

import pytest

from precall.config import WriteBack
from precall.crm import rest
from precall.errors import CrmUnavailable
from precall.events import BriefWrittenBack, WriteBackFailed
from tests.fake_crm import associated
from tests.unit.writeback.world import LEAD, LINK, READY, World


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)
    return World()


def only_note(world: World) -> str:
    (body,) = world.hubspot.notes.values()
    return str(body["properties"]["hs_note_body"])


def test_the_note_is_on_contact_company_and_the_open_deal_with_its_owner_and_marker(world: World) -> None:
    (told,) = world.write()
    assert isinstance(told, BriefWrittenBack)
    assert (told.records, told.fields, told.note_id) == (("contact/51", "company/9", "deal/71"), True, "9001")
    assert world.bus.events == [told]
    (body,) = world.hubspot.notes.values()
    assert set(associated(body)) == {("51", 202), ("9", 190), ("71", 214)}
    assert body["properties"]["hubspot_owner_id"] == "70110001"
    assert body["properties"]["hs_timestamp"] == "2026-03-01T12:00:00.000Z"
    assert only_note(world) == (
        "Nordlicht Foods &lt;opens&gt; a warehouse<br>- in Linz &amp; Graz<br>"
        "<br><br><small>precall0c7d9a52</small>"
    )  # fmt: skip


def test_the_fields_say_that_the_brief_is_ready_and_where(world: World) -> None:
    world.write()
    assert set(world.hubspot.fields) == {"contacts/51", "companies/9", "deals/71"}
    assert world.hubspot.fields["contacts/51"] == {
        "precall_brief_ready": "2026-03-01T12:00:00Z",
        "precall_brief_link": LINK,
        "precall_top_signal": "",
    }


def test_a_redelivery_writes_no_second_note_and_tells_the_same(world: World) -> None:
    first, second = world.write(), world.write()
    assert [event.id for event in first] == [event.id for event in second]
    assert len(world.hubspot.notes) == 1


def test_a_note_whose_answer_was_lost_is_found_again(world: World) -> None:
    world.hubspot.troubles.path, world.hubspot.troubles.next = "/notes", ["lost"]
    with pytest.raises(CrmUnavailable):
        world.write()
    assert len(world.hubspot.notes) == 1
    (told,) = world.write()
    assert isinstance(told, BriefWrittenBack)
    assert (told.note_id, len(world.hubspot.notes)) == ("9001", 1)


@pytest.mark.parametrize(("statuses", "wish"), [([429], "1"), ([503], "2"), ([500], None), ([503, 502], None)])
def test_a_short_trouble_is_waited_for(world: World, statuses: list[int | str], wish: str | None) -> None:
    world.hubspot.troubles.path, world.hubspot.troubles.next = "/contacts/51", statuses
    world.hubspot.troubles.retry_after = wish
    assert isinstance(world.write()[0], BriefWrittenBack)


def test_a_note_is_not_sent_twice_where_nobody_knows_whether_it_was_taken(world: World) -> None:
    world.hubspot.troubles.path, world.hubspot.troubles.next = "/notes", [502]
    with pytest.raises(CrmUnavailable, match="502"):
        world.write()
    assert sum(request.url.path.endswith("/notes") for request in world.hubspot.web.requests) == 1


def test_who_asks_for_a_long_wait_is_left_to_the_queue(world: World) -> None:
    world.hubspot.troubles.next, world.hubspot.troubles.retry_after = [429], "40"
    with pytest.raises(CrmUnavailable, match="429"):
        world.write()
    assert (len(world.hubspot.web.requests), world.bus.events) == (1, [])


def test_the_last_try_is_told_before_the_message_is_set_aside(world: World) -> None:
    world.hubspot.troubles.next = [500, 500, 500]
    with pytest.raises(CrmUnavailable):
        world.write(last_try=True)
    (told,) = world.bus.events
    assert isinstance(told, WriteBackFailed)
    assert (told.part, told.reason) == ("note", "HubSpot answered GET objects/contacts/51 with HTTP 500")


def test_a_wrong_token_is_told_with_its_fix_and_not_tried_again(world: World) -> None:
    world.secrets["hubspot/write-token"] = "revoked"
    (told,) = world.write()
    assert isinstance(told, WriteBackFailed)
    assert "HTTP 401" in told.reason
    assert "check the secret hubspot/write-token and what it may do" in told.reason
    assert "revoked" not in told.reason


def test_a_missing_permission_is_told(world: World) -> None:
    world.hubspot.scopes = False
    (told,) = world.write()
    assert isinstance(told, WriteBackFailed)
    assert "HTTP 403" in told.reason


def test_a_missing_secret_and_an_erased_brief_are_told(world: World) -> None:
    world.secrets.clear()
    assert [event.type for event in world.write()] == ["write_back.failed"]
    world.documents.texts.clear()
    (told,) = world.write()
    assert isinstance(told, WriteBackFailed)
    assert told.reason.startswith("there is no document")


def test_fields_that_nobody_made_cost_the_fields_only(world: World) -> None:
    world.hubspot.properties.clear()
    written, failed = world.write()
    assert isinstance(written, BriefWrittenBack)
    assert not written.fields
    assert isinstance(failed, WriteBackFailed)
    assert failed.part == "fields"
    assert "do the fields precall_brief_ready, precall_brief_link, precall_top_signal exist" in failed.reason


def test_a_contact_without_company_and_deal_still_gets_its_note(world: World) -> None:
    world.hubspot.contacts["51"] = {"companies": [], "deals": ["70"]}
    (told,) = world.write()
    assert isinstance(told, BriefWrittenBack)
    assert told.records == ("contact/51",)


def test_a_deleted_contact_is_told(world: World) -> None:
    world.hubspot.contacts.clear()
    (told,) = world.write()
    assert isinstance(told, WriteBackFailed)
    assert "has nothing for" in told.reason


@pytest.mark.parametrize("change", [{"crm": "generic"}, {"crm_id": None}])
def test_a_lead_of_no_crm_that_can_be_written_to_is_left_alone(world: World, change: dict[str, str | None]) -> None:
    world.facts.leads[LEAD.id] = LEAD.model_copy(update=change)
    assert (world.write(), world.bus.events, world.hubspot.web.requests) == ((), [], [])


def test_nothing_is_written_unless_the_team_wants_it(world: World) -> None:
    world.wanted = WriteBack()
    assert (world.write(), world.hubspot.web.requests) == ((), [])
    world.wanted = WriteBack(on=True)
    (told,) = world.write()
    assert isinstance(told, BriefWrittenBack)
    assert (told.fields, world.hubspot.fields) == (False, {})


def test_a_long_note_is_cut_between_lines_and_keeps_its_marker(world: World) -> None:
    key = next(key for key in world.documents.texts if key.endswith("note.txt"))
    world.documents.texts[key] = "a line of a brief & more\n" * 5_000
    world.write()
    assert len(only_note(world)) <= 65_536
    assert only_note(world).endswith("more<br><br><br><small>precall0c7d9a52</small>")


def test_two_at_once_write_one_note(world: World) -> None:
    world.notebook.begin(LEAD.id, READY.research_id, READY.at)
    with pytest.raises(CrmUnavailable, match="another invocation"):
        world.step().write(READY)
    assert not world.hubspot.notes
