"""`precall forget`: by name, whom CRMs told to forget, and where nobody did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import boto3
import pytest
from typer.testing import CliRunner

from cli import rights
from cli.main import app
from cli.show import console
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.errors import LeadNotFound
from precall.facts import DynamoFacts
from precall.inbox import event_in
from precall.model import Account, Contact, Lead, Prospect
from tests.integration.cli.test_operate import CONFIG, Deployed
from tests.integration.core.stack import BUCKET, BUS, TABLE, bodies, queue_behind_the_bus, stack

pytestmark = pytest.mark.integration
NOW = datetime.now(UTC)
GROUP = "calls"


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoFacts]:
    with stack(monkeypatch):
        ConfigStore(S3Documents(boto3.client("s3"), BUCKET)).push(parse_config(CONFIG))
        boto3.client("scheduler").create_schedule_group(Name=GROUP)
        deployed = Deployed(TableName=TABLE, BucketName=BUCKET, BusName=BUS, CallSchedules=GROUP)
        monkeypatch.setattr(rights, "Deployment", lambda: deployed)
        monkeypatch.setattr(console, "width", 200)
        kept = DynamoFacts(boto3.resource("dynamodb").Table(TABLE))
        for name, crm_id in (("ada", "51"), ("ben", "52")):
            who = Prospect(account=Account(name="Acme"), contact=Contact(name=name, email=f"{name}@acme.example"))
            lead = Lead(id=name, crm="hubspot", crm_id=crm_id, acquired_at=NOW, correlation_id="c", prospect=who)
            kept.add_lead(lead, 730)
        yield kept


def said(*arguments: str, stdin: str = "") -> str:
    result = CliRunner().invoke(app, ["forget", *arguments, "--aws"], input=stdin, catch_exceptions=True)
    return f"{result.output}{result.exception or ''}"


def test_a_person_is_erased_after_a_question_and_their_notes_are_asked_back(facts: DynamoFacts) -> None:
    queue = queue_behind_the_bus()
    boto3.resource("dynamodb").Table(TABLE).put_item(Item={"pk": "LEAD#ada", "sk": "NOTE#r", "note_id": "4711"})
    said("--contact", "ada@acme.example", stdin="n\n")
    assert facts.lead("ada")
    told = said("--contact", "ada@acme.example", stdin="y\n")
    assert "leads: 1" in told
    assert "precall show ada --trail" in told
    with pytest.raises(LeadNotFound):
        facts.lead("ada")
    assert [event_in(body).type for body in bodies(queue)] == ["note.erasure_asked"]


def test_whom_a_crm_told_to_forget_is_shown_and_finished(facts: DynamoFacts) -> None:
    facts.ask_erasure("ada", "hubspot", NOW, 730)
    told = said("--asked", "--yes")
    assert "lead ada: hubspot asked" in told
    assert "1 people wait to be forgotten" in told
    assert "by an operator: " in said("--asked")
    assert facts.lead("ben")
    with pytest.raises(LeadNotFound):
        facts.lead("ada")


def test_where_nobody_asked_nobody_goes(facts: DynamoFacts) -> None:
    facts.ask_erasure("ada", "hubspot", NOW, 730)
    assert "Dismiss them all, and erase nothing?" in said("--asked", "--dismiss", stdin="y\n")
    assert "0 people wait" in said("--asked", "--yes")
    assert facts.lead("ada")
    assert "say --asked with --dismiss" in said("--dismiss")
