"""What an account's contacts did becomes one lead, on the deployed stack with its permissions."""

from __future__ import annotations

from uuid import uuid4

import httpx

from cli.webhook import signed
from precall.secrets import GENERIC_WEBHOOK
from tests.e2e.conftest import Deployed


def test_activities_of_an_account_become_one_lead(deployed: Deployed) -> None:
    name = uuid4().hex[:8]
    done = {"kind": "form", "company": {"name": f"Alderwick {name}", "domain": f"alderwick-{name}.example"}}
    sent = {"activities": [{**done, "id": f"{name}-1"}, {**done, "id": f"{name}-2", "summary": "asked for a quote"}]}
    headers, body = signed(deployed.home.secrets()[GENERIC_WEBHOOK], sent)
    for _ in range(2):
        url = f"{deployed.local.api}/activities"
        answer = httpx.post(url, headers=headers, content=body, timeout=60, trust_env=False)
        assert (answer.status_code, answer.json()["logged"]) == (202, 2)
    (lead,) = answer.json()["leads"]
    assert deployed.told(lead["id"], "lead.acquired")["lead_source"].startswith("2 activities: 20.0 points")
