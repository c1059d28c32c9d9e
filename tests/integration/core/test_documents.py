"""Documents in S3, settings among them, and secrets in SSM, as moto knows them."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.config_store import ConfigStore
from precall.documents import Documents, S3Documents, load, research_key
from precall.errors import DocumentNotFound, InvalidConfiguration, StorageUnavailable
from precall.model import Account, Prospect
from precall.secrets import LINKS, SsmSecrets
from tests.fakes import FakeDocuments
from tests.integration.core.stack import BUCKET, PREFIX, stack

pytestmark = pytest.mark.integration


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Documents]:
    with stack(monkeypatch):
        yield S3Documents(boto3.client("s3"), BUCKET)


@pytest.fixture(params=["s3", "fake"])
def documents(request: pytest.FixtureRequest) -> Documents:
    made: Documents = request.getfixturevalue("s3") if request.param == "s3" else FakeDocuments()
    return made


def test_what_was_put_is_given_and_replaced(documents: Documents) -> None:
    documents.put("a", "first – Grüße 你好")
    assert documents.get("a") == "first – Grüße 你好"
    documents.put("a", "second")
    assert documents.get("a") == "second"


def test_what_was_never_put_is_not_found(documents: Documents) -> None:
    with pytest.raises(DocumentNotFound, match="there is no document research/1/2/brief\\.html"):
        documents.get(research_key("1", "2", "brief.html"))


def test_a_document_is_read_as_its_model(documents: Documents) -> None:
    prospect = Prospect(account=Account(name="Nordlicht"))
    documents.put("p", prospect.model_dump_json())
    assert load(documents, "p", Prospect) == prospect


def test_a_document_says_what_it_is(s3: S3Documents) -> None:
    s3.put("a", "<p>", "text/html")
    assert boto3.client("s3").head_object(Bucket=BUCKET, Key="a")["ContentType"] == "text/html; charset=utf-8"


def test_when_s3_does_not_answer_another_try_is_worth_it(s3: S3Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://s3")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", down)
    with pytest.raises(StorageUnavailable, match="S3 did not give"):
        s3.get("a")
    with pytest.raises(StorageUnavailable, match="S3 did not take"):
        s3.put("a", "text")


def test_settings_that_were_never_pushed_name_the_fix(s3: S3Documents) -> None:
    with pytest.raises(InvalidConfiguration, match="precall config push"):
        ConfigStore(s3).current()


def test_a_secret_is_decrypted_and_an_unset_one_names_the_fix(s3: S3Documents) -> None:
    boto3.client("ssm").put_parameter(Name=f"{PREFIX}/links", Type="SecureString", Value="new old")
    secrets = SsmSecrets(PREFIX, boto3.client("ssm"))
    assert secrets.all(LINKS) == ("new", "old")
    with pytest.raises(InvalidConfiguration, match="--name /precall/webhooks/generic"):
        secrets.all("webhooks/generic")
