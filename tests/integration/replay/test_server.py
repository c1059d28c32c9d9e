from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import replay

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]
ROOT = Path(replay.__file__).parent.parent
BUDGET = httpx.Timeout(0.5)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with replay.serve() as origin:
        yield origin


@pytest.fixture
def client(origin: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=origin, timeout=BUDGET, trust_env=False) as client:
        yield client


def test_one_connection_serves_many_requests(client: httpx.Client) -> None:
    responses = [client.get("/tarnmoor.example/") for _ in range(3)] + [client.head("/tarnmoor.example/")]
    responses.append(client.post("/tarnmoor.example/", content=b"ignored"))
    ports = {response.extensions["network_stream"].get_extra_info("client_addr") for response in responses}
    assert [response.status_code for response in responses] == [200] * 5
    assert len(ports) == 1


def test_the_log_counts_requests(client: httpx.Client) -> None:
    client.get("/quillfen.example/about?from=log")
    log = client.get("/_replay/log").json()
    assert [entry["path"] for entry in log if entry["query"] == "from=log"] == ["/about"]
    assert not any(entry["host"] == "_replay" for entry in log)


@pytest.mark.parametrize("name", ["hang", "blackhole", "drip", "slow"])
def test_a_slow_host_meets_the_time_limit_of_the_client(client: httpx.Client, name: str) -> None:
    started = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        client.get(f"/{name}.trouble.example/")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("name", ["endless", "huge", "bomb"])
def test_a_client_can_stop_reading_a_large_body(client: httpx.Client, name: str) -> None:
    read = 0
    with client.stream("GET", f"/{name}.trouble.example/") as response:
        for chunk in response.iter_raw():
            read += len(chunk)
            if read > 100_000:
                break
    assert 100_000 < read < 4_000_000


@pytest.mark.parametrize(("name", "error"), [("reset", httpx.ReadError), ("short", httpx.RemoteProtocolError)])
def test_a_broken_connection_is_an_error(client: httpx.Client, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        client.get(f"/{name}.trouble.example/")


def test_truncated_gzip_comes_as_it_is(client: httpx.Client) -> None:
    with client.stream("GET", "/truncated.trouble.example/") as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(b"".join(response.iter_raw())) == int(response.headers["Content-Length"])


def test_every_answer_waits_for_the_latency() -> None:
    with replay.serve(latency_ms=80) as origin:
        started = time.monotonic()
        httpx.get(f"{origin}/tarnmoor.example/", trust_env=False)
        assert time.monotonic() - started >= 0.08


def test_leaving_the_block_ends_hanging_answers() -> None:
    with httpx.Client(timeout=0.2, trust_env=False) as client, replay.serve() as origin:
        with pytest.raises(httpx.ReadTimeout):
            client.get(f"{origin}/hang.trouble.example/")
        started = time.monotonic()
    assert time.monotonic() - started < 2
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{origin}/_replay/health", trust_env=False)


def test_the_command_stops_cleanly_on_sigterm(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    environment = {key: value for key, value in os.environ.items() if key != "PRECALL_DATA"}
    command = [sys.executable, "-m", "replay", "--as-of", "2026-05-20", "--port-file", str(port_file)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        origin = process.stdout.readline().strip()
        assert origin.endswith(":" + port_file.read_text().strip())
        health = httpx.get(f"{origin}/_replay/health", trust_env=False).json()
        assert health["as_of"] == "2026-05-20T00:00:00Z"
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{origin}/hang.trouble.example/", timeout=0.2, trust_env=False)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0
