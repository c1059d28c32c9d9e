"""A made-up CRM on a loopback server, at the address where the door looks for every host in development."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx

from tests.fake_crm import FakeCrm


@contextmanager
def serving(crm: FakeCrm) -> Iterator[str]:
    """The origin at which `https://host/path` is asked as `/host/path`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host, _, path = self.path.removeprefix("/").partition("/")
            length = int(self.headers.get("content-length") or 0)
            headers = dict(self.headers.items())
            sent = httpx.Request(
                self.command, f"https://{host}/{path}", headers=headers, content=self.rfile.read(length)
            )
            answer = crm.answer(sent)
            self.send_response(answer.status_code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_POST = do_GET  # noqa: N815 - the server's name

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: tests look at what comes of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
