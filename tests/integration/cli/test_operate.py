"""What the operator relies on: dead letters finish their way, and the doctor names what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from cli.account import account
from cli.channel_check import zoho_channel
from cli.deployment import Deployment
from cli.doctor import examine
from cli.findings import Finding
from cli.home import Problem
from cli.redrive import DeadLetters
from precall.accounts import DynamoAccounts
from precall.briefed import Briefing, DynamoBriefed
from precall.clock import utc_now
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.crm.channels import ChannelState, DynamoChannels
from precall.documents import S3Documents
from precall.model import Account, AccountProfile, SignalKind
from precall.model.snippet import Snippet
from tests.integration.core.stack import BUCKET, TABLE, bodies, queue_behind_the_bus, stack

pytestmark = pytest.mark.integration

EVENT = {"source": "precall", "detail-type": "lead.acquired", "detail": {"id": "e1", "lead_id": "lead-1"}}
CONFIG = """
team: Inside Sales
reps: [{ name: Ada Lunt, email: ada@seller.example, time_zone: Europe/Vienna }]
managers: [{ name: Bo Marsh, email: bo@seller.example }]
seller: { name: Loftgrid }
sender: briefs@seller.example
"""


def _tell_the_source(parsed: dict[str, Any], **_: object) -> None:
    """moto leaves out what SQS tells of a message that it moved itself."""
    for message in parsed.get("Messages", []):
        if int(message["Attributes"]["ApproximateReceiveCount"]) > 1:
            message["Attributes"]["DeadLetterQueueSourceArn"] = "arn:aws:sqs:eu-central-1:123456789012:deliver"


class Mail:
    """moto's SES, which knows no accounts and verifies nobody."""

    def __init__(self, production: bool, verified: str, sent: int) -> None:
        self._production = production
        self._verified = verified
        self.quota = {"Max24HourSend": 200, "SentLast24Hours": sent}
        self.exceptions = boto3.client("sesv2").exceptions

    def get_email_identity(self, *, EmailIdentity: str) -> Any:  # noqa: N803 - as boto3 has it
        if EmailIdentity == self._verified:
            return {"VerifiedForSendingStatus": True}
        return boto3.client("sesv2").get_email_identity(EmailIdentity=EmailIdentity)

    def get_account(self) -> dict[str, Any]:
        return {"SendingEnabled": True, "ProductionAccessEnabled": self._production, "SendQuota": self.quota}


class Deployed(Deployment):
    """A stack whose queues are moto's."""

    production = True
    sent = 0
    verified = ""
    zoho = "no"

    def __init__(self, **outputs: str) -> None:
        self._outputs = outputs

    def client(self, service: str) -> Any:
        if service == "sesv2":
            return Mail(self.production, self.verified, self.sent)
        client = boto3.client(service)  # type: ignore[call-overload]
        client.meta.events.register("after-call.sqs.ReceiveMessage", _tell_the_source)
        return client

    def outputs(self) -> dict[str, str]:
        if not self._outputs:
            raise Problem("the stack precall does not answer; deploy it with `precall deploy`")
        return self._outputs

    def parameters(self) -> dict[str, str]:
        self.outputs()
        return {"SecretsPrefix": "/precall", "ZohoChannel": self.zoho}


@pytest.fixture(autouse=True)
def _aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with stack(monkeypatch):
        yield


@pytest.fixture
def deployed() -> Deployed:
    sqs = boto3.client("sqs")
    letters = sqs.create_queue(QueueName="deliver-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
    sqs.create_queue(QueueName="deliver", Attributes={"RedrivePolicy": policy, "VisibilityTimeout": "0"})
    return Deployed(DeliverDeadLettersUrl=letters, BusName="precall", BucketName=BUCKET)


def _fail(body: str) -> None:
    """A message that was handled as often as it may be, without success."""
    sqs = boto3.client("sqs")
    url = sqs.get_queue_url(QueueName="deliver")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=body)
    for _ in range(2):
        sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)


def test_a_dead_letter_of_a_queue_goes_back_to_that_queue(deployed: Deployed) -> None:
    _fail(json.dumps(EVENT))
    queues = DeadLetters(deployed)
    assert queues.counts() == {"deliver": 1}
    (letter,) = queues.take()
    assert "lead.acquired, lead lead-1" in str(letter)
    assert queues.redrive(letter) is None
    assert bodies(boto3.client("sqs").get_queue_url(QueueName="deliver")["QueueUrl"]) == [json.dumps(EVENT)]
    assert queues.counts() == {"deliver": 0}


def test_what_a_rule_could_not_hand_over_goes_over_the_bus_again(deployed: Deployed) -> None:
    heard = queue_behind_the_bus()
    boto3.client("sqs").send_message(
        QueueUrl=deployed.outputs()["DeliverDeadLettersUrl"], MessageBody=json.dumps(EVENT)
    )
    queues = DeadLetters(deployed)
    assert [queues.redrive(letter) for letter in queues.take("deliver")] == [None]
    (again,) = bodies(heard)
    assert json.loads(again)["detail"] == EVENT["detail"]


@pytest.mark.parametrize("body", ["not JSON", "[]", '{"detail": 7}', '{"detail": {}}'])
def test_what_nobody_can_read_waits_on_and_is_named(deployed: Deployed, body: str) -> None:
    boto3.client("sqs").send_message(QueueUrl=deployed.outputs()["DeliverDeadLettersUrl"], MessageBody=body)
    queues = DeadLetters(deployed)
    (letter,) = queues.take()
    assert queues.redrive(letter) == "it is no event of Precall's"
    assert queues.counts() == {"deliver": 1}


