"""People's rights against the table and the bucket as moto has them: found, given out, gone, and never again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from cli.home import Problem
from cli.rights import who_is
from precall.accounts import DynamoAccounts
from precall.before_call import schedule_names
from precall.briefed import Briefing, DynamoBriefed
from precall.calls import DynamoCalls
from precall.chain import first_broken
from precall.documents import S3Documents
from precall.erasing import LeadEraser, Report
from precall.erasure import Rights
from precall.errors import BusUnavailable, LeadNotFound, StorageUnavailable
from precall.events import BriefWrittenBack, ErasureAsked, LeadAcquired, LeadErased, NoteErasureAsked
from precall.facts import DynamoFacts
from precall.model import Account, AccountProfile, Activity, Contact, Lead, Prospect
from precall.model.call import Call
from precall.model.snippet import Snippet
from precall.ratings import DynamoRatings, Rating
from precall.rows import Rows
from precall.standings import DynamoStandings, Logged, Standing
from precall.suppression import SuppressionList
from precall.tallies import DynamoTallies
from precall.touches import DynamoTouchBook, Touch
from precall.trail import DynamoTrail
from precall.whose import Who
from tests.fakes import FakeBus
from tests.integration.core.stack import BUCKET, TABLE, stack

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
ACME, OTHER = (
    Account(name="Acme Robots GmbH", domain="acme.example"),
    Account(name="Nordlicht", domain="nordlicht.example"),
)
ADA = Contact(name="Ada Berg", email="Ada.Berg@acme.example", crm_id="77")
TOLD = Snippet(text="Acme hires", url="https://wire.example/1", outlet="Wire")
KEEP = 36_500
"""Days: moto drops nothing by itself, but a trail that is over proves nothing."""


def lead(lead_id: str, account: Account, contact: Contact | None, crm: str = "hubspot") -> Lead:
    prospect = Prospect(account=account, contact=contact)
    return Lead(id=lead_id, crm=crm, acquired_at=NOW, correlation_id="c", prospect=prospect)


HERS, COLLEAGUES = lead("hers", ACME, ADA), lead("colleague", ACME, Contact(name="Ben Moss"))
SOMEBODY = lead("other", OTHER, Contact(name="Ada Berg", email="ada@nordlicht.example"))
ALONE = lead("alone", Account(), Contact(name="Ada Berg", email="ada@gmail.com"))
LEADS = (HERS, COLLEAGUES, SOMEBODY, ALONE)


def call(lead_id: str) -> Call:
    return Call(
        lead_id=lead_id, research_id="r", who="Ada Berg (Acme)", account="Acme", contact="Ada Berg", rep="r@s.example",
        rep_name="R", time_zone="UTC", call_at=NOW, state="preparing",
    )  # fmt: skip


class World:
    """Four leads with all that is kept about them."""

    def __init__(self) -> None:
        self.table = boto3.resource("dynamodb").Table(TABLE)
        self.documents = S3Documents(boto3.client("s3"), BUCKET)
        self.facts, self.trail = DynamoFacts(self.table), DynamoTrail(self.table)
        self.list = SuppressionList(self.table)
        self.bus, self.scheduled = FakeBus(), {f"{name}" for one in LEADS for name in schedule_names(one.id)}
        self.rights = Rights(
            Rows(self.table), self.documents, self.facts, self.list, self.bus, self.cancel, lambda: NOW
        )  # fmt: skip
        for one in LEADS:
            self.facts.add_lead(one, KEEP)
            self.facts.append(LeadAcquired(lead_id=one.id, correlation_id="c", at=NOW, crm=one.crm), KEEP)
            for name in ("collection.json", "brief.html"):
                self.documents.put(f"research/{one.id}/r-{one.id}/{name}", f"about {one.known().person}")
            DynamoBriefed(self.table).note(one.known().key, Briefing(one.id, f"r-{one.id}", NOW, (TOLD,)), KEEP)
        DynamoAccounts(self.table).keep(ACME.key, AccountProfile(names=("Acme",), checked_at=NOW), KEEP)
        for contact in (ADA, Contact(name="Ben Moss", email="ben@acme.example")):
            did = Activity(kind="webinar")
            self.log(Logged(id=str(contact.email), activity=did, at=NOW, account=ACME, contact=contact))
        DynamoCalls(self.table).put(call("hers"), 1, KEEP)
        self.table.put_item(Item={"pk": "LEAD#hers", "sk": "NOTE#r-hers", "note_id": "4711"})
        for one in LEADS:
            rating = Rating(lead_id=one.id, research_id="r", rep="rep@seller.example", missing="more", at=NOW)
            DynamoRatings(self.table).rate(rating, KEEP)
            touch = Touch(lead_id=one.id, at=NOW, way="in", what="replied", contact=one.known().person)
            DynamoTouchBook(self.table).put(one.known().key, one.known().label, [touch], 1, NOW, KEEP)
        self.documents.put("cache/flights/1.json", "ada.berg@acme.example")
        self.documents.put("rejected/1.json", json.dumps({"received": {"email": "ADA.berg@acme.example"}}))
        self.documents.put("rejected/2.json", json.dumps({"received": {"email": "x@y.example"}}))

    def cancel(self, name: str) -> bool:
        known = name in self.scheduled
        self.scheduled.discard(name)
        return known

    def log(self, logged: Logged) -> None:
        def more(standing: Standing) -> tuple[Standing, Sequence[Lead]]:
            return standing.model_copy(update={"waiting": (*standing.waiting, logged)}), ()

        DynamoStandings(self.table).change(ACME.key, "main", more, NOW, KEEP)

    def waiting(self) -> list[str]:
        """Who did what no lead was made of yet."""
        docs = [Standing.model_validate_json(str(i["doc"])) for i in self.items() if "ACTIVITIES#" in str(i["sk"])]
        return [logged.id for doc in docs for logged in doc.waiting]

    def items(self) -> list[dict[str, Any]]:
        return self.table.scan()["Items"]

    def left(self) -> set[str]:
        """The leads that are kept."""
        return {str(i["pk"]).removeprefix("LEAD#") for i in self.items() if i["sk"] == "LEAD"}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with stack(monkeypatch):
        yield World()


def test_a_person_goes_with_all_that_was_found_and_nobody_else_does(world: World) -> None:
    report = world.rights.erase(Who(email="ada.berg@ACME.example"), KEEP)
    assert world.left() == {"colleague", "other", "alone"}
    assert list(world.documents.keys_below("research/hers/")) == []
    assert len(list(world.documents.keys_below("research/"))) == 6
    assert list(world.documents.keys_below("cache/")) == []
    assert list(world.documents.keys_below("rejected/")) == ["rejected/2.json"]
    assert {str(i["lead_id"]) for i in world.items() if "lead_id" in i} == {"colleague", "other", "alone"}
    assert DynamoAccounts(world.table).profile(ACME.key) is not None, "what is known of the company is not hers"
    assert report.counts["leads"] == 1
    assert {str(i["pk"]) for i in world.items() if str(i["pk"]).startswith("VOTES#")} == {
        "VOTES#colleague", "VOTES#other", "VOTES#alone",
    }  # fmt: skip
    assert report.counts["documents"] == 2
    assert DynamoCalls(world.table).on(NOW.date()) == []
    assert DynamoTallies(world.table).changes(NOW.date(), NOW.date()) == {NOW.date(): 2}, "the day is counted again"
    assert {touch.lead_id for touch in DynamoTouchBook(world.table).of(ACME.key)} == {"colleague"}
    assert world.waiting() == ["ben@acme.example"]
    assert report.counts["schedules"] == 4
    assert world.scheduled == {name for one in LEADS if one.id != "hers" for name in schedule_names(one.id)}


def test_the_notes_of_a_lead_are_asked_back_after_its_erasing_is_on_the_trail(world: World) -> None:
    told = BriefWrittenBack(
        lead_id="hers", correlation_id="c", at=NOW, research_id="r-0", crm="hubspot", note_id="1", records=()
    )
    world.facts.append(told, KEEP)
    world.bus.down = BusUnavailable("EventBridge did not take it")
    with pytest.raises(BusUnavailable):
        world.rights.erase(Who(email=str(ADA.email)), KEEP)
    assert world.left() == {one.id for one in LEADS}, "she is found again"
    world.bus.down = None
    report = world.rights.erase(Who(email=str(ADA.email)), KEEP, by="crm")
    assert [(type(one), one.research_id) for one in world.bus.events if isinstance(one, NoteErasureAsked)] == [
        (NoteErasureAsked, "r-0"),
        (NoteErasureAsked, "r-hers"),
    ]
    assert report.notes == ["hers", "hers"]
    assert world.left() == {"colleague", "other", "alone"}
    (erased,) = [event for event in world.facts.trail("hers") if isinstance(event, LeadErased)]
    assert (erased.by, erased.documents, erased.counts["schedules"]) == ("operator", 2, 4), "as it was first"
    assert not [i for i in world.items() if str(i["sk"]).startswith("NOTE#")]


def test_the_lead_by_which_a_person_is_known_goes_last(world: World) -> None:
    second = Lead(
        id="second", crm="generic", acquired_at=NOW, correlation_id="c", prospect=HERS.prospect
    )  # fmt: skip
    world.facts.add_lead(second, KEEP)
    order = list[str]()

    def erase(_: LeadEraser, lead: Lead, *__: object) -> Report:
        order.append(lead.id)
        return Report()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LeadEraser, "erase", erase)
        world.rights.erase(Who.about(HERS), KEEP, asked=HERS)
    assert order == ["second", "hers"]


def test_the_trail_stays_whole_with_a_record_that_has_no_content(world: World) -> None:
    world.rights.erase(Who(email=str(ADA.email)), KEEP)
    records = world.trail.records("hers")
    assert [event.type for event in world.facts.trail("hers")] == ["lead.acquired", "lead.erased"]
    assert first_broken("hers", records, world.trail.head("hers"), NOW) is None
    kept = json.dumps([{k: str(v) for k, v in i.items()} for i in world.items() if "hers" in str(i["pk"])])
    assert "berg" not in kept.lower()


def test_an_account_goes_with_its_people(world: World) -> None:
    world.rights.erase(Who(account=Account(domain="acme.example")), KEEP)
    assert world.left() == {"other", "alone"}
    assert DynamoAccounts(world.table).profile(ACME.key) is None
    assert [i for i in world.items() if i["pk"] == f"ACCOUNT#{ACME.key}"] == []
    assert world.waiting() == []


@pytest.mark.parametrize(
    ("who", "gone"),
    [
        (Who(crm_id="hubspot:77"), "hers"),
        (Who(name="ada  BERG", account=Account(domain="acme.example")), "hers"),
        (Who(name="Ada Berg", account=Account(name="Acme Robots")), "hers"),
        (Who(email="ada@gmail.com"), "alone"),
    ],
)
def test_a_person_is_named_by_address_by_crm_or_at_a_company(world: World, who: Who, gone: str) -> None:
    world.rights.erase(who, KEEP)
    assert world.left() == {each.id for each in LEADS} - {gone}


@contextmanager
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is erased within stops at the record in the first trail."""

    def broken(lead_id: str, *_: object) -> bool:
        raise StorageUnavailable("DynamoDB did not take a record of a trail")

    with monkeypatch.context() as stopped:
        stopped.setattr(DynamoTrail, "append", broken)
        with pytest.raises(StorageUnavailable):
            yield


