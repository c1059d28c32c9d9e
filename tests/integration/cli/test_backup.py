"""A backup comes back whole, into an empty table and into one in use; nobody who was forgotten comes back with it."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from typer.testing import CliRunner

from cli import audit, backup, main
from cli.deployment import Deployment
from cli.home import Problem
from precall.calls import DynamoCalls
from precall.events import LeadAcquired, LeadRejected
from precall.facts import DynamoFacts
from precall.model import Account, Contact, Lead, Prospect
from precall.model.call import Call
from precall.suppression import SuppressionList, marks_of
from precall.trail import DynamoTrail
from tests.integration.core.stack import TABLE, _create_table, stack

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
KEEP = 36_500
"""Days: what is over would not be put back."""


class Deployed(Deployment):
    """A stack whose table is moto's."""

    def outputs(self) -> dict[str, str]:
        return {"TableName": TABLE}


def lead(lead_id: str, person: str, company: str) -> Lead:
    prospect = Prospect(account=Account(name=company), contact=Contact(name=person, email=f"{lead_id}@acme.example"))
    return Lead(id=lead_id, crm="generic", acquired_at=NOW, correlation_id="c", prospect=prospect)


LEADS = (lead("ada", "Ada Berg", "Acme"), lead("ben", "Ben Moss", "Nordlicht"))


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployed]:
    with stack(monkeypatch):
        monkeypatch.setattr(backup, "Deployment", Deployed)
        facts = DynamoFacts(boto3.resource("dynamodb").Table(TABLE))
        calls = DynamoCalls(boto3.resource("dynamodb").Table(TABLE))
        for one in LEADS:
            facts.add_lead(one, KEEP)
            about = {"lead_id": one.id, "correlation_id": "c"}
            facts.append(LeadAcquired(**about, at=NOW, crm="generic"), KEEP)
            facts.append(LeadRejected(**about, at=NOW + timedelta(minutes=1), crm="generic", reason="none"), KEEP)
            told = {"research_id": "r", "who": "W", "account": "a", "rep": "r@s.example", "rep_name": "R"}
            calls.put(Call(lead_id=one.id, **told, time_zone="UTC", call_at=NOW, state="preparing"), 1, KEEP)
        yield Deployed()


def run(*words: str) -> str:
    ended = CliRunner().invoke(main.app, [*words, "--aws"])
    assert ended.exception is None, ended.exception
    return " ".join(ended.output.split())


def stored() -> list[str]:
    return sorted(json.dumps(item, sort_keys=True) for item in boto3.client("dynamodb").scan(TableName=TABLE)["Items"])


def lose_the_table() -> None:
    boto3.client("dynamodb").delete_table(TableName=TABLE)
    _create_table()


def test_a_lost_table_comes_back_whole_and_its_trails_hold(deployed: Deployed, tmp_path: Path) -> None:
    before, file = stored(), tmp_path / "facts.jsonl"
    run("backup", str(file))
    lose_the_table()
    assert f"{len(before)} items written" in run("restore", str(file))
    assert stored() == before
    trail = DynamoTrail(deployed.table())
    assert [verdict.broken for verdict in audit.verified(trail, trail.leads(), NOW)] == [None, None]


def test_the_file_is_for_its_owner_only_and_knows_nothing_that_opens_a_page(deployed: Deployed, tmp_path: Path) -> None:
    for key in ("SESSION#abc", "SIGNIN#abc", "RATE#host"):
        boto3.client("dynamodb").put_item(TableName=TABLE, Item={"pk": {"S": key}, "sk": {"S": "X"}})
    run("backup", str(tmp_path / "facts.jsonl"))
    assert stat.S_IMODE((tmp_path / "facts.jsonl").stat().st_mode) == 0o600
    assert not any(key in (tmp_path / "facts.jsonl").read_text() for key in ("SESSION#", "SIGNIN#", "RATE#"))


def test_what_is_there_stays_and_twice_is_once(deployed: Deployed, tmp_path: Path) -> None:
    file = str(tmp_path / "facts.jsonl")
    run("backup", file)
    deployed.table().update_item(
        Key={"pk": "LEAD#ada", "sk": "LEAD"},
        UpdateExpression="SET published = :yes",
        ExpressionAttributeValues={":yes": True},
    )
    now = stored()
    assert "0 items written" in run("restore", file)
    assert stored() == now


def test_who_was_forgotten_since_does_not_come_back_but_the_trail_does(deployed: Deployed, tmp_path: Path) -> None:
    file = str(tmp_path / "facts.jsonl")
    run("backup", file)
    SuppressionList(deployed.table()).add(marks_of(LEADS[0]))
    for item in boto3.client("dynamodb").scan(TableName=TABLE)["Items"]:
        if item["pk"]["S"] != "SUPPRESSED":
            boto3.client("dynamodb").delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})
    said = run("restore", file)
    text = "\n".join(stored())
    assert "Ada Berg" not in text
    assert "ada@acme.example" not in text
    assert "Ben Moss" in text
    assert len(DynamoTrail(deployed.table()).records("ada")) == 2
    assert "3 are of people who were forgotten" in said


def test_what_is_over_is_not_put_back(deployed: Deployed, tmp_path: Path) -> None:
    item = {"pk": {"S": "LEAD#old"}, "sk": {"S": "READY"}, "expires_at": {"N": "1"}}
    told = backup.put_back(deployed, [item], NOW)
    assert told == {"over": 1}


def test_a_suppression_list_of_another_stack_is_refused(deployed: Deployed, tmp_path: Path) -> None:
    SuppressionList(deployed.table()).add({"email:x@y.example"})
    file = str(tmp_path / "facts.jsonl")
    run("backup", file)
    lose_the_table()
    SuppressionList(deployed.table()).add({"email:z@y.example"})
    ended = CliRunner().invoke(main.app, ["restore", file, "--aws"])
    assert isinstance(ended.exception, Problem)
    assert "a suppression list of its own" in str(ended.exception)


def test_a_table_that_aws_restored_is_read_by_its_name(deployed: Deployed, tmp_path: Path) -> None:
    client = boto3.client("dynamodb")
    made = client.describe_table(TableName=TABLE)["Table"]
    client.create_table(
        TableName="facts-yesterday", BillingMode="PAY_PER_REQUEST", KeySchema=made["KeySchema"],
        AttributeDefinitions=made["AttributeDefinitions"],
    )  # fmt: skip
    client.put_item(TableName="facts-yesterday", Item={"pk": {"S": "LEAD#y"}, "sk": {"S": "READY"}})
    assert "1 items are in" in run("backup", str(tmp_path / "y.jsonl"), "--table", "facts-yesterday")
