"""The local stack's two background processes: the AWS emulator and the replay web."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

import httpx

from cli.home import Home, Problem


def free_port(wanted: int) -> int:
    """`wanted` if nothing listens there, else a port that the system gives."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise Problem("no free port on 127.0.0.1")


class Background:
    """A process that outlives this one: its number is kept in NAME.pid, what it prints in logs/NAME.log."""

    def __init__(self, home: Home, name: str) -> None:
        self._pid_file = home.file(f"{name}.pid")
        self.log = home.file(f"logs/{name}.log")
        self.name = name

    def pid(self) -> int | None:
        """The number of the running process, None when it does not run."""
        try:
            pid = int(self._pid_file.read_text())
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        return pid if not _is_zombie(pid) else None

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it, detached from this terminal."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command, env={**os.environ, **environment}, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True, cwd=self._pid_file.parent,
            )  # fmt: skip
        self._pid_file.write_text(str(process.pid))

    def wait_for(self, url: str, seconds: float, ready: Callable[[httpx.Response], bool] = lambda r: True) -> None:
        """Until `url` answers 200; Problem with the end of the log when the process ends or time runs out."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                answer = httpx.get(url, timeout=2, trust_env=False)
                if answer.status_code == httpx.codes.OK and ready(answer):
                    return
            if self.pid() is None:
                break
            time.sleep(0.1)
        raise Problem(f"{self.name} did not start; the end of {self.log}:\n{self.tail()}")

    def stop(self) -> bool:
        """End it, kindly at first; False when it did not run."""
        pid = self.pid()
        if pid is not None:
            _end(pid)
        self._pid_file.unlink(missing_ok=True)
        return pid is not None

    def tail(self, lines: int = 5) -> str:
        """The last lines that it printed."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def _end(pid: int, patience: float = 10.0) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and _alive(pid):
            time.sleep(0.05)
        if _alive(pid):
            os.killpg(pid, signal.SIGKILL)


def _alive(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return False
