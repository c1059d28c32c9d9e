"""What listening keeps of a company or a person: given out, and erased, and nobody else's."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from precall.deals import DynamoDeals
from precall.model import Account
from precall.told import DynamoToldStories, Told
from precall.watch_store import DynamoWatches
from precall.watches import Watch
from precall.whose import Who
from tests.integration.core.test_erasure import (  # noqa: F401 - a fixture
    ACME,
    ADA,
    KEEP,
    NOW,
    OTHER,
    World,
    interrupted,
    world,
)
from tests.unit.deliver.test_alerts import alert

pytestmark = pytest.mark.integration
REP, MANAGER = "dana@seller.example", "priya@seller.example"
WAITING = (
    alert("acme-hers", to=REP, account_key=ACME.key, account="Acme Robots GmbH", call="hers", headline="Acme"),
    alert("acme-hers", to=MANAGER, account_key=ACME.key, account="Acme Robots GmbH", call="hers", headline="Acme"),
    alert("acme-bens", to=REP, account_key=ACME.key, account="Acme Robots GmbH", call="colleague", headline="Acme"),
    alert("acme-names", to=REP, account_key=ACME.key, account="acme.example", call=None, quote="Ada  BERG has left."),
    alert("other", to=REP, account_key=OTHER.key, account="Nordlicht", call="other", headline="Nordlicht grows"),
)  # fmt: skip


@pytest.fixture
def listening(world: World) -> World:  # noqa: F811
    watches = DynamoWatches(world.table)
    watches.add(Watch(ACME, NOW, frozenset({"hers", "colleague"})), NOW, KEEP)
    watches.add(Watch(OTHER, NOW, frozenset({"other"}), REP), NOW, KEEP)
    DynamoToldStories(world.table).keep("any", Told(last_look=NOW), 0, WAITING, KEEP)
    DynamoDeals(world.table).note("hers", "deal/70", "open", NOW, KEEP)
    return world


def kept(world: World) -> tuple[dict[str, frozenset[str]], set[str]]:  # noqa: F811
    """The leads of each account on the list, and which alerts wait."""
    watched = {watch.label: watch.leads for watch in DynamoWatches(world.table).all()}
    docs = [json.loads(str(item["doc"])) for item in world.items() if str(item["sk"]).startswith("ALERT#")]
    return watched, {doc["id"] for doc in docs}


def test_a_person_is_given_the_place_of_their_company_for_their_leads_and_what_waits_about_them(
    listening: World,
) -> None:
    found: dict[str, Any] = listening.rights.export(Who(email=str(ADA.email)))
    (watched,) = found["watched"]
    assert (watched["account"]["name"], watched["leads"], watched["owner"]) == ("Acme Robots GmbH", ["hers"], None)
    told = [(one["id"], one["to"]) for one in found["alerts"]]
    assert sorted(told) == [("acme-hers", REP), ("acme-hers", MANAGER), ("acme-names", REP)]
    assert found["leads"][0]["deals"] == {"deal/70": "open"}
    assert json.dumps(found)


def test_a_company_is_given_its_place_and_all_that_waits_also_when_it_has_left_the_list(listening: World) -> None:
    found = listening.rights.export(Who(account=Account(domain="acme.example")))
    assert [watched["leads"] for watched in found["watched"]] == [["colleague", "hers"]]
    assert len(found["alerts"]) == 4
    listening.table.delete_item(Key={"pk": "WATCHES", "sk": ACME.key})
    for who in (Who(account=Account(domain="acme.example")), Who(account=Account(name="Acme Robots"))):
        left = listening.rights.export(who)
        assert left["watched"] == []
        assert {one["id"] for one in left["alerts"]} >= {"acme-hers", "acme-bens"}


def test_a_person_who_is_forgotten_is_no_reason_to_listen_and_nothing_waits_about_them(listening: World) -> None:
    report = listening.rights.erase(Who(email=str(ADA.email)), KEEP)
    assert (report.counts["accounts listened to"], report.counts["alerts that wait"]) == (1, 3)
    watched, alerts = kept(listening)
    assert watched == {"Acme Robots GmbH": {"colleague"}, "Nordlicht": {"other"}}
    assert alerts == {"acme-bens", "other"}
    assert DynamoDeals(listening.table).of("hers") == frozenset()


def test_a_company_that_is_forgotten_leaves_the_list_and_nothing_waits_about_it(listening: World) -> None:
    report = listening.rights.erase(Who(account=Account(name="Acme Robots")), KEEP)
    assert (report.counts["accounts listened to"], report.counts["alerts that wait"]) == (1, 4)
    assert kept(listening) == ({"Nordlicht": frozenset({"other"})}, {"other"})


def test_after_an_interruption_the_rest_goes_too(listening: World, monkeypatch: pytest.MonkeyPatch) -> None:
    who = Who(email=str(ADA.email))
    with interrupted(monkeypatch):
        listening.rights.erase(who, KEEP)
    late = alert("late", to=REP, account_key=ACME.key, account="Acme", call="hers", heard_at=NOW + timedelta(minutes=1))
    DynamoToldStories(listening.table).keep("late", Told(last_look=NOW), 0, [late], KEEP)
    listening.rights.erase(who, KEEP)
    assert kept(listening)[1] == {"acme-bens", "other"}
    assert not any(listening.rights.erase(who, KEEP).counts.values())
