"""What is known of an account: DynamoDB as moto knows it, and the fake that the step's tests use, promise the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.accounts import Accounts, DynamoAccounts
from precall.errors import StorageUnavailable
from precall.model import AccountProfile, Handle
from tests.fakes import FakeAccounts
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
PROFILE = AccountProfile(names=("Marlbrook",), handles=(Handle(network="youtube", id="UC1"),), checked_at=AT)


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoAccounts]:
    with stack(monkeypatch):
        yield DynamoAccounts(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "fake"])
def accounts(request: pytest.FixtureRequest) -> Accounts:
    made: Accounts = request.getfixturevalue("dynamo") if request.param == "dynamo" else FakeAccounts()
    return made


def test_what_was_found_out_is_there_for_the_next_lead(accounts: Accounts) -> None:
    assert accounts.profile("a") is None
    accounts.keep("a", PROFILE, 90)
    assert accounts.profile("a") == PROFILE
    assert accounts.profile("b") is None


def test_of_two_leads_at_once_the_later_resolution_stays(accounts: Accounts) -> None:
    later = PROFILE.model_copy(update={"wikidata": "Q1", "checked_at": AT + timedelta(minutes=1)})
    accounts.keep("a", later, 90)
    accounts.keep("a", PROFILE, 90)
    assert accounts.profile("a") == later


def test_a_newer_profile_replaces_an_older_one(accounts: Accounts) -> None:
    later = PROFILE.model_copy(update={"names": ("Marlbrook Pumps",), "checked_at": AT + timedelta(days=8)})
    accounts.keep("a", PROFILE, 90)
    accounts.keep("a", later, 90)
    assert accounts.profile("a") == later


def test_what_was_never_resolved_is_not_kept(accounts: Accounts) -> None:
    with pytest.raises(ValueError, match="checked_at"):
        accounts.keep("a", AccountProfile(wikidata="Q1"), 90)


def test_a_profile_goes_when_its_retention_is_over(dynamo: DynamoAccounts) -> None:
    dynamo.keep("a", PROFILE, 90)
    (item,) = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert item["pk"] == {"S": "ACCOUNT#a"}
    assert item["expires_at"] == {"N": str(int((AT + timedelta(days=90)).timestamp()))}


@pytest.mark.parametrize("doc", ["{", '{"names": 7}', '{"a_field_of_another_version": 1}'])
def test_a_profile_that_cannot_be_read_is_found_out_again(dynamo: DynamoAccounts, doc: str) -> None:
    item = {"pk": {"S": "ACCOUNT#a"}, "sk": {"S": "PROFILE"}, "doc": {"S": doc}}
    boto3.client("dynamodb").put_item(TableName=TABLE, Item=item)
    assert dynamo.profile("a") is None


@pytest.mark.parametrize("use", [lambda a: a.profile("a"), lambda a: a.keep("a", PROFILE, 1)])
def test_a_table_that_does_not_answer_is_a_transient_error(
    dynamo: DynamoAccounts, use: Callable[[Accounts], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="http://dynamodb")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", fail)
    with pytest.raises(StorageUnavailable):
        use(dynamo)