def test_it_may_be_done_twice_and_goes_on_where_it_was_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    who = Who(email=str(ADA.email))
    with interrupted(monkeypatch):
        world.rights.erase(who, KEEP)
    assert world.facts.suppressed(HERS), "nothing new is looked up meanwhile"
    assert world.rights.erase(who, KEEP).counts["leads"] == 1
    again = world.rights.erase(who, KEEP)
    assert not any(again.counts.values())
    assert [event.type for event in world.facts.trail("hers")].count("lead.erased") == 1


def test_who_was_forgotten_is_known_again_and_nobody_else_is(world: World) -> None:
    assert not any(map(world.facts.suppressed, LEADS))
    world.rights.erase(Who(email=str(ADA.email)), KEEP)
    without_address = lead("new", ACME, Contact(name="Ada Berg"))
    by_id = Lead(id="n", crm="hubspot", crm_id="77", acquired_at=NOW, correlation_id="c")
    assert all(map(world.facts.suppressed, (HERS, without_address, by_id)))
    assert not any(map(world.facts.suppressed, (COLLEAGUES, SOMEBODY, ALONE)))


def test_the_list_has_no_name_and_no_address_and_its_hashes_are_this_tables_own(world: World) -> None:
    world.list.add(["email:ada@gmail.com"])
    kept = [i for i in world.items() if i["pk"] == "SUPPRESSED"]
    assert {len(str(i["sk"])) for i in kept} == {len("SALT"), 64}
    assert not any("expires_at" in i for i in kept)
    assert not any(said in str(i).lower() for i in kept for said in ("ada@", "gmail"))  # "ada" may be in a hash
    salt = next(str(i["salt"]) for i in kept if i["sk"] == "SALT")
    assert SuppressionList(world.table).add(["email:ada@gmail.com"]) == 0
    assert salt == next(str(i["salt"]) for i in world.items() if i["sk"] == "SALT")


