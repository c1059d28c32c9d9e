"""The real SAM CLI: builds the template and deploys it, to the local stack or to AWS."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from cli.compiling import prepare
from cli.home import ROOT, Home, Problem

BIN = Path(sys.executable).parent
_MADE = {"__pycache__", "compiled"}
_DEPLOYED = ("template.yaml", "research.asl.json", "look.asl.json", "samconfig.toml", "functions", "layers")


def digest(*more: str) -> str:
    """A fingerprint of everything that is deployed, and of `more`."""
    total = sha256("\x1f".join(more).encode())
    for path in sorted(_files()):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def release_of(parameters: Mapping[str, str]) -> str:
    """The parameter Release for what lies here, deployed with `parameters`."""
    return release(digest(*parameters, *parameters.values()))


def release(fingerprint: str) -> str:
    """The parameter Release for a fingerprint: short, since AWS adds it to each function's description."""
    return fingerprint[:12]


def build(home: Home, environment: Mapping[str, str]) -> None:
    """`sam build`; Problem with the reason when it fails."""
    prepare()
    arguments = ["build", "--template", str(ROOT / "template.yaml"), "--build-dir", str(built(home))]
    _run(home, arguments, {"UV": str(BIN / "uv"), "PYTHON": sys.executable, **environment})


def parameters(chosen: Sequence[str]) -> dict[str, str]:
    """The template's parameters in `Name=value` each; Problem for what is none."""
    pairs = [text.partition("=") for text in chosen]
    wrong = [name for name, equals, _ in pairs if not equals or not name.isalnum()]
    if wrong:
        raise Problem(f"{wrong[0]!r} sets no parameter of the template; write for example --set RetentionDays=30")
    return {name: value for name, _, value in pairs}


def deploy(home: Home, parameters: Mapping[str, str], environment: Mapping[str, str], *more: str) -> None:
    """`sam deploy` of what was built; Problem with the reason when it fails."""
    # an empty one is said, too: otherwise the stack keeps the value that it had
    overrides = [name + "=" + (value or '""') for name, value in parameters.items()]
    arguments = ["deploy", "--template-file", str(built(home) / "template.yaml"), *more]
    _run(home, [*arguments, "--parameter-overrides", *overrides], environment)


def built(home: Home) -> Path:
    """Where `build` puts the template, and each layer below its name."""
    return home.path / "build"


def _run(home: Home, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    log = home.file(f"logs/sam-{arguments[0]}.log")
    command = [str(BIN / "sam"), *arguments, "--config-file", str(ROOT / "samconfig.toml")]
    settings = {**os.environ, "SAM_CLI_TELEMETRY": "0", **environment}
    with log.open("wb") as out:
        code = subprocess.call(command, cwd=ROOT, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=settings)
    if code:
        raise Problem(f"sam {arguments[0]} failed: {_reason(log)}\nThe whole output is in {log}")


def _reason(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "failed" in line.lower()]
    return (errors or lines or ["it printed nothing"])[-1]


def _files() -> list[Path]:
    found = []
    for name in _DEPLOYED:
        path = ROOT / name
        found += [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file() and _MADE.isdisjoint(p.parts)]
    return found
