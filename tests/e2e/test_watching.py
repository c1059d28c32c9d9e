"""What the operator sees of the deployed stack. Last by its name: it reads what all other tests left in the log."""

from __future__ import annotations

import json

from cli import stack
from cli.demo import world_lead
from tests.e2e.conftest import Deployed

STEPS = {"intake", "distribute", "collect", "rank", "brief", "deliver", "writeback", "audit"}


def lines(deployed: Deployed) -> list[str]:
    """Everything that the functions logged."""
    pages = deployed.local.client("logs").get_paginator("filter_log_events")
    found = pages.paginate(logGroupName=deployed.local.outputs()["LogGroup"])
    return [event["message"] for page in found for event in page["events"]]


def people(deployed: Deployed) -> set[str]:
    """Names and addresses of all leads' contacts, of reps and managers."""
    config = stack.local_config()
    known = {text for rep in config.reps for text in (rep.name, rep.email)}
    known |= {text for manager in config.managers for text in (manager.name, manager.email)}
    for item in deployed.local.table().scan()["Items"]:
        if item["sk"] == "LEAD":
            contact = (json.loads(str(item["doc"])).get("prospect") or {}).get("contact") or {}
            known |= {contact[name] for name in ("name", "email") if contact.get(name)}
    return known


def test_no_step_logs_who_a_lead_a_rep_or_a_manager_is(deployed: Deployed) -> None:
    answer = deployed.post(world_lead("tarnmoor"))
    deployed.finished(answer.json()["accepted"][0]["id"])
    written, named = lines(deployed), people(deployed)
    assert world_lead("tarnmoor")["contact"]["email"] in named
    assert {json.loads(line).get("service") for line in written if line.startswith("{")} >= STEPS
    assert [line for line in written if any(name in line for name in named)] == []
