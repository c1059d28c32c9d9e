"""The facts: DynamoDB as moto knows it, and the fake that the steps' tests use, keep the same promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import EndpointConnectionError

from precall.errors import LeadNotFound, StorageUnavailable
from precall.events import BriefMissed, LeadAcquired
from precall.facts import DynamoFacts, Facts
from precall.lead_batch import AT_ONCE, TRIES
from precall.model import Account, Assignee, Assignment, Lead, Prospect
from tests.fakes import FakeFacts
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
LEAD = Lead(id="lead-1", crm="hubspot", acquired_at=AT, correlation_id="c-1")


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoFacts]:
    with stack(monkeypatch):
        yield DynamoFacts(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "fake"])
def facts(request: pytest.FixtureRequest) -> Facts:
    made: Facts = request.getfixturevalue("dynamo") if request.param == "dynamo" else FakeFacts()
    return made


def assignment(name: str = "Dana") -> Assignment:
    return Assignment(
        lead_id="lead-1",
        research_id=f"research of {name}",
        rep=Assignee(name=name, email="rep@seller.example", time_zone="UTC"),
        reason="round robin",
        call_at=AT + timedelta(hours=1),
        call_from="next working slot",
        assigned_at=AT,
    )


def acquired(minutes: int = 0, lead_id: str = "lead-1") -> LeadAcquired:
    return LeadAcquired(lead_id=lead_id, correlation_id="c", at=AT + timedelta(minutes=minutes), crm="hubspot")


def missed(research: str, minutes: int) -> BriefMissed:
    at = AT + timedelta(minutes=minutes)
    return BriefMissed(lead_id="lead-1", correlation_id="c", at=at, research_id=research, call_at=AT, reason="late")


def items() -> list[dict[str, Any]]:
    return list(boto3.client("dynamodb").scan(TableName=TABLE)["Items"])


def test_a_lead_is_to_be_published_until_it_was(facts: Facts) -> None:
    assert facts.add_lead(LEAD, 90)
    assert facts.add_lead(LEAD, 90)  # the first try was cut off before it was published
    facts.mark_published("lead-1")
    assert not facts.add_lead(LEAD, 90)
    assert facts.lead("lead-1") == LEAD


def test_a_redelivery_does_not_change_the_lead(facts: Facts) -> None:
    facts.add_lead(LEAD, 90)
    facts.add_lead(LEAD.model_copy(update={"owner": "another"}), 90)
    assert facts.lead("lead-1").owner is None


def test_what_was_read_back_completes_the_lead_and_keeps_it_published(facts: Facts) -> None:
    facts.add_lead(LEAD, 90)
    facts.mark_published("lead-1")
    complete = LEAD.model_copy(update={"prospect": Prospect(account=Account(name="Nordlicht"))})
    facts.complete_lead(complete)
    assert facts.lead("lead-1") == complete
    assert not facts.add_lead(LEAD, 90)


@pytest.mark.parametrize(
    "use",
    [
        lambda facts: facts.lead("lead-1"),
        lambda facts: facts.complete_lead(LEAD),
    ],
)
def test_an_erased_lead_is_not_found_and_stays_erased(facts: Facts, use: Callable[[Facts], object]) -> None:
    for _ in range(2):
        with pytest.raises(LeadNotFound, match="there is no lead lead-1"):
            use(facts)


def test_to_mark_an_erased_lead_leaves_it_erased_and_marks_the_others(facts: Facts) -> None:
    facts.add_lead(LEAD, 90)
    facts.mark_published("lead-0", "lead-1")
    assert not facts.add_lead(LEAD, 90)
    with pytest.raises(LeadNotFound):
        facts.lead("lead-0")


def leads(count: int) -> list[Lead]:
    return [LEAD.model_copy(update={"id": f"lead-{number}"}) for number in range(count)]


def test_of_many_only_the_new_ones_and_those_cut_off_before_are_to_be_published(facts: Facts) -> None:
    facts.add_leads(leads(4), 90)
    facts.mark_published("lead-0", "lead-2")
    assert sorted(facts.add_leads(leads(6), 90)) == ["lead-1", "lead-3", "lead-4", "lead-5"]
    facts.mark_published(*(lead.id for lead in leads(6)))
    assert facts.add_leads(leads(6), 90) == []


def test_more_than_a_transaction_holds(facts: Facts) -> None:
    assert len(facts.add_leads(leads(AT_ONCE + 1), 90)) == AT_ONCE + 1


def test_a_hundred_leads_are_written_in_one_request(dynamo: DynamoFacts, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[str] = []
    real = vars(BaseClient)["_make_api_call"]

    def counting(client: BaseClient, name: str, arguments: dict[str, Any]) -> Any:
        requests.append(name)
        return real(client, name, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", counting)
    dynamo.add_leads(leads(40), 90)
    dynamo.mark_published(*(lead.id for lead in leads(40)))
    assert requests == ["TransactWriteItems"] * 2


def test_a_transaction_that_meets_another_is_tried_again_and_then_left_to_the_sender(
    dynamo: DynamoFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("precall.lead_batch._FIRST_PAUSE", 0)
    real, conflicts = vars(BaseClient)["_make_api_call"], [True] * 2

    def contended(client: Any, name: str, arguments: dict[str, Any]) -> Any:
        if not conflicts:
            return real(client, name, arguments)
        conflicts.pop()
        answer = {
            "Error": {"Code": "TransactionCanceledException", "Message": "[TransactionConflict, None]"},
            "CancellationReasons": [{"Code": "TransactionConflict"}, {"Code": "None"}],
        }
        raise client.exceptions.TransactionCanceledException(answer, name)

    monkeypatch.setattr(BaseClient, "_make_api_call", contended)
    assert dynamo.add_leads(leads(2), 90) == ["lead-0", "lead-1"]
    conflicts += [True] * TRIES
    with pytest.raises(StorageUnavailable, match=f"2 leads in {TRIES} tries"):
        dynamo.add_leads(leads(2), 90)


def test_turns_count_up_from_zero(facts: Facts) -> None:
    assert [facts.next_turn() for _ in range(3)] == [0, 1, 2]


def test_a_turn_is_taken_in_one_request_so_that_nobody_comes_between(
    dynamo: DynamoFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    client: Any = BaseClient
    call = client._make_api_call

    def counted(self: BaseClient, name: str, arguments: Any) -> Any:
        asked.append(name)
        return call(self, name, arguments)

    monkeypatch.setattr(client, "_make_api_call", counted)
    assert dynamo.next_turn() == 0
    assert asked == ["UpdateItem"]


def test_the_first_assignment_holds(facts: Facts) -> None:
    assert facts.assignment("lead-1") is None
    assert facts.assign(assignment("Dana"), 90) == assignment("Dana")
    assert facts.assign(assignment("Jonas"), 90) == assignment("Dana")
    assert facts.assignment("lead-1") == assignment("Dana")


def test_a_changed_assignment_takes_the_place_of_the_one_before_it_once(facts: Facts) -> None:
    changed = assignment("Jonas").model_copy(update={"changes": ("ask",)})
    assert not facts.reassign(changed), "an erased lead stays erased"
    facts.assign(assignment("Dana"), 90)
    assert facts.reassign(changed)
    assert not facts.reassign(assignment("Mei").model_copy(update={"changes": ("ask",)})), "another was faster"
    assert facts.assignment("lead-1") == changed


def test_each_pool_has_turns_of_its_own(facts: Facts) -> None:
    assert [facts.next_turn(pool) for pool in ("", "emea", "emea", "")] == [0, 0, 1, 1]


def test_an_event_is_on_the_trail_once(facts: Facts) -> None:
    assert facts.append(acquired(), 730)
    assert not facts.append(acquired(minutes=5), 730)
    assert facts.trail("lead-1") == [acquired()]


def test_the_trail_is_oldest_first_and_only_the_leads_own(facts: Facts) -> None:
    facts.append(missed("second", 30), 730)
    facts.append(missed("first", 10), 730)
    facts.append(acquired(), 730)
    facts.append(acquired(lead_id="lead-10"), 730)
    assert [event.at for event in facts.trail("lead-1")] == [AT + timedelta(minutes=m) for m in (0, 10, 30)]
    assert facts.trail("lead-2") == []


def test_a_long_trail_is_read_to_its_end(dynamo: DynamoFacts) -> None:
    long = "x" * 50_000  # DynamoDB gives at most 1 MB at a time
    for number in range(30):
        dynamo.append(missed(f"{number}", number).model_copy(update={"reason": long}), 730)
    assert len(dynamo.trail("lead-1")) == 30


def test_the_lead_and_its_trail_expire_each_in_its_time(dynamo: DynamoFacts) -> None:
    dynamo.add_lead(LEAD, 90)
    dynamo.assign(assignment(), 90)
    dynamo.append(acquired(), 730)
    days = {item["sk"]["S"].split("#")[0]: (int(item["expires_at"]["N"]) - AT.timestamp()) / 86400 for item in items()}
    assert days == {"LEAD": 90, "ASSIGNMENT": 90, "TRAIL": 730, "HEAD": 730}


def test_completing_a_lead_does_not_prolong_it(dynamo: DynamoFacts) -> None:
    dynamo.add_lead(LEAD, 90)
    (before,) = items()
    dynamo.complete_lead(LEAD)
    (after,) = items()
    assert after["expires_at"] == before["expires_at"]


@pytest.mark.parametrize(
    "use",
    [
        lambda facts: facts.add_lead(LEAD, 90),
        lambda facts: facts.mark_published("lead-1"),
        lambda facts: facts.lead("lead-1"),
        lambda facts: facts.next_turn(),
        lambda facts: facts.assignment("lead-1"),
        lambda facts: facts.append(acquired(), 730),
        lambda facts: facts.trail("lead-1"),
    ],
)
def test_when_the_table_does_not_answer_another_try_is_worth_it(
    dynamo: DynamoFacts, monkeypatch: pytest.MonkeyPatch, use: Callable[[Facts], object]
) -> None:
    def down(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", down)
    with pytest.raises(StorageUnavailable, match="DynamoDB did not serve"):
        use(dynamo)
