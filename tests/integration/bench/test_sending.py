"""What a bench sends at a rate: everything, when it is due, whatever becomes of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.sending import AT_ONCE, Request, Sender

pytestmark = pytest.mark.integration


class Slow(BaseHTTPRequestHandler):
    """Answers after as many seconds as the body says; hangs up on "never"."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if body == "never":
            self.close_connection = True
            return
        time.sleep(float(body))
        self.send_response(200 if self.path == "/there" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def request(body: str = "0", path: str = "/there") -> Request:
    return Request(path, body.encode(), {"Content-Type": "text/plain"})


def test_a_slow_answer_keeps_no_later_request_waiting(port: int) -> None:
    began = time.monotonic()
    answers = Sender("127.0.0.1", port).at_rate([request("1"), *[request()] * 19], 40)
    assert time.monotonic() - began < 3
    assert [one.status for one in answers] == [200] * 20
    assert answers[0].seconds >= 1
    assert sorted(one.seconds for one in answers)[10] < 0.5


def test_what_fails_is_counted_and_what_follows_is_sent(port: int) -> None:
    answers = Sender("127.0.0.1", port).at_rate([request("never"), request(), request(path="/gone"), request()], 50)
    assert [one.status for one in answers] == [0, 200, 404, 200]


def test_no_more_are_under_way_than_may_be_and_their_wait_counts(port: int) -> None:
    answers = Sender("127.0.0.1", port).at_rate([request("0.2")] * (AT_ONCE + 1), 1000)
    assert [one.status for one in answers] == [200] * (AT_ONCE + 1)
    assert answers[-1].seconds >= 0.35


def test_all_at_once_are_under_way_together(port: int) -> None:
    began = time.monotonic()
    assert [one.status for one in Sender("127.0.0.1", port).together([request("0.5")] * 6)] == [200] * 6
    assert time.monotonic() - began < 2.5
