"""What the functions logged on the local stack."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from cli.deployment import Local

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient


def read(local: Local, minutes: int, step: str | None, lead: str | None) -> list[str]:
    """Readable lines of the last `minutes`, oldest first, of one step or about one lead where given."""
    client: CloudWatchLogsClient = local.client("logs")
    since = int((time.time() - 60 * minutes) * 1000)
    lines = []
    for page in client.get_paginator("filter_log_events").paginate(
        logGroupName=local.outputs()["LogGroup"], startTime=since
    ):
        lines += [line for event in page["events"] if (line := _readable(event["message"], step, lead))]
    return lines


def _readable(message: str, step: str | None, lead: str | None) -> str | None:
    try:
        record: dict[str, Any] = json.loads(message)
    except ValueError:
        return None if step or lead else message.rstrip()
    if "level" not in record or (step and record.get("service") != step):
        return None
    if lead and lead not in message:
        return None
    said = [str(record.get(name, "")) for name in ("timestamp", "level", "service", "message")]
    text = "  ".join(said)
    return text + (f"\n{record['exception']}" if "exception" in record else "")