def test_many_dead_letters_are_each_taken_once(deployed: Deployed) -> None:
    for number in range(23):
        body = json.dumps({**EVENT, "detail": {"lead_id": str(number)}})
        boto3.client("sqs").send_message(QueueUrl=deployed.outputs()["DeliverDeadLettersUrl"], MessageBody=body)
    taken = [letter.event["detail"]["lead_id"] for letter in DeadLetters(deployed).take()]
    assert sorted(taken, key=int) == [str(number) for number in range(23)]


def test_a_queue_that_is_not_there_is_answered_with_those_that_are(deployed: Deployed) -> None:
    with pytest.raises(Problem, match=r"no dead-letter queue 'rank'; there are deliver"):
        list(DeadLetters(deployed).take("rank"))


def _said(findings: Iterator[Finding], state: str) -> str:
    return "\n".join(f"{finding.said}: {finding.fix}" for finding in findings if finding.state == state)


def test_a_bare_stack_is_told_what_it_lacks_and_how_to_get_it(deployed: Deployed) -> None:
    _fail(json.dumps(EVENT))
    bad = _said(examine(deployed), "bad")
    assert "no settings are in force" in bad
    assert "deliver: 1 dead letters" in bad
    assert "--name /precall/links" in bad
    assert "--name /precall/webhooks/generic" in bad


def test_a_sender_that_nobody_verified_is_bad(deployed: Deployed) -> None:
    ConfigStore(S3Documents(boto3.client("s3"), BUCKET)).push(parse_config(CONFIG))
    assert "SES may not send as briefs@seller.example" in _said(examine(deployed), "bad")


def test_nothing_is_bad_where_everything_is_set(deployed: Deployed) -> None:
    ssm = boto3.client("ssm")
    for name in ("links", "webhooks/generic"):
        ssm.put_parameter(Name=f"/precall/{name}", Value="one two", Type="SecureString")
    deployed.verified = "seller.example"
    ConfigStore(S3Documents(boto3.client("s3"), BUCKET)).push(parse_config(CONFIG))
    findings = list(examine(deployed))
    assert _said(iter(findings), "bad") == ""
    assert "secret webhooks/generic, two values while it is rotated" in _said(iter(findings), "good")
    assert "webhooks of close, hubspot, pipedrive, salesforce, zoho" in _said(iter(findings), "good")


def test_the_sandbox_of_ses_is_a_doubt_and_names_who_cannot_be_written_to(deployed: Deployed) -> None:
    ConfigStore(S3Documents(boto3.client("s3"), BUCKET)).push(parse_config(CONFIG))
    deployed.production, deployed.verified = False, "ada@seller.example"
    doubt = _said(examine(deployed), "doubtful")
    assert "SES is in its sandbox" in doubt
    assert "not verified: bo@seller.example" in doubt


def test_a_quota_that_is_nearly_used_up_is_a_doubt(deployed: Deployed) -> None:
    deployed.sent = 170
    assert "170 of 200 mails that SES sends in a day are sent" in _said(examine(deployed), "doubtful")


def test_without_a_stack_only_that_is_said() -> None:
    assert [finding.state for finding in examine(Deployed())] == ["good", "bad"]


def _zoho(ends: datetime | None, failure: str = "") -> list[Finding]:
    deployed = Deployed(TableName=TABLE)
    deployed.zoho = "yes"
    table = boto3.resource("dynamodb").Table(TABLE)
    DynamoChannels(table).keep("zoho", ChannelState(utc_now(), ends, failure))
    return list(zoho_channel(deployed))


def test_zohos_channel_is_looked_at_where_it_is_to_be_kept_open() -> None:
    assert list(zoho_channel(Deployed(TableName=TABLE))) == []
    (good,) = _zoho(utc_now() + timedelta(hours=20))
    (failing,) = _zoho(utc_now() + timedelta(hours=2), "check the secret zoho/write-client")
    (closed,) = _zoho(utc_now() - timedelta(hours=1), "check the secret zoho/write-client")
    (never,) = _zoho(None)
    assert [found.state for found in (good, failing, closed, never)] == ["good", "doubtful", "bad", "bad"]
    assert failing.fix == closed.fix == "check the secret zoho/write-client"


def test_what_is_known_of_an_account_and_was_quoted_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = boto3.resource("dynamodb").Table(TABLE)
    told = Snippet(text="Acme raises 30m", url="https://wire.example/1", outlet="Wire", signal=SignalKind.FUNDING)
    key, at = Account(domain="acme.example").key, datetime(2026, 3, 12, tzinfo=UTC)
    DynamoBriefed(table).note(key, Briefing("lead-1", "r", at, (told,)), 90)
    DynamoAccounts(table).keep(key, AccountProfile(names=("Acme Robots",), checked_at=at), 36_500)
    monkeypatch.setattr(Deployment, "outputs", lambda self: {"TableName": TABLE})
    account("acme.example", aws=True)
    said = capsys.readouterr().out
    assert "Acme Robots" in said
    assert "undated  funding: Acme raises 30m (Wire, https://wire.example/1)" in said
    with pytest.raises(Problem, match="nothing is kept about Nordlicht"):
        account("Nordlicht", aws=True)
