"""``python -m replay``: serve the replay web until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from replay.corpus import CorpusMissing
from replay.server import ReplayServer, running
from replay.web import build


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 2 when the data folder is missing."""
    options = _options(arguments)
    try:
        web = build(options.as_of, options.data)
    except CorpusMissing as missing:
        print(f"replay: {missing}", file=sys.stderr)
        return 2
    server = ReplayServer(web, options.host, options.port, options.latency_ms)
    stopped = _on_signal()
    with running(server):
        _announce(server, options.port_file)
        stopped.wait()
    return 0


def _announce(server: ReplayServer, port_file: Path | None) -> None:
    if port_file:
        port_file.write_text(f"{server.server_address[1]}\n")
    print(server.origin, flush=True)


def _on_signal() -> Event:
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m replay", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--port-file", type=Path, help="where to write the port")
    parser.add_argument("--as-of", type=_moment, help="the moment that the web shows (ISO 8601), default now")
    parser.add_argument("--data", type=_folder, default=os.environ.get("PRECALL_DATA") or None)
    parser.add_argument("--latency-ms", type=int, default=0, help="wait before each answer")
    return parser.parse_args(arguments)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _folder(text: str) -> Path:
    return Path(text)


if __name__ == "__main__":
    sys.exit(main())
