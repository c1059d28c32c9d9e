"""The thin server around ``answer``: HTTP/1.1, one thread per connection, on the standard library."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from replay.control import HOST as CONTROL_HOST
from replay.control import control
from replay.exchange import Exchange, Responder
from replay.journal import Journal
from replay.message import Answer, Request
from replay.web import Web, answer, build


class ReplayServer(ThreadingHTTPServer, Responder):
    """Listens at once; ``origin`` says where. ``stopping`` ends every wait of an answer."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, web: Web, host: str = "127.0.0.1", port: int = 0, latency_ms: int = 0) -> None:
        super().__init__((host, port), Exchange)
        self.web = web
        self.latency = latency_ms / 1000
        self.journal = Journal()
        self.stopping = Event()

    @property
    def origin(self) -> str:
        """``http://127.0.0.1:8123``."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def respond(self, request: Request) -> Answer:
        """The answer, noted in the journal unless it is about the server itself."""
        if request.host == CONTROL_HOST:
            return control(request, self.web, self.journal)
        given = answer(request, self.web)
        self.journal.note(request, 0 if given.fault else given.status)
        return replace(given, delay=given.delay + self.latency)

    def stop(self) -> None:
        """End the waits and the listening."""
        self.stopping.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error here."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


@contextmanager
def running(server: ReplayServer) -> Iterator[ReplayServer]:
    """Serve in a thread until the block ends."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


@contextmanager
def serve(
    *, as_of: datetime | None = None, data: Path | None = None, latency_ms: int = 0, port: int = 0
) -> Iterator[str]:
    """A running replay web on the loopback; gives its origin, ``http://127.0.0.1:<port>``."""
    server = ReplayServer(build(as_of, data), port=port, latency_ms=latency_ms)
    with running(server):
        yield server.origin
