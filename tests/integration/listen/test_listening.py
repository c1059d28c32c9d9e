"""From the watch list to the mail, with listen's and deliver's own wiring against AWS as moto knows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto.ses.models import ses_backends

from deliver import bootstrap as deliver_wiring
from deliver.handler import posted
from listen import bootstrap as wiring
from listen.handler import hear, look, watch
from precall.alert_store import DynamoAlerts
from precall.clock import utc_now
from precall.config import Config, WorkingHours
from precall.config_store import ConfigStore
from precall.documents import S3Documents, research_key
from precall.erasure import Rights
from precall.events import LeadAssigned
from precall.facts import DynamoFacts
from precall.listening_settings import Listening, Rule
from precall.model import Collection
from precall.routing_settings import Routing
from precall.rows import Rows
from precall.suppression import SuppressionList
from precall.told import DynamoToldStories, Told
from precall.watch_store import DynamoWatches
from precall.watches import Watch, subject_id
from precall.whose import Who
from tests.fakes import FakeBus
from tests.integration.core.stack import BUCKET, PREFIX, REGION, TABLE, bodies, queue_behind_the_bus, stack
from tests.integration.deliver.test_handler import InTime
from tests.integration.intake.cloud import one_request_at_a_time
from tests.unit.deliver.world import CONFIG
from tests.unit.listen.world import ACCOUNT, REP, assignment, lead, mention, ranking, story

pytestmark = pytest.mark.integration
ALWAYS = WorkingHours.model_construct(
    days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), start=datetime.min.time(), end=datetime.max.time()
)
KEY = ACCOUNT.key


class Aws:
    """Nordlicht is listened to for a call; its rep works at any time."""

    def __init__(self) -> None:
        self.table = boto3.resource("dynamodb").Table(TABLE)
        self.documents, self.facts = S3Documents(boto3.client("s3"), BUCKET), DynamoFacts(self.table)
        self.watches, self.told = DynamoWatches(self.table), DynamoToldStories(self.table)
        self.alerts, self.queue, self.now = DynamoAlerts(self.table), queue_behind_the_bus(), utc_now()
        boto3.client("sesv2").create_email_identity(EmailIdentity=CONFIG.sender)
        boto3.client("ssm").put_parameter(Name=f"{PREFIX}/links", Value="a-secret", Type="SecureString")
        self.post = boto3.client("sqs").create_queue(QueueName="post")["QueueUrl"]
        listening = Listening(on=True, rules=(Rule(do="lead"),))
        rep = REP.model_copy(update={"hours": ALWAYS, "time_zone": "UTC"})
        self.config: Config = CONFIG.model_copy(update={"reps": (CONFIG.reps[0], rep), "listening": listening})
        ConfigStore(self.documents).push(self.config)
        self.facts.add_lead(lead(acquired_at=self.now), 90)
        self.facts.assign(assignment(call_at=self.now + timedelta(days=5)), 90)

    def published(self, kind: str) -> list[dict[str, Any]]:
        found = [json.loads(body)["detail"] for body in bodies(self.queue)]
        return [detail for detail in found if detail["type"] == kind]

    def listened(self) -> None:
        """As if it had been listened to since yesterday."""
        self.watches.add(Watch(ACCOUNT, self.now - timedelta(hours=1), frozenset({"lead-1"})), self.now, 90)
        self.told.keep(KEY, Told(last_look=self.now - timedelta(days=1)), 0, (), 90)

    def found(self, research_id: str) -> dict[str, str]:
        """What collect and rank left: one story."""
        told = mention("linz", at=self.now)
        subject = subject_id(KEY)
        common = {"lead_id": subject, "research_id": research_id}
        collection = Collection(
            **common, prospect=lead().known(), as_of=self.now, window_days=30, mentions=(told,)
        )  # fmt: skip
        ranked = ranking(story(told), at=self.now).model_copy(update=common)
        for name, document in {"collection.json": collection, "ranking.json": ranked}.items():
            self.documents.put(research_key(subject, research_id, name), document.model_dump_json())
        return {**common, "correlation_id": research_id}

    def mailed(self) -> int:
        """How many mails are out after deliver has had, twice, what it is asked for; what fails stays in the queue."""
        received = boto3.client("sqs").receive_message(QueueUrl=self.post, MaxNumberOfMessages=10, VisibilityTimeout=0)
        records = [
            {"messageId": message["MessageId"], "body": message["Body"], "receiptHandle": message["ReceiptHandle"]}
            for message in received.get("Messages", [])
        ]
        for record in [*records, *records]:
            answer: Any = posted({"Records": [record]}, InTime())
            if not answer["batchItemFailures"]:
                boto3.client("sqs").delete_message(QueueUrl=self.post, ReceiptHandle=record["receiptHandle"])
        return len(ses_backends["123456789012"][REGION].sent_messages)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    with stack(monkeypatch), one_request_at_a_time():
        made = Aws()
        monkeypatch.setenv("POST_URL", made.post)
        cached = (wiring.watching, wiring.scheduled, wiring.hearing, deliver_wiring.bootstrap)
        for wired in cached:
            wired.cache_clear()
        yield made
        for wired in cached:
            wired.cache_clear()


def assigned() -> dict[str, Any]:
    event = LeadAssigned(
        lead_id="lead-1", correlation_id="c", at=utc_now(), research_id="r", rep=REP.email, rep_name=REP.name,
        reason="owner in the CRM", call_at=utc_now() + timedelta(days=5),
    )  # fmt: skip
    body = json.dumps({"detail": event.model_dump(mode="json")})
    return {"Records": [{"messageId": "m-1", "body": body, "receiptHandle": "r", "attributes": {}}]}


def test_a_lead_puts_its_account_on_the_list_once(aws: Aws) -> None:
    for _ in range(2):
        assert watch(assigned(), InTime())["batchItemFailures"] == []
    (found,) = aws.watches.all()
    assert (found.account, found.leads) == (ACCOUNT, frozenset({"lead-1"}))
    assert timedelta(hours=23) < found.due_at - aws.now < timedelta(hours=25)
    assert look({}, InTime()) == {"asked": 0, "digests": 0}


def test_two_runs_at_once_take_each_account_once(aws: Aws) -> None:
    due = aws.now - timedelta(hours=1)
    for number in range(6):
        company = ACCOUNT.model_copy(update={"name": f"Company {number}", "domain": f"company-{number}.example"})
        aws.watches.add(Watch(company, due, owner=REP.email), aws.now, 90)
    looking, _ = wiring.scheduled()
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(lambda _: looking.look(), range(2))) == 6
    assert len({event["lead_id"] for event in aws.published("look.asked")}) == 6
    assert all(found.due_at > aws.now for found in aws.watches.all())


def test_a_new_story_is_mailed_once_whatever_comes_twice(aws: Aws) -> None:
    aws.listened()
    assert look({}, InTime())["asked"] == 1
    (asked,) = aws.published("look.asked")
    task = aws.found(asked["research_id"])
    assert [hear(task, InTime())["heard"] for _ in range(2)] == [1, 0]
    (acquired,) = aws.published("lead.acquired")
    assert aws.facts.lead(acquired["lead_id"]).owner == REP.email
    assert [look({}, InTime())["digests"] for _ in range(2)] == [1, 0]
    assert aws.mailed() == 1
    (alerted,) = aws.published("story.alerted")
    assert (alerted["to"], alerted["lead_id"]) == (REP.email, subject_id(KEY))
    assert aws.alerts.waiting(REP.email) == []
    assert hear(aws.found("look-2"), InTime())["heard"] == 0
    assert look({}, InTime())["digests"] == 0


def test_an_account_whose_rep_leaves_is_told_to_the_manager_with_what_waits_already(aws: Aws) -> None:
    aws.listened()
    look({}, InTime())
    hear(aws.found("look-1"), InTime())
    (waiting,) = aws.alerts.waiting(REP.email)
    manager = CONFIG.managers[0].email
    ConfigStore(aws.documents).push(aws.config.model_copy(update={"reps": (CONFIG.reps[0],), "routing": Routing()}))
    for wired in (wiring.scheduled, wiring.hearing, deliver_wiring.bootstrap):
        wired.cache_clear()
    assert [hear(aws.found(name), InTime())["heard"] for name in ("look-2", "look-3")] == [0, 0]
    assert aws.alerts.waiting(REP.email) == []
    (handed,) = aws.alerts.waiting(manager)
    assert (handed.id, handed.instead) == (waiting.id, f"{REP.email} is not in the team any more")
    aws.alerts.hand_over(waiting, [waiting.model_copy(update={"to": "omar@seller.example"})])
    assert aws.alerts.waiting("omar@seller.example") == [], "what waits no more is not handed over"


def test_an_alert_that_fails_stays_in_its_queue_and_goes_when_the_trouble_is_over(aws: Aws) -> None:
    aws.listened()
    look({}, InTime())
    hear(aws.found("look-1"), InTime())
    look({}, InTime())
    identities = boto3.client("sesv2")
    identities.delete_email_identity(EmailIdentity=CONFIG.sender)
    assert aws.mailed() == 0
    assert len(aws.alerts.waiting(REP.email)) == 1
    identities.create_email_identity(EmailIdentity=CONFIG.sender)
    assert aws.mailed() == 1
    assert aws.alerts.waiting(REP.email) == []


def test_the_list_changes_only_as_it_was_read(aws: Aws) -> None:
    aws.listened()
    (read,) = aws.watches.all()
    assert aws.watches.get(KEY) == read
    later = aws.now + timedelta(days=1)
    assert aws.watches.take(read, later, aws.now, 90)
    assert not aws.watches.take(read, later, aws.now, 90)
    assert not aws.watches.remove(read)
    aws.watches.add(Watch(ACCOUNT, later, frozenset({"lead-2"}), REP.email), aws.now, 90)
    (now,) = aws.watches.all()
    assert (now.leads, now.owner, now.due_at) == (
        frozenset({"lead-1", "lead-2"}),
        REP.email,
        later.replace(microsecond=0),
    )
    aws.watches.forget(now, frozenset({"lead-1", "lead-2"}))
    assert not aws.watches.remove(now)
    assert aws.watches.remove(replace(now, leads=frozenset()))
    assert (aws.watches.all(), aws.watches.get(KEY)) == ([], None)


def test_the_memory_and_its_alerts_are_kept_together_or_not_at_all(aws: Aws) -> None:
    aws.listened()
    look({}, InTime())
    hear(aws.found("look-1"), InTime())
    version, told = aws.told.read(KEY)
    (alert,) = aws.alerts.waiting(REP.email)
    other = alert.model_copy(update={"id": "other"})
    assert not aws.told.keep(KEY, told, version - 1, [other], 90)
    assert len(aws.alerts.waiting(REP.email)) == 1
    assert aws.told.keep(KEY, told, version, [other], 90)
    assert len(aws.alerts.waiting(REP.email)) == 2
    day = aws.now.astimezone(UTC).date()
    for _ in range(2):
        aws.alerts.mailed(REP.email, ["other", alert.id], day)
    assert aws.alerts.mails(REP.email, day) == 1


def test_a_company_that_is_forgotten_leaves_the_list_with_its_memory_and_its_alerts(aws: Aws) -> None:
    aws.listened()
    look({}, InTime())
    hear(aws.found("look-1"), InTime())
    rights = Rights(
        Rows(aws.table), aws.documents, aws.facts, SuppressionList(aws.table), FakeBus(), lambda _: False, utc_now
    )  # fmt: skip
    report = rights.erase(Who(account=ACCOUNT), 90)
    assert report.counts["accounts listened to"] == 1
    left = [str(item["pk"]) + str(item["sk"]) for item in aws.table.scan()["Items"]]
    assert not [key for key in left if key.startswith(("WATCHES", "ACCOUNT#")) or "ALERT#" in key]
    assert list(aws.documents.keys_below("research/")) == []
    assert look({}, InTime()) == {"asked": 0, "digests": 0}
