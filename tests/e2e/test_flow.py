"""A signed lead comes in; a sourced brief is in the rep's inbox, and the trail shows how."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest
from botocore.exceptions import ClientError

from cli import mail, trail
from cli.demo import world_lead
from precall.model import Brief, SourceState
from replay.world import companies
from tests.e2e import hubspot
from tests.e2e.conftest import Deployed


def _accepted(answer: httpx.Response) -> str:
    assert answer.is_success, answer.text
    return str(answer.json()["accepted"][0]["id"])


def test_a_lead_becomes_a_mailed_brief_whose_lines_are_sourced(deployed: Deployed) -> None:
    lead_id = _accepted(deployed.post(world_lead("tarnmoor", owner="tamsin.okwerebe@seller.example")))
    events = deployed.finished(lead_id)

    happened = [event["type"] for event in sorted(deployed.trail(lead_id), key=lambda event: str(event["at"]))]
    assert happened == [
        "lead.acquired", "lead.assigned", "mentions.collected", "stories.ranked", "brief.ready", "brief.sent",
    ]  # fmt: skip
    brief = Brief.model_validate_json(deployed.brief(lead_id))
    assert len(brief.stories) == 5
    assert all(story.headline.citations and story.url.startswith("https://") for story in brief.stories)
    assert {report.source for report in brief.coverage} >= {"site", "google_news", "bing_news", "hacker_news"}
    assert all(report.state == SourceState.ANSWERED for report in brief.coverage)

    (message,) = deployed.mails(lead_id)
    assert message["To"] == ["tamsin.okwerebe@seller.example"]
    assert "Tarnmoor" in message["Subject"]
    for story in brief.stories:
        assert story.url in message["BodyText"]
    assert events["brief.sent"]["minutes_before_call"] > 0


def test_one_correlation_id_goes_from_the_webhook_to_the_mail(deployed: Deployed) -> None:
    answer = deployed.post(world_lead("quillfen"))
    events = deployed.finished(_accepted(answer))
    assert {event["correlation_id"] for event in events.values()} == {answer.headers["x-correlation-id"]}


def test_redeliveries_at_the_same_time_make_one_lead_and_one_mail(deployed: Deployed) -> None:
    message_id = f"msg_{uuid4().hex}"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: deployed.post(world_lead("quillfen"), message_id=message_id), range(8)))
    (lead_id,) = {_accepted(answer) for answer in answers}
    deployed.finished(lead_id)
    assert _accepted(deployed.post(world_lead("quillfen"), message_id=message_id)) == lead_id
    time.sleep(2)
    assert len(deployed.mails(lead_id)) == 1


def test_a_hubspot_contact_is_read_back_and_goes_to_its_owner(deployed: Deployed) -> None:
    company = companies["tarnmoor"]
    lead_id = _accepted(hubspot.tells(deployed, "contact.creation", company.contact.id))
    events = deployed.finished(lead_id)
    assert events.keys() & {"brief.sent", "brief.held"}, "held where the owner is not at work now"
    page = trail.fetch(deployed.local, lead_id)
    assert page is not None
    assert page["lead"]["prospect"]["account"]["domain"] == company.domain
    assert page["lead"]["prospect"]["contact"]["name"] == company.contact.name
    assert "owner" in page["assignment"]["reason"].lower()
    written = deployed.told(lead_id, "brief.written_back")
    assert (written["crm"], written["fields"]) == ("hubspot", True)
    assert f"contact/{company.contact.id}" in written["records"]


def test_a_forged_webhook_is_refused_and_leaves_nothing(deployed: Deployed) -> None:
    before = len(mail.sent(deployed.local))
    answer = deployed.post(world_lead("quillfen"), webhook_signature="v1,Zm9yZ2VkIGZvcmdlZCBmb3JnZWQgZm9yZ2VkIQ==")
    assert answer.status_code == httpx.codes.UNAUTHORIZED
    time.sleep(1)
    assert len(mail.sent(deployed.local)) == before


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"company": {}, "contact": {"title": "Buyer"}}, 422, "company"),
        ({"company": {"name": "X" * 5000}}, 422, "company.name"),
        ({"call_at": "tomorrow"}, 422, "call_at"),
    ],
)
def test_a_lead_that_cannot_be_researched_is_refused_with_the_field(
    deployed: Deployed, change: dict[str, Any], status: int, words: str
) -> None:
    lead = {"contact": {"name": "Somebody", "email": "somebody@gmail.com"}, **change}
    answer = deployed.post(lead)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text


def test_a_batch_with_one_malformed_lead_loses_only_that_one(deployed: Deployed) -> None:
    leads: list[dict[str, Any]] = [world_lead("drosselby", id=f"batch-{n}") for n in range(5)]
    leads[3] = {"company": "not an object"}
    answer = deployed.post({"leads": leads})
    assert answer.is_success, answer.text
    assert len(answer.json()["accepted"]) == 4
    assert [entry["index"] for entry in answer.json()["rejected"]] == [3]
    for entry in answer.json()["accepted"]:
        assert "brief.sent" in deployed.finished(entry["id"], seconds=120)


def test_nothing_found_gives_an_honest_brief(deployed: Deployed) -> None:
    lead_id = _accepted(deployed.post(world_lead("drosselby")))
    deployed.finished(lead_id)
    brief = Brief.model_validate_json(deployed.brief(lead_id))
    assert brief.stories == ()
    assert "nothing" in deployed.brief(lead_id, "brief.txt").lower()
    assert len(deployed.mails(lead_id)) == 1


def test_a_site_that_never_answers_is_named_and_the_rest_is_used(deployed: Deployed) -> None:
    lead_id = _accepted(deployed.post(world_lead("murkstone")))
    deployed.finished(lead_id)
    brief = Brief.model_validate_json(deployed.brief(lead_id))
    (site,) = [report for report in brief.coverage if report.source == "site"]
    assert site.state == SourceState.FAILED
    assert site.reason
    assert site.reason in deployed.brief(lead_id, "brief.txt").replace("\n", " ") or "time" in site.reason
    assert brief.stories


@pytest.mark.parametrize("domain", ["metadata.google.internal", "printer.local"])
def test_a_private_address_is_never_asked(deployed: Deployed, domain: str) -> None:
    lead_id = _accepted(deployed.post({"company": {"name": "Quillfen Labelling", "domain": domain}}))
    deployed.finished(lead_id)
    brief = Brief.model_validate_json(deployed.brief(lead_id))
    (site,) = [report for report in brief.coverage if report.source == "site"]
    assert site.state == SourceState.FAILED
    assert "private" in (site.reason or "")


def test_a_call_that_is_over_gets_no_mail_and_is_recorded_as_missed(deployed: Deployed) -> None:
    lead_id = _accepted(deployed.post(world_lead("quillfen", call_at="2020-01-01T09:00:00Z")))
    events = deployed.finished(lead_id)
    assert "brief.missed" in events
    assert deployed.mails(lead_id) == []


def test_when_ranking_fails_the_brief_is_partial_and_says_so(deployed: Deployed, broken: Callable[[str], None]) -> None:
    broken("RankFunction")
    lead_id = _accepted(deployed.post(world_lead("tarnmoor")))
    events = deployed.finished(lead_id)
    assert events["brief.ready"]["partial"]
    assert len(deployed.mails(lead_id)) == 1


def test_when_collecting_fails_the_brief_is_partial_and_says_so(
    deployed: Deployed, broken: Callable[[str], None]
) -> None:
    broken("CollectFunction")
    lead_id = _accepted(deployed.post(world_lead("tarnmoor")))
    events = deployed.finished(lead_id)
    assert events["brief.ready"]["partial"]
    assert len(deployed.mails(lead_id)) == 1


def test_when_no_brief_can_be_written_the_rep_is_told(deployed: Deployed, broken: Callable[[str], None]) -> None:
    broken("BriefFunction")
    lead_id = _accepted(deployed.post(world_lead("tarnmoor")))
    events = deployed.finished(lead_id)
    assert events["research.failed"]["step"] == "brief"
    assert events["brief.sent"]["notice_only"]
    (message,) = deployed.mails(lead_id)
    assert "brief" in message["Subject"].lower()


def test_iam_is_enforced(deployed: Deployed) -> None:
    iam = deployed.local.client("iam")
    iam.create_user(UserName="nobody")
    key = iam.create_access_key(UserName="nobody")["AccessKey"]
    import boto3

    powerless = boto3.client(
        "dynamodb", endpoint_url=deployed.local.endpoint, region_name="us-east-1",
        aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"],
    )  # fmt: skip
    with pytest.raises(ClientError, match="not authorized"):
        powerless.scan(TableName=deployed.local.outputs()["TableName"])


def test_the_pages_open_with_the_right_link_only(deployed: Deployed) -> None:
    lead_id = _accepted(deployed.post(world_lead("quillfen")))
    deployed.finished(lead_id)
    links = deployed.local.links()
    for page in ("", "/brief"):
        answer = httpx.get(links.to_lead(lead_id, page), timeout=30, trust_env=False)
        assert answer.status_code == httpx.codes.OK
        assert answer.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "Quillfen" in answer.text
    other = links.to_lead(str(uuid4()), "/brief").split("?")[1]
    forged = f"{deployed.local.api}/leads/{lead_id}/brief?{other}"
    assert httpx.get(forged, timeout=30, trust_env=False).status_code == httpx.codes.FORBIDDEN
