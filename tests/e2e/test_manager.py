"""What goes around briefs: a manager signs in by a mailed link and reminds a rep; a mail that comes back is told."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import httpx

from cli import mail, stack
from cli.demo import world_lead
from tests.e2e.conftest import Deployed

FEEDBACK = json.loads((Path(__file__).parents[2] / "events/mail_feedback_sqs.json").read_text())["Records"]
MANAGER = stack.local_config().managers[0].email


def mailed(deployed: Deployed, to: str, subject: str, seconds: float = 60) -> dict[str, Any]:
    """The newest mail to somebody whose subject begins so, as soon as it is out."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for one in reversed(mail.sent(deployed.local)):
            if to in one["To"] and one["Subject"].startswith(subject):
                return dict(one)
        time.sleep(0.3)
    raise AssertionError(f"no mail {subject!r} within {seconds:g} s")


def briefed(deployed: Deployed) -> tuple[str, dict[str, Any]]:
    """A lead, and the event that its brief was sent."""
    lead_id = str(deployed.post(world_lead("quillfen")).json()["accepted"][0]["id"])
    return lead_id, deployed.finished(lead_id)["brief.sent"]


def test_a_manager_signs_in_looks_around_and_reminds_a_rep(deployed: Deployed) -> None:
    lead_id, sent = briefed(deployed)
    with httpx.Client(base_url=f"{deployed.local.api}/manage/", timeout=60, trust_env=False) as browser:
        assert browser.get("today").headers["location"] == "sign-in"
        browser.post("sign-in", data={"address": MANAGER}).raise_for_status()
        token = re.search(r"token=([\w.-]+)", mailed(deployed, MANAGER, "Sign in")["BodyText"])
        assert token
        entered = browser.post("link", data={"token": token[1]})
        browser.headers["cookie"] = entered.headers["set-cookie"].partition(";")[0]  # it is for https only
        for page in ("today", "coverage", "engagement", "sources", "marks"):
            assert browser.get(page).status_code == httpx.codes.OK
        assert browser.post("today", data={"lead": lead_id, "action": "nudge"}).is_redirect
        mailed(deployed, sent["to"], "Please prepare your call")
        browser.post("sign-out")
        assert browser.get("today").headers["location"] == "sign-in"


def test_a_mail_that_came_back_is_on_the_trail_and_the_manager_is_told(deployed: Deployed) -> None:
    lead_id, sent = briefed(deployed)
    (body,) = [record["body"] for record in FEEDBACK if '"Bounce"' in record["body"]]
    body = body.replace("jonas@seller.example", "nobody@seller.example")  # who gets no mail from now on
    event = json.loads(body)
    event["detail"]["mail"]["tags"] |= {"lead": [lead_id], "research": [sent["research_id"]]}
    queue = deployed.function("MailFeedbackQueue")
    deployed.local.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps(event))
    assert deployed.told(lead_id, "brief.bounced")["permanent"]
    mailed(deployed, MANAGER, "A brief for")
