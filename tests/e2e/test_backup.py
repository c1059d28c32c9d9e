"""What a backup holds brings a lead back that the table has lost: its trail holds, and its page is served again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import httpx

from cli import audit, backup
from cli.demo import world_lead
from tests.e2e.conftest import Deployed


def test_a_lead_that_the_table_lost_comes_back_whole(deployed: Deployed, tmp_path: Path) -> None:
    lead_id = str(deployed.post(world_lead("tarnmoor")).json()["accepted"][0]["id"])
    assert "brief.sent" in deployed.finished(lead_id, seconds=120)
    page = deployed.local.links().to_lead(lead_id, "/brief")
    table, (partition, now) = deployed.local.table(), (f"LEAD#{lead_id}", datetime.now(UTC))
    kept = tmp_path / "facts.jsonl"
    kept.write_text("".join(json.dumps(item) + "\n" for item in backup.items(deployed.local)))
    lost = [item for item in backup.items(deployed.local) if item["pk"]["S"] == partition]
    for item in lost:
        table.delete_item(Key={"pk": item["pk"]["S"], "sk": item["sk"]["S"]})
    assert httpx.get(page, timeout=30, trust_env=False, follow_redirects=True).status_code == 404
    told = backup.put_back(deployed.local, map(json.loads, kept.read_text().splitlines()), now)
    assert told["written"] == len(lost) > 0
    (verdict,) = audit.verified(audit.trails(deployed.local), [lead_id], datetime.now(UTC))
    assert (verdict.broken, verdict.records) == (None, len(deployed.trail(lead_id)))
    assert httpx.get(page, timeout=30, trust_env=False, follow_redirects=True).is_success
