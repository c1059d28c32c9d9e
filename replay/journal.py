"""A bounded list of the requests seen, so that a test can count them."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from threading import Lock

from replay.message import Request

CAPACITY = 10_000


class Journal:
    """The last requests: method, host, path, query, status, time. Safe to use from any thread."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._entries: deque[dict[str, str | int]] = deque(maxlen=capacity)
        self._lock = Lock()

    def note(self, request: Request, status: int) -> None:
        """Add one request; ``status`` 0 when no answer was sent."""
        entry: dict[str, str | int] = {
            "method": request.method,
            "host": request.host,
            "path": request.path,
            "query": request.query,
            "status": status,
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        with self._lock:
            self._entries.append(entry)

    def entries(self) -> list[dict[str, str | int]]:
        """Oldest first."""
        with self._lock:
            return list(self._entries)
