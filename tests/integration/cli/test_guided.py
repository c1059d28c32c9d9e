"""`precall deploy --guided`: from nothing to a first brief, and on from wherever it ended the last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner

from cli import deploy, guided_account, guided_brief, main, sam, trail, webhook
from cli.deployment import Deployment
from cli.guided_steps import STEPS
from cli.home import Home, Problem
from precall.config_store import ConfigStore
from tests.integration.core.stack import BUCKET, stack

pytestmark = pytest.mark.integration
ANSWERS = (
    "eu-central-1", "Loftgrid", "Ada Lunt", "ada@seller.example", "Europe/Vienna", "seller.example",
    "ops@seller.example", "Tarnmoor", "tarnmoor.example",
)  # fmt: skip


class Ses:
    """An account in SES's sandbox; `verified` are the identities whose owner has answered."""

    def __init__(self) -> None:
        self.verified: set[str] = set()
        self.created: list[str] = []
        self.exceptions = boto3.client("sesv2", region_name="eu-central-1").exceptions

    def get_account(self) -> dict[str, Any]:
        return {"ProductionAccessEnabled": False, "SendingEnabled": True}

    def create_email_identity(self, *, EmailIdentity: str) -> None:  # noqa: N803 - as boto3 has it
        if EmailIdentity in self.created:
            raise self.exceptions.AlreadyExistsException({"Error": {"Code": "AlreadyExistsException"}}, "Create")
        self.created.append(EmailIdentity)

    def get_email_identity(self, *, EmailIdentity: str) -> dict[str, Any]:  # noqa: N803 - as boto3 has it
        if EmailIdentity not in self.created:
            raise self.exceptions.NotFoundException({"Error": {"Code": "NotFoundException"}}, "Get")
        return {
            "VerifiedForSendingStatus": EmailIdentity in self.verified,
            "DkimAttributes": {"Tokens": ["one", "two", "three"]},
        }


class Lambda:
    def get_account_settings(self) -> dict[str, Any]:
        return {"AccountLimit": {"ConcurrentExecutions": 10}}


class Account(Deployment):
    """An AWS account: empty until SAM has deployed."""

    def __init__(self) -> None:
        self.ses = Ses()
        self.deployed: dict[str, str] = {}
        self.deployments = 0

    def client(self, service: str) -> Any:
        own = {"sesv2": self.ses, "lambda": Lambda()}
        return own.get(service) or boto3.client(service)  # type: ignore[call-overload]

    def parameters(self) -> dict[str, str]:
        if not self.deployed:
            raise Problem("the stack precall does not answer")
        return {"SecretsPrefix": "/precall", **self.deployed}

    def outputs(self) -> dict[str, str]:
        self.parameters()
        return {"ApiUrl": "https://api.example/live", "BucketName": BUCKET, "BusName": "precall"}

    def deploy(self, home: Home, parameters: Mapping[str, str], environment: Mapping[str, str], *more: str) -> None:
        self.deployed = dict(parameters)
        self.deployments += 1


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Account]:
    with stack(monkeypatch):
        made = Account()
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        monkeypatch.setattr(Home, "at", lambda path=None: Home(tmp_path))
        for module in (guided_account, guided_brief):
            monkeypatch.setattr(module, "SETTINGS", tmp_path / "precall.yaml")
        monkeypatch.setattr(deploy, "Deployment", lambda: made)
        monkeypatch.setattr(sam, "build", lambda home, environment: None)
        monkeypatch.setattr(sam, "deploy", made.deploy)
        monkeypatch.setattr(
            webhook, "post_lead", lambda api, secret, payload: f"lead-about-{payload['company']['name']}"
        )
        sent = {"type": "brief.sent", "to": "ada@seller.example"}
        monkeypatch.setattr(trail, "follow", lambda deployment, lead_id, seconds: iter([sent]))
        yield made


def run(*answers: str) -> tuple[str, BaseException | None]:
    ended = CliRunner().invoke(main.app, ["deploy", "--guided"], input="".join(f"{answer}\n" for answer in answers))
    return ended.output, ended.exception


def test_the_plan_says_every_step_and_does_nothing(account: Account) -> None:
    said = CliRunner().invoke(main.app, ["deploy", "--guided", "--plan"]).output
    assert [line.partition(". ")[2].partition(":")[0] for line in said.splitlines()] == [step.title for step in STEPS]
    assert (account.deployments, account.ses.created) == (0, [])


def test_it_stops_where_a_person_has_to_do_something_and_goes_on_from_there(account: Account, tmp_path: Path) -> None:
    said, problem = run(*ANSWERS)
    assert isinstance(problem, Problem)
    assert "run `precall deploy --guided` again" in str(problem)
    assert "one._domainkey.seller.example  CNAME  one.dkim.amazonses.com" in said
    assert "SES keeps new accounts in a sandbox" in said
    assert account.ses.created == ["ada@seller.example", "seller.example"]
    assert account.deployed["SenderIdentity"] == "seller.example"
    assert account.deployed["AlarmEmail"] == "ops@seller.example"

    account.ses.verified = {"seller.example"}
    said, problem = run("Tarnmoor", "tarnmoor.example")
    assert problem is None
    assert account.deployments == 1, "the same release is not deployed again"
    assert "links is there, webhooks/generic is there" in said
    assert "mailed to ada@seller.example" in said
    assert "see it: https://api.example/live/leads/lead-about-Tarnmoor/brief?token=" in said
    assert ConfigStore(account.documents()).current().reps[0].email == "ada@seller.example"


def test_whoever_is_through_and_comes_again_makes_no_second_lead(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.ses.verified = {"seller.example"}
    assert run(*ANSWERS)[1] is None
    monkeypatch.setattr(webhook, "post_lead", lambda *given: pytest.fail("a second lead was sent"))
    said, problem = run()
    assert problem is None
    assert "lead-about-Tarnmoor" in said


def test_secrets_are_random_and_are_neither_shown_nor_kept_here(account: Account, tmp_path: Path) -> None:
    said, _ = run(*ANSWERS)
    made = [
        boto3.client("ssm").get_parameter(Name=f"/precall/{name}", WithDecryption=True)["Parameter"]["Value"]
        for name in guided_account.OURS
    ]
    assert len(set(made)) == 2
    kept = "".join(file.read_text() for file in tmp_path.rglob("*") if file.is_file())
    for secret in made:
        assert len(secret) > 30
        assert secret not in said + kept


def test_answers_that_make_no_settings_are_named_and_asked_again(account: Account, tmp_path: Path) -> None:
    wrong = [*ANSWERS]
    wrong[4] = "Europe/Nowhere"
    _, problem = run(*wrong)
    assert isinstance(problem, Problem)
    assert "time_zone" in str(problem)
    assert not (tmp_path / "precall.yaml").exists()
    run(*ANSWERS[1:])
    assert "Europe/Vienna" in (tmp_path / "precall.yaml").read_text()


def test_a_lead_is_sent_to_aws_with_the_secret_that_lies_there(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*ANSWERS)
    monkeypatch.setattr(main, "Deployment", lambda: account)
    used: dict[str, str] = {}

    def post(api: str, secret: str, payload: object) -> str:
        used[api] = secret
        return "lead-7"

    monkeypatch.setattr(webhook, "post_lead", post)
    said = CliRunner().invoke(main.app, ["lead", "Tarnmoor", "--aws"]).output
    kept = boto3.client("ssm").get_parameter(Name="/precall/webhooks/generic", WithDecryption=True)
    assert used == {"https://api.example/live": kept["Parameter"]["Value"]}
    assert "https://api.example/live/leads/lead-7?token=" in said