def test_who_a_crm_told_to_forget_waits_until_they_are_forgotten(world: World) -> None:
    assert list(world.rights.asked()) == []
    world.facts.append(ErasureAsked(lead_id="hers", correlation_id="c", at=NOW, crm="hubspot"), KEEP)
    (waiting,) = world.rights.asked()
    who = Who.about(waiting)
    assert who == Who(email=ADA.email, crm_id="hubspot:77", name="Ada Berg", account=ACME)
    assert not who.is_account
    world.rights.erase(who, KEEP)
    assert world.left() == {"colleague", "other", "alone"}
    assert list(world.rights.asked()) == []
    assert Who.about(ALONE) == Who(email="ada@gmail.com")


def test_all_that_is_kept_is_given_out(world: World) -> None:
    (found,) = world.rights.export(Who(email=str(ADA.email)))["leads"]
    assert found["lead"]["prospect"]["contact"]["name"] == "Ada Berg"
    assert found["documents"]["research/hers/r-hers/brief.html"] == "about Ada Berg"
    assert len(found["items"]) == 2, "the trail, and what a rep said of the brief"
    assert [snippet["text"] for snippet in found["quoted"]] == ["Acme hires"]
    assert [each["id"] for each in world.rights.export(Who(email="ben@acme.example"))["activities"]] == [
        "ben@acme.example"
    ]
    assert json.dumps(found)


def test_leads_are_found_on_every_page_of_the_table(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = world.rights.rows.table.scan
    monkeypatch.setattr(world.rights.rows.table, "scan", lambda **known: asked(Limit=2, **known))
    assert world.rights.erase(Who(account=ACME), KEEP).counts["leads"] == 2
    with pytest.raises(LeadNotFound):
        world.facts.lead("colleague")


@pytest.mark.parametrize(
    ("contact", "account", "says"),
    [
        (None, None, "nobody is named"),
        ("Ada Berg", None, "a name alone may be many people"),
        (None, "  ", "nobody is named"),
    ],
)
def test_nobody_in_particular_is_refused_with_the_fix(contact: str | None, account: str | None, says: str) -> None:
    with pytest.raises(Problem, match=says):
        who_is(contact, account)
