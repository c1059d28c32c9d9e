"""A new story about an account that is listened to becomes one mail to its rep, on the deployed stack."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import time as TimeOfDay  # noqa: N812
from datetime import timedelta

import pytest

from cli import mail, stack
from cli.demo import world_lead
from precall.alert_store import DynamoAlerts
from precall.clock import utc_now
from precall.config import WEEKDAYS, Config, Rep, WorkingHours
from precall.config_store import REFRESH, ConfigStore
from precall.documents import CONFIG_KEY
from precall.listening_settings import Listening, Rule
from precall.model import Account
from precall.told import DynamoToldStories, Told
from precall.watch_store import DynamoWatches
from precall.watches import Watch, subject_id
from replay.world import companies
from tests.e2e.conftest import Deployed, wait_until
from tests.unit.deliver.test_alerts import alert

COMPANY = companies["tarnmoor"]
ACCOUNT = Account(name=COMPANY.name, domain=COMPANY.domain)
ALWAYS = WorkingHours(days=WEEKDAYS, start=TimeOfDay(0), end=TimeOfDay(23, 59, 59))


@pytest.fixture
def rep(deployed: Deployed) -> Iterator[Rep]:
    """Who owns the account, at work at any time; the team listens while the test runs."""
    documents = deployed.local.documents()
    store, before = ConfigStore(documents), Config.model_validate_json(documents.get(CONFIG_KEY))
    rep = before.reps[1].model_copy(update={"hours": ALWAYS})
    listening = Listening(on=True, rules=(Rule(do="activity"),))
    store.push(before.model_copy(update={"reps": (before.reps[0], rep), "listening": listening}))
    yield rep
    store.push(before)


def looked(deployed: Deployed) -> dict[str, int]:
    """One run of the schedule."""
    answer = deployed.local.client("lambda").invoke(FunctionName=deployed.function("LookFunction"), Payload=b"{}")
    told: dict[str, int] = json.loads(answer["Payload"].read())
    return told


def test_what_waits_for_a_rep_who_has_left_waits_for_the_managers(deployed: Deployed, rep: Rep) -> None:
    other, gone = companies["quillfen"], "gone@seller.example"
    account = Account(name=other.name, domain=other.domain)
    table, now, manager = deployed.local.table(), utc_now(), stack.local_config().managers[0].email
    waiting = alert(to=gone, account_key=account.key, heard_at=now)
    DynamoToldStories(table).keep(account.key, Told(last_look=now - timedelta(days=3)), 0, [waiting], 30)
    DynamoWatches(table).add(Watch(account, now, owner=gone), now, 30)
    assert looked(deployed)["asked"] == 1
    alerts = DynamoAlerts(table)
    wait_until(lambda: not alerts.waiting(gone), 100)
    reason = f"{gone} is not in the team any more"
    handed = waiting.model_copy(update={"to": manager, "instead": reason})
    assert handed in alerts.waiting(manager)
    alerts.mailed(manager, [handed.id], now.date())  # at the manager's working hours another test would mail it


def test_a_new_story_is_mailed_to_the_accounts_rep_once_and_not_twice(deployed: Deployed, rep: Rep) -> None:
    table, now, subject = deployed.local.table(), utc_now(), subject_id(ACCOUNT.key)
    watches, told = DynamoWatches(table), DynamoToldStories(table)
    told.keep(ACCOUNT.key, Told(last_look=now - timedelta(days=3)), 0, (), 30)  # it was listened to before
    watches.add(Watch(ACCOUNT, now, owner=rep.email), now, 30)

    def alerts() -> list[str]:
        told = (message for message in mail.sent(deployed.local) if "this is new about" in str(message))
        return [message["Subject"] for message in told if rep.email in message["To"]]

    assert looked(deployed)["asked"] == 1
    heard = deployed.told(subject, "story.heard", 100)
    assert (heard["to"], heard["did"]) == (rep.email, "activity")
    wait_until(lambda: told.read(ACCOUNT.key)[0] == 2)
    assert looked(deployed) == {"asked": 0, "digests": 1}
    alerted = deployed.told(subject, "story.alerted")
    assert alerted["to"] == rep.email
    (subject_line,) = alerts()
    assert COMPANY.name.split()[0] in subject_line

    read = watches.get(ACCOUNT.key)
    assert read is not None
    watches.take(read, utc_now(), now, 30)
    assert looked(deployed)["asked"] == 1
    wait_until(lambda: told.read(ACCOUNT.key)[0] == 3)
    assert looked(deployed) == {"asked": 0, "digests": 0}
    assert alerts() == [subject_line]
    assert not any(event["type"] == "look.failed" for event in deployed.trail(subject))


def test_an_account_whose_call_is_ahead_is_put_on_the_list(deployed: Deployed, rep: Rep) -> None:
    company, call_at = companies["furrow"], utc_now() + timedelta(days=1)
    time.sleep(REFRESH)  # until running functions have read that the team listens
    sent = world_lead("furrow", owner=rep.email, call_at=call_at.isoformat())
    lead_id = str(deployed.post(sent).json()["accepted"][0]["id"])
    watches, key = DynamoWatches(deployed.local.table()), Account(name=company.name, domain=company.domain).key
    wait_until(lambda: (listed := watches.get(key)) is not None and lead_id in listed.leads)
