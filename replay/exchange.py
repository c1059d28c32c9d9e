"""One HTTP/1.1 connection: reads requests, sends answers, keeps their delays and their faults."""

from __future__ import annotations

import math
import socket
import struct
from abc import ABC, abstractmethod
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer
from threading import Event
from typing import Any

from replay.message import Answer, Chunk, Request

_RESET = struct.pack("ii", 1, 0)


class Responder(BaseServer, ABC):
    """What an exchange needs of its server."""

    stopping: Event

    @abstractmethod
    def respond(self, request: Request) -> Answer:
        """The answer to a request."""


class _Gone(Exception):
    """The server stops, or the answer is to break the connection."""


class Exchange(BaseHTTPRequestHandler):
    """One connection of a client."""

    server: Responder
    protocol_version = "HTTP/1.1"
    server_version = "replay"
    disable_nagle_algorithm = True
    timeout = 60.0

    def do_GET(self) -> None:
        """Answer any method: the handlers look at it where it matters."""
        try:
            self._send(self.server.respond(self._request()))
        except (_Gone, ConnectionError):
            self.close_connection = True

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815

    def _request(self) -> Request:
        target, _, query = self.path.partition("?")
        host, _, path = target.lstrip("/").partition("/")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key.lower(): value for key, value in self.headers.items()}
        return Request(host.lower(), "/" + path, query, self.command, headers, body)

    def _send(self, given: Answer) -> None:
        if given.fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self.connection.close()
            raise _Gone
        self._wait(math.inf if given.fault == "hang" else given.delay)
        chunks = [(0.0, given.body)] if isinstance(given.body, bytes) else given.body
        self._send_head(given)
        if self.command != "HEAD":
            self._send_body(chunks, chunked=self._is_chunked(given))

    def _send_head(self, given: Answer) -> None:
        self.send_response(given.status)
        for key, value in given.headers.items():
            self.send_header(key, value)
        if self._is_chunked(given):
            self.send_header("Transfer-Encoding", "chunked")
        elif isinstance(given.body, bytes) and "Content-Length" not in given.headers:
            self.send_header("Content-Length", str(len(given.body)))
        if self._is_cut(given):
            self.send_header("Connection", "close")
        self.end_headers()

    def _send_body(self, chunks: Iterable[Chunk], *, chunked: bool) -> None:
        for delay, data in chunks:
            self._wait(delay)
            if self.server.stopping.is_set():
                raise _Gone
            self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data) if chunked else data)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _is_chunked(self, given: Answer) -> bool:
        return not isinstance(given.body, bytes) and "Content-Length" not in given.headers

    def _is_cut(self, given: Answer) -> bool:
        """A declared length that the body does not keep must end the connection."""
        declared = given.headers.get("Content-Length")
        return isinstance(given.body, bytes) and declared not in (None, str(len(given.body)))

    def _wait(self, delay: float) -> None:
        if delay and self.server.stopping.wait(None if math.isinf(delay) else delay):
            raise _Gone

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the journal has it."""
