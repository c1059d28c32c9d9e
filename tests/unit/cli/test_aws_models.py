"""What functions need of AWS's models is there, and is what the pinned botocore says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.template import template
from cli.aws_models import OPERATIONS, files
from precall.clients import MODELS, Clients

ROOT = Path(__file__).parents[3]
OTHER_NAMES = {"DeleteObject": "DeleteObjects", "ListBucket": "ListObjectsV2"}
"""Actions of policies that are called otherwise than their operations."""
SERVICES = {"dynamodb": "dynamodb", "events": "events", "s3": "s3", "ses": "sesv2", "sqs": "sqs", "ssm": "ssm"}


def test_they_are_renewed_with_botocore() -> None:
    kept = {str(path.relative_to(MODELS)): path.read_text() for path in MODELS.rglob("*.json")}
    assert kept == dict(files()), "run `make templates`"


@pytest.mark.parametrize("service", OPERATIONS)
def test_a_client_of_them_has_its_operations_and_no_others(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    client = Clients().client(service)
    assert set(client.meta.service_model.operation_names) == set(OPERATIONS[service].split())
    assert client.meta.endpoint_url.startswith("https://")
    assert "eu-central-1" in client.meta.endpoint_url


def test_what_functions_may_do_they_can() -> None:
    allowed = set()
    for resource in template()["Resources"].values():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        for policy in resource["Properties"].get("Policies", []):
            for statement in policy["Statement"]:
                actions = statement["Action"]
                allowed |= set([actions] if isinstance(actions, str) else actions)
    for action in sorted(allowed):
        prefix, _, name = action.partition(":")
        if prefix in SERVICES:
            assert OTHER_NAMES.get(name, name) in OPERATIONS[SERVICES[prefix]].split(), action


def test_every_service_that_a_function_asks_is_among_them() -> None:
    wiring = [path.read_text() for path in (ROOT / "functions").glob("*/*bootstrap.py")]
    asked = {name for text in wiring for name in re.findall(r'\.client\("([a-z0-9-]+)"', text)}
    assert asked - set(OPERATIONS) == {"bedrock-runtime"}  # read whole, by the few teams that have a rewriter
