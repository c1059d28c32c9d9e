"""`precall up | down | status`: the same template, on this machine."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli import sam
from cli.deployment import LOCAL_CREDENTIALS, STACK, Local
from cli.home import ROOT, Home, Problem
from cli.processes import Background, free_port
from precall.config import Config, parse_config
from precall.config_store import ConfigStore
from precall.errors import InvalidConfiguration

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

FRESH = 6 * 3600
"""Seconds after which the replay web is started again: its items are dated before its start."""

SCRATCH = "emulator/tmp"
"""Where, below the home, the emulator unpacks functions and layers, anew for each that runs at once."""
ROOM = 4 * 2**30
"""Bytes that it may need there."""

_ANEW = "The emulator does not take every change of the API that it has: `make clean`, then `precall up` again"

Step = Callable[[str], None]
"""Is told what is being done."""


@dataclass(frozen=True)
class Replay:
    """What the replay web stands in for: its bundled world, and a corpus of real articles below `data`."""

    data: Path | None = None
    as_of: datetime | None = None
    latency_ms: int = 0

    def arguments(self) -> list[str]:
        """The replay server's options."""
        chosen = {"--data": self.data, "--as-of": self.as_of and self.as_of.isoformat()}
        given = [text for name, value in chosen.items() if value for text in (name, str(value))]
        return [*given, "--latency-ms", str(self.latency_ms)]


def up(home: Home, replay: Replay | None, tell: Step, port: int = 4566) -> Local:
    """Bring the local stack to what the checkout says; what is there already is left as it is.

    `replay` None means the live web. Problem when anything cannot be started, built or deployed.
    """
    config = local_config()
    origin = _start_replay(home, replay, tell) if replay else ""
    local = start_emulator(home, tell, port)
    _deploy(home, local, config, origin, tell)
    tell("Putting secrets and settings in force")
    local.put_secrets()
    _verify_sender(local, config.sender)
    ConfigStore(local.documents()).push(config)
    return local


def down(home: Home) -> list[str]:
    """Stop what runs; its state stays in `.precall/`. The names of what was stopped."""
    stopped = [name for name in ("emulator", "replay") if Background(home, name).stop()]
    shutil.rmtree(home.path / SCRATCH, ignore_errors=True)
    return stopped


def processes(home: Home) -> dict[str, bool]:
    """What the local stack consists of, and whether it runs."""
    return {name: Background(home, name).pid() is not None for name in ("emulator", "replay")}


def replay_origin(home: Home) -> str | None:
    """Where this folder's replay web answers, if it runs."""
    port = home.read("replay.json").get("port")
    return f"http://127.0.0.1:{port}" if port and Background(home, "replay").pid() else None


def local_config() -> Config:
    """The settings of this checkout: precall.yaml, else the example."""
    path = next(p for p in (ROOT / "precall.yaml", ROOT / "precall.example.yaml") if p.exists())
    return read_config(path)


def read_config(path: Path) -> Config:
    """The settings in a file; Problem when it is missing or wrong."""
    try:
        return parse_config(path.read_text())
    except OSError as error:
        raise Problem(f"{path} cannot be read ({error.strerror}); copy precall.example.yaml to precall.yaml") from None
    except InvalidConfiguration as error:
        raise Problem(f"{path.name} is not valid:\n{error}") from None


def sender_identity(config: Config) -> str:
    """The domain that must be verified in SES for `config.sender`."""
    return config.sender.rsplit("@", 1)[1]


def _start_replay(home: Home, replay: Replay, tell: Step) -> str:
    held = home.read("replay.json")
    process = Background(home, "replay")
    arguments = " ".join(replay.arguments())
    stale = time.time() - float(held.get("started", 0)) > FRESH
    if process.pid() is None or stale or held.get("arguments") != arguments:
        process.stop()
        port = free_port(int(held.get("port", 4600)))
        tell("Starting the replay web" + (f" over {replay.data}" if replay.data else ""))
        command = [sys.executable, "-m", "replay", "--port", str(port), *replay.arguments()]
        process.start(command, {"PYTHONPATH": str(ROOT), "PRECALL_DATA": ""})
        held = {"port": str(port), "arguments": arguments, "started": str(time.time())}
        home.write("replay.json", held)
    origin = f"http://127.0.0.1:{held['port']}"
    process.wait_for(f"{origin}/_replay/health", seconds=60)
    return origin


def start_emulator(home: Home, tell: Step, port: int) -> Local:
    """The emulator, on `port` if that is free, with nothing deployed unless its folder has it."""
    process = Background(home, "emulator")
    if process.pid() is None:
        _make_room(home)
        held = home.read("stack.json")
        port = free_port(int(held.get("port", port)))
        if held.get("port") != str(port):  # addresses of the old port are in the deployed stack
            home.write("stack.json", {"port": str(port)})
        tell("Starting the local stack")
        process.start([str(sam.BIN / "ministack")], _emulator_environment(home, port))
    local = Local(home)
    process.wait_for(f"{local.endpoint}/_ministack/health", seconds=60)
    return local


def _make_room(home: Home) -> None:
    """Empty what an emulator that was killed left; Problem when the disk is full, which looks like silent functions."""
    shutil.rmtree(home.path / SCRATCH, ignore_errors=True)
    (home.path / SCRATCH).mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home.path).free
    if free < ROOM:
        raise Problem(
            f"{free / 2**30:.1f} GB are free at {home.path}, the local stack needs {ROOM / 2**30:.0f}; "
            "free some space, then try again"
        )


def _emulator_environment(home: Home, port: int) -> dict[str, str]:
    return {
        **LOCAL_CREDENTIALS,
        "AUTH": "true",  # IAM policies are enforced
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(home.file("emulator/state")),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(home.file("emulator/s3")),
        "TMPDIR": str(home.path / SCRATCH),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
    }


def _deploy(home: Home, local: Local, config: Config, origin: str, tell: Step) -> None:
    parameters = {
        "Stage": "development",
        "SenderIdentity": sender_identity(config),
        "PythonRuntime": f"python3.{min(max(sys.version_info.minor, 11), 13)}",
        "PublicUrl": local.api,
        "ReplayOrigin": origin,
        "HubSpotSignatureV1": "yes",
    }
    wanted = sam.digest(sys.version, *parameters.values())
    held = home.read("stack.json")
    if held.get("deployed") == wanted and _is_deployed(local):
        return
    tell("Building the functions and layers (sam build)")
    sam.build(home, {"PRECALL_LAYERS": "local", **local.environment})
    tell("Deploying the template (sam deploy)")
    parameters["Release"] = sam.release(wanted)
    # the tag gives the API a fixed id on the emulator; the real API Gateway ignores it
    tags = ("--tags", f"ms-custom-id={STACK}")
    try:
        sam.deploy(home, parameters, local.environment, "--no-confirm-changeset", *tags)
    except Problem as problem:
        if not held.get("deployed"):
            raise
        raise Problem(f"{problem}\n{_ANEW}") from None
    home.write("stack.json", {**held, "deployed": wanted})


def _is_deployed(local: Local) -> bool:
    try:
        return bool(local.outputs())
    except Problem:
        return False


def _verify_sender(local: Local, sender: str) -> None:
    ses: SESV2Client = local.client("sesv2")
    for identity in (sender.rsplit("@", 1)[1], sender):
        try:
            ses.create_email_identity(EmailIdentity=identity)
        except ses.exceptions.AlreadyExistsException:
            continue
    # out of the SES sandbox, so that reps of any domain can be written to
    ses.put_account_details(MailType="TRANSACTIONAL", WebsiteURL="https://seller.example", ProductionAccessEnabled=True)
