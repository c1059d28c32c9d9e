"""Requests at fixed times over HTTP, whether or not earlier ones have been answered; timed from when each was due."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

AT_ONCE = 10
"""Requests that are under way at most, as HubSpot has them for an app; those that are due then wait for their turn."""
PATIENCE = 30


@dataclass(frozen=True)
class Request:
    """What is posted."""

    path: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """The status (0: none came) and the seconds since the request was due."""

    status: int
    seconds: float


class _AtOnce(HTTPConnection):
    """Sends what it has: waiting for the acknowledgement of the headers would add 40 ms."""

    def connect(self) -> None:
        super().connect()
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class Sender:
    """Posts to one host; each of its threads keeps a connection."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._own = threading.local()

    def at_rate(self, requests: Sequence[Request], rate: float) -> list[Answer]:
        """Send them at `rate` a second."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            began, futures = time.monotonic() + 0.2, []
            for number, request in enumerate(requests):
                due = began + number / rate
                time.sleep(max(0.0, due - time.monotonic()))
                futures.append(pool.submit(self.post, request, due))
            return [future.result() for future in futures]

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Send all of them at once."""
        with ThreadPoolExecutor(len(requests)) as pool:
            return list(pool.map(self.post, requests, [time.monotonic()] * len(requests)))

    def post(self, request: Request, due: float) -> Answer:
        """Send one that was due at `due` (of the monotonic clock)."""
        connection: HTTPConnection = self._connection()
        try:
            connection.request("POST", request.path, request.body, dict(request.headers))
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            connection.close()
            status = 0
        return Answer(status, time.monotonic() - due)

    def _connection(self) -> HTTPConnection:
        if not hasattr(self._own, "connection"):
            self._own.connection = _AtOnce(self._host, self._port, timeout=PATIENCE)
        held: HTTPConnection = self._own.connection
        return held
