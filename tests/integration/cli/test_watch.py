"""`precall watch`: who is listened to, by hand."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from typer.testing import CliRunner

from cli import watch
from cli.main import app
from cli.show import console
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.model import Account
from precall.suppression import SuppressionList, account_marks
from precall.watch_store import DynamoWatches
from precall.watches import subject_id
from tests.integration.cli.test_operate import CONFIG, Deployed
from tests.integration.core.stack import BUCKET, TABLE, stack

pytestmark = pytest.mark.integration
ACME = Account(name="Acme Robots", domain="acme.example")


@pytest.fixture
def watches(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoWatches]:
    with stack(monkeypatch):
        ConfigStore(S3Documents(boto3.client("s3"), BUCKET)).push(parse_config(CONFIG))
        monkeypatch.setattr(watch, "Deployment", lambda: Deployed(TableName=TABLE, BucketName=BUCKET))
        monkeypatch.setattr(console, "width", 200)
        yield DynamoWatches(boto3.resource("dynamodb").Table(TABLE))


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["watch", *arguments, "--aws"], catch_exceptions=True)
    return f"{result.output}{result.exception or ''}"


def test_an_account_is_put_on_the_list_shown_and_taken_off(watches: DynamoWatches) -> None:
    told = said("add", "www.acme.example", "--name", "Acme Robots", "--owner", "ADA@seller.example")
    assert "Ada Lunt is told" in told
    assert "Listening is off" in told
    (found,) = watches.all()
    assert (found.account, found.owner) == (ACME, "ada@seller.example")
    listed = said("list")
    assert "Acme Robots" in listed
    assert "named for ada@seller.example" in listed
    assert subject_id(ACME.key) in listed
    assert "no more" in said("remove", "acme.example")
    assert "Nobody is listened to." in said("list")


def test_what_cannot_be_done_is_said_with_the_fix(watches: DynamoWatches) -> None:
    assert "take one of ada@seller.example" in said("add", "acme.example", "--owner", "eve@seller.example")
    assert "is not on the watch list" in said("remove", "acme.example")
    SuppressionList(boto3.resource("dynamodb").Table(TABLE)).add(account_marks(ACME))
    assert "on the suppression list" in said("add", "acme.example", "--owner", "ada@seller.example")
    assert watches.all() == []
