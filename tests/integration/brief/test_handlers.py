"""rank and brief as deployed, one after the other, on moto: what one stores the other reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from brief.bootstrap import bootstrap as brief_bootstrap
from brief.handler import handler as write
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import S3Documents, load, research_key
from precall.errors import DocumentNotFound, InvalidConfiguration
from precall.facts import DynamoFacts
from precall.links import Links
from precall.model import Brief, ResearchTask
from precall.secrets import LINKS
from rank.bootstrap import bootstrap as rank_bootstrap
from rank.handler import handler as rank
from tests.integration.core.stack import BUCKET, PREFIX, TABLE, bodies, queue_behind_the_bus, stack
from tests.unit.brief.situation import RICH, assignment, lead
from tests.unit.rank.given import collection

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[3]
EVENT: dict[str, Any] = json.loads((ROOT / "events/rank.json").read_text())
TASK = ResearchTask.model_validate(EVENT)
PUBLIC_URL = "https://api.example/live"
CONTEXT = SimpleNamespace(
    function_name="brief", memory_limit_in_mb=1024, invoked_function_arn="arn:aws:lambda", aws_request_id="1"
)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with stack(monkeypatch):
        monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
        clear()
        yield queue_behind_the_bus()
    clear()


def clear() -> None:
    rank_bootstrap.cache_clear()
    brief_bootstrap.cache_clear()


@pytest.fixture
def documents(queue: str) -> S3Documents:
    documents = S3Documents(boto3.client("s3"), BUCKET)
    ConfigStore(documents).push(parse_config((ROOT / "precall.example.yaml").read_text()))
    facts = DynamoFacts(boto3.resource("dynamodb").Table(TABLE))
    facts.add_lead(lead(id=TASK.lead_id), 90)
    held = assignment().model_copy(update={"lead_id": TASK.lead_id, "research_id": TASK.research_id})
    facts.assign(held, 90)
    boto3.client("ssm").put_parameter(Name=f"{PREFIX}/{LINKS}", Value="new old", Type="SecureString")
    return documents


def key(name: str) -> str:
    return research_key(TASK.lead_id, TASK.research_id, name)


def collect(documents: S3Documents) -> None:
    found = collection(RICH, lead_id=TASK.lead_id, research_id=TASK.research_id)
    documents.put(key("collection.json"), found.model_dump_json())


def test_mentions_become_stories_and_stories_a_brief(queue: str, documents: S3Documents) -> None:
    collect(documents)
    handed_on = write(rank(EVENT, CONTEXT), CONTEXT)
    assert ResearchTask.model_validate(handed_on) == TASK
    made = load(documents, key("brief.json"), Brief)
    assert made.stories
    assert made.link is not None
    token = made.link.removeprefix(f"{PUBLIC_URL}/leads/{TASK.lead_id}/brief?token=")
    Links("", ("new",)).check(TASK.lead_id, token)
    events = {told["detail-type"]: told["detail"] for told in map(json.loads, bodies(queue))}
    assert events["stories.ranked"]["stories"] == events["brief.ready"]["stories"] == len(made.stories)
    assert events["brief.ready"]["partial"] is False


def test_the_three_forms_have_their_content_types(queue: str, documents: S3Documents) -> None:
    collect(documents)
    rank(EVENT, CONTEXT)
    write(EVENT, CONTEXT)
    heads = {name: boto3.client("s3").head_object(Bucket=BUCKET, Key=key(f"brief.{name}")) for name in ("html", "txt")}
    assert heads["html"]["ContentType"] == "text/html; charset=utf-8"
    assert heads["txt"]["ContentType"] == "text/plain; charset=utf-8"


def test_without_anything_collected_an_honest_brief_is_written(queue: str, documents: S3Documents) -> None:
    write({**EVENT, "failures": [{"step": "collect", "error": "States.Timeout"}]}, CONTEXT)
    assert load(documents, key("brief.json"), Brief).partial
    (body,) = bodies(queue)
    assert json.loads(body)["detail"]["partial"] is True


def test_what_cannot_be_done_raises_an_error_that_the_workflow_knows(queue: str, documents: S3Documents) -> None:
    with pytest.raises(DocumentNotFound):
        rank(EVENT, CONTEXT)
    with pytest.raises(DocumentNotFound):
        write(EVENT, CONTEXT)
    collect(documents)
    rank(EVENT, CONTEXT)
    boto3.client("ssm").delete_parameter(Name=f"{PREFIX}/{LINKS}")
    with pytest.raises(InvalidConfiguration, match="links"):
        write(EVENT, CONTEXT)
