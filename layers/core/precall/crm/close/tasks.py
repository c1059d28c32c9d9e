"""Tasks of Close's that are calls: they have a time of day, and their text says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_CALL = re.compile(r"\b(?:call|phone)", re.IGNORECASE)
"""Close's tasks have no kind."""


def when(value: object) -> datetime | None:
    """A time of Close's, which is UTC whether or not it says so."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found and (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC))


def call_time(task: Mapping[str, Any]) -> datetime | None:
    """When the call is that an open task is for; None for another task, and for a day without a time."""
    due = task.get("due_date") or task.get("date")
    is_call = not task.get("is_complete") and _CALL.search(str(task.get("text") or ""))
    return when(due) if is_call and "T" in str(due) else None
