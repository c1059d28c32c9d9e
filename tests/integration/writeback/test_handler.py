"""writeback as deployed: its own wiring on moto, the replay web's HubSpot, a queue's message in its real shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

import replay
from precall.config import WriteBack
from precall.config_store import ConfigStore
from precall.crm.notebook import LEASE, DynamoNotebook, Page
from precall.documents import S3Documents, research_key
from precall.errors import CrmUnavailable
from precall.events import BriefWrittenBack, LeadErased, NoteErasureAsked
from precall.facts import DynamoFacts
from precall.inbox import event_in
from tests.integration.core.stack import BUCKET, TABLE, bodies, queue_behind_the_bus, stack
from tests.unit.deliver.world import CONFIG
from tests.unit.writeback.world import BRIEF, LEAD, NOTE, NOW
from writeback import bootstrap as wiring
from writeback.handler import handler

pytestmark = pytest.mark.integration
MESSAGE: dict[str, Any] = json.loads((Path(__file__).parents[3] / "events/writeback_sqs.json").read_text())
READY: dict[str, Any] = json.loads(MESSAGE["Records"][0]["body"])["detail"]


class Context:
    """What the handler's decorators read."""

    function_name, memory_limit_in_mb, aws_request_id = "writeback", 512, "r"
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:writeback"


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with replay.serve(as_of=NOW) as running:
        yield running


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, origin: str) -> Iterator[str]:
    monkeypatch.setenv("REPLAY_ORIGIN", origin)
    with stack(monkeypatch):
        documents = S3Documents(boto3.client("s3"), BUCKET)
        ConfigStore(documents).push(CONFIG.model_copy(update={"write_back": WriteBack(on=True, fields=True)}))
        contact = next(iter(replay.world.companies["tarnmoor"].contacts)).id
        lead = LEAD.model_copy(update={"id": READY["lead_id"], "crm_id": contact})
        DynamoFacts(boto3.resource("dynamodb").Table(TABLE)).add_lead(lead, 90)
        texts = {"brief.json": BRIEF.model_dump_json(), "note.txt": NOTE}
        for name, text in texts.items():
            documents.put(research_key(lead.id, READY["research_id"], name), text)
        boto3.client("ssm").put_parameter(Name="/precall/hubspot/write-token", Value="pat", Type="SecureString")
        wiring.bootstrap.cache_clear()
        yield queue_behind_the_bus()
        wiring.bootstrap.cache_clear()


def posted(origin: str) -> int:
    log = httpx.get(f"{origin}/_replay/log", trust_env=False).json()
    return sum((entry["method"], entry["path"]) == ("POST", "/crm/v3/objects/notes") for entry in log)


def test_a_message_becomes_a_note_once_however_often_it_comes(queue: str, origin: str) -> None:
    before = posted(origin)
    for _ in range(2):
        assert handler(MESSAGE, Context()) == {"batchItemFailures": []}
    first, second = (json.loads(body)["detail"] for body in bodies(queue))
    assert (first["type"], first["crm"], first["fields"]) == ("brief.written_back", "hubspot", True)
    assert [record.partition("/")[0] for record in first["records"]] == ["contact", "company"]
    assert first["note_id"] == second["note_id"]
    assert posted(origin) == before + 1


def removed(origin: str) -> list[str]:
    log = httpx.get(f"{origin}/_replay/log", trust_env=False).json()
    return [entry["path"].rpartition("/")[2] for entry in log if entry["method"] == "DELETE"]


def test_the_note_of_who_was_erased_goes_by_what_the_trail_says(queue: str, origin: str) -> None:
    facts = DynamoFacts(boto3.resource("dynamodb").Table(TABLE))
    handler(MESSAGE, Context())
    (written,) = (event_in(body) for body in bodies(queue))
    assert isinstance(written, BriefWrittenBack)
    about = {name: READY[name] for name in ("lead_id", "correlation_id", "at", "research_id")}
    asked = NoteErasureAsked(**about, crm="hubspot").model_dump(mode="json")
    message = {"Records": [MESSAGE["Records"][0] | {"body": json.dumps({"detail": asked})}]}
    assert handler(message, Context())["batchItemFailures"] != [], "nobody was erased"
    facts.append(written, 36_500)
    facts.append(LeadErased(lead_id=READY["lead_id"], correlation_id="c", at=NOW, documents=1), 36_500)
    for _ in range(2):
        assert handler(message, Context()) == {"batchItemFailures": []}
    assert removed(origin) == [written.note_id] * 2
    assert {event_in(body).type for body in bodies(queue)} == {"note.erased"}


def test_an_expired_token_is_told_and_the_message_is_done(queue: str) -> None:
    boto3.client("ssm").put_parameter(
        Name="/precall/hubspot/write-token", Value="expired", Type="SecureString", Overwrite=True
    )
    assert handler(MESSAGE, Context()) == {"batchItemFailures": []}
    (told,) = (json.loads(body)["detail"] for body in bodies(queue))
    assert (told["type"], told["part"]) == ("write_back.failed", "note")


def test_a_message_that_is_none_stays_in_its_queue(queue: str) -> None:
    record = MESSAGE["Records"][0] | {"body": "{}"}
    assert handler({"Records": [record]}, Context())["batchItemFailures"] != []


def test_the_notebook_leaves_a_page_to_one_until_its_lease_ends_and_keeps_what_was_written(queue: str) -> None:
    notebook = DynamoNotebook(boto3.resource("dynamodb").Table(TABLE))
    assert notebook.begin("l", "r", NOW) == Page()
    with pytest.raises(CrmUnavailable, match="another invocation"):
        notebook.begin("l", "r", NOW)
    assert notebook.begin("l", "r", NOW + timedelta(seconds=LEASE)) == Page(tries=1)
    assert notebook.begin("l", "other", NOW) == Page()
    assert notebook.keep("l", "r", "9001")
    assert not notebook.keep("erased", "r", "9001")
    assert notebook.begin("l", "r", NOW) == Page(note_id="9001")
