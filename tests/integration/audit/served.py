"""The pages behind a loopback server that speaks to them as API Gateway does."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from audit import handler
from tests.unit.audit.test_handler import CONTEXT
from tests.unit.audit.world import GET


class Gateway(BaseHTTPRequestHandler):
    """Turns a request into the gateway's event, and the answer back."""

    def do_GET(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def _pass(self) -> None:
        url = urlsplit(self.path)
        asked = parse_qs(url.query, keep_blank_values=True)
        length = int(self.headers.get("Content-Length") or 0)
        event: dict[str, Any] = copy.deepcopy(GET)
        event |= {
            "path": url.path,
            "httpMethod": self.command,
            "headers": dict(self.headers.items()),
            "multiValueHeaders": {name: [value] for name, value in self.headers.items()},
            "queryStringParameters": {name: values[0] for name, values in asked.items()} or None,
            "multiValueQueryStringParameters": asked or None,
            "body": self.rfile.read(length).decode() if length else None,
            "isBase64Encoded": False,
        }
        event["requestContext"]["path"] = url.path
        event["headers"]["X-Forwarded-Proto"] = "http"
        answer = handler.pages(event, CONTEXT)
        self.send_response(answer["statusCode"])
        for name, values in answer["multiValueHeaders"].items():
            for value in values:
                self.send_header(name, value)
        body = answer["body"].encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served() -> Iterator[str]:
    """The address of the pages, as long as the block runs. One request at a time: moto takes no more."""
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
