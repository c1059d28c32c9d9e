"""Follows a lead through the deployed API, as anyone with its signed link can."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx

from cli.deployment import Deployment
from cli.home import Problem

FINAL = {"brief.sent", "brief.missed", "brief.held", "lead.rejected"}
"""Events after which nothing more happens on its own, or not for long."""


def fetch(deployment: Deployment, lead_id: str) -> dict[str, Any] | None:
    """The lead's page as JSON: lead, assignment, prep and events; None while it is unknown."""
    link = deployment.links().to_lead(lead_id)
    try:
        answer = httpx.get(link, headers={"accept": "application/json"}, timeout=30, trust_env=False)
    except httpx.HTTPError as error:
        raise Problem(f"{deployment.api} does not answer ({error}); is the stack up? `precall status` says") from None
    if answer.status_code == httpx.codes.NOT_FOUND:
        return None
    if answer.is_error:
        raise Problem(f"the page of lead {lead_id} answered {answer.status_code}: {answer.text[:200]}")
    return dict(answer.json())


def follow(deployment: Deployment, lead_id: str, seconds: float = 120) -> Iterator[dict[str, Any]]:
    """The lead's events as they arrive, each once, until a final one; Problem when none comes in time."""
    seen: set[str] = set()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        page = fetch(deployment, lead_id)
        for event in page["events"] if page else []:
            if event["type"] not in seen:
                seen.add(event["type"])
                yield event
        if seen & FINAL:
            return
        time.sleep(0.2)
    last = ", ".join(sorted(seen)) or "nothing"
    raise Problem(f"no brief within {seconds:.0f} s (so far: {last}); `precall logs` tells why")
