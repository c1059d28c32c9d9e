"""Many leads of one company at once: the outside is asked once, and each of them gets what was found."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx

from cli import trail
from cli.demo import world_lead
from cli.home import Problem
from replay.world import companies
from tests.e2e.conftest import Deployed

LEADS = 3
SITE = companies["osterhallow"].domain


def _asked(deployed: Deployed) -> list[dict[str, Any]]:
    """What the replay web was asked of the company's site and of Hacker News about it."""
    port = deployed.home.read("replay.json")["port"]
    log = httpx.get(f"http://127.0.0.1:{port}/_replay/log", trust_env=False).json()
    return [entry for entry in log if entry["host"] == SITE or SITE in entry["query"]]


def _rows(deployed: Deployed, prefix: str) -> list[dict[str, Any]]:
    table = deployed.local.client("cloudformation").describe_stack_resource(
        StackName="precall", LogicalResourceId="Table"
    )["StackResourceDetail"]["PhysicalResourceId"]
    found = deployed.local.client("dynamodb").scan(
        TableName=table,
        FilterExpression="begins_with(pk, :prefix)",
        ExpressionAttributeValues={":prefix": {"S": prefix}},
    )
    return list(found["Items"])


def _collected(deployed: Deployed, lead_ids: list[str], seconds: float = 150) -> list[dict[str, Any]]:
    """The event of each lead that says what was collected."""
    found: dict[str, dict[str, Any]] = {}
    end = time.monotonic() + seconds
    while len(found) < len(lead_ids) and time.monotonic() < end:
        time.sleep(0.5)
        for lead_id in set(lead_ids) - set(found):
            with suppress(Problem):  # the emulator is busy
                page = trail.fetch(deployed.local, lead_id) or {"events": []}
                told = {event["type"]: event for event in page["events"]}
                found |= {lead_id: told["mentions.collected"]} if "mentions.collected" in told else {}
    return list(found.values())


def test_leads_of_a_company_at_once_cause_one_collection(deployed: Deployed) -> None:
    lead = world_lead("osterhallow", as_of=datetime.now(UTC).isoformat())
    with ThreadPoolExecutor(LEADS) as pool:
        answers = list(pool.map(lambda _: deployed.post(lead), range(LEADS)))
    lead_ids = [str(answer.raise_for_status().json()["accepted"][0]["id"]) for answer in answers]
    assert len(set(lead_ids)) == LEADS
    collected = _collected(deployed, lead_ids)
    assert len(collected) == LEADS

    asked = [(entry["host"], entry["path"], entry["query"]) for entry in _asked(deployed)]
    assert (SITE, "/", "") in asked
    assert len(asked) == len(set(asked))
    assert len({event["mentions"] for event in collected}) == 1
    assert collected[0]["mentions"] > 0


def test_turns_are_kept_in_the_table_and_answers_in_the_bucket(deployed: Deployed) -> None:
    answer = deployed.post(world_lead("osterhallow")).raise_for_status()
    assert _collected(deployed, [str(answer.json()["accepted"][0]["id"])])
    assert {row["pk"]["S"] for row in _rows(deployed, "RATE#")} >= {"RATE#hacker_news", f"RATE#{SITE}"}
    bucket = deployed.local.client("cloudformation").describe_stack_resource(
        StackName="precall", LogicalResourceId="Bucket"
    )["StackResourceDetail"]["PhysicalResourceId"]
    listed = deployed.local.client("s3").list_objects_v2(Bucket=bucket, Prefix="cache/")
    keys = [item["Key"] for item in listed.get("Contents", [])]
    assert any(key.startswith("cache/flights/") for key in keys)
    assert any(not key.startswith("cache/flights/") for key in keys)
