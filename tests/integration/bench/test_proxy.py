"""The proxy of the benches: a request and its answer go through unchanged, or meet the fate that was chosen."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from bench.proxy import GOOD, Call, Fate, Moment, Proxy, answer
from bench.weather import AwsWeather, throttled

pytestmark = pytest.mark.integration


class Echo(BaseHTTPRequestHandler):
    """Says what it was sent."""

    served: list[str]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.served.append(self.path)
        said = f"{self.command} {self.path} {self.headers['x-name']} ".encode() + body
        self.send_response(200)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[int]:
    Echo.served = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made.server_address[1]
        made.shutdown()


Ask = Callable[[Fate], httpx.Response]


@pytest.fixture
def ask(server: int) -> Ask:
    def asked(fate: Fate) -> httpx.Response:
        with Proxy(server, lambda _: fate) as proxy:
            url = f"http://127.0.0.1:{proxy.listen('me')}/a%20b?c=1"
            headers = {"x-name": "Bj", "expect": "100-continue"}
            return httpx.put(url, content=b"x" * 200_000, headers=headers, trust_env=False, timeout=5)

    return asked


def test_a_good_fate_changes_nothing(ask: Ask) -> None:
    assert ask(GOOD).content == b"PUT /a%20b?c=1 Bj " + b"x" * 200_000


def test_an_answer_in_the_place_of_the_servers(ask: Ask) -> None:
    came = ask(Fate(answer=answer(503, b"later", retry_after="3")))
    assert (came.status_code, came.text, came.headers["retry-after"], Echo.served) == (503, "later", "3", [])


@pytest.mark.parametrize(("moment", "served"), [("before", []), ("after", ["/a%20b?c=1"])])
def test_what_is_lost_is_lost_on_the_way_there_or_back(ask: Ask, moment: Moment, served: list[str]) -> None:
    with pytest.raises(httpx.HTTPError):
        ask(Fate(lost=moment))
    assert Echo.served == served


def test_only_functions_are_killed(ask: Ask) -> None:
    with pytest.raises(httpx.HTTPError):
        ask(Fate(death="before"))  # this process asked, and is none


def test_callers_are_known_by_their_ports_and_every_call_is_seen(server: int) -> None:
    seen: list[tuple[str, int]] = []
    told = threading.Semaphore(0)

    def see(call: Call, status: int, _: bytes) -> None:
        seen.append((call.caller, status))
        told.release()

    with Proxy(server, lambda _: GOOD, see) as proxy:
        for name in ("a", "b"):
            httpx.put(f"http://127.0.0.1:{proxy.listen(name)}/", content=b"", trust_env=False)
            told.acquire(timeout=5)  # it is told of after its answer is out
    assert seen == [("a", 200), ("b", 200)]


def test_who_still_waits_for_an_answer_is_let_go_at_the_end(
    server: int, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    asked = threading.Event()

    def late(_: Call) -> Fate:
        asked.set()
        return Fate(wait=60)

    with ThreadPoolExecutor() as pool:
        with Proxy(server, late) as proxy:
            url = f"http://127.0.0.1:{proxy.listen('me')}/"
            waiting = pool.submit(httpx.put, url, content=b"x", trust_env=False, timeout=30)
            assert asked.wait(5)
        assert isinstance(waiting.exception(timeout=5), httpx.HTTPError)
    gc.collect()
    assert (capfd.readouterr().err, caplog.text) == ("", "")


def test_the_same_seed_makes_the_same_weather() -> None:
    def befell(seed: int) -> list[Fate]:
        weather = AwsWeather(seed)
        return [weather(Call("f", "POST", "/", {}, b"")) for _ in range(3000)]

    assert befell(1) == befell(1) != befell(2)
    assert any(fate != GOOD for fate in befell(1))


def test_calm_weather_lets_everything_through_and_what_is_out_serves_nobody() -> None:
    calm = AwsWeather(1, rough=0)
    call = Call("f", "POST", "/", {"authorization": "x Credential=a/b/c/ses/aws4_request, y"}, b"")
    assert {calm(call) for _ in range(500)} == {GOOD}
    calm.out = frozenset({"ses"})
    assert calm(call) == Fate(answer=throttled("ses"))
