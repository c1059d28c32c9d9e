"""The commands that the documents name, and whether each is one that the tools know."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import typer.main
from botocore import xform_name
from botocore.exceptions import UnknownServiceError
from botocore.session import get_session
from typer._click import exceptions  # Typer carries a Click of its own
from typer.core import TyperGroup

from bench.__main__ import NAMES
from cli.main import app

ROOT = Path(__file__).parents[1]
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "replay/README.md", ROOT / "training/README.md"))
PLACES = (*PAGES, ROOT / "template.yaml", ROOT / "precall.example.yaml")
"""Where commands are named: the documents, what alarms say, and the settings' own comments."""

_TOOLS = r"(?:\.venv/bin/)?(?:precall|make|aws|pytest|python -m \w+)(?: [^`]*)?"
_INLINE = re.compile(rf"`((?:[A-Z_]+=\S+ )*{_TOOLS})`")
_LINE = re.compile(rf"^ *((?:[A-Z_]+=\S+ )*{_TOOLS})$")
_FENCED = re.compile(r"^ *```(?:\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_GLOBAL = {"region", "profile", "query", "output", "endpoint-url", "no-cli-pager", "cli-input-json"}
"""Options that every command of the AWS CLI has."""
_WITHOUT_MODEL = {("configure", "sso"), ("s3", "cp"), ("s3", "sync"), ("s3", "ls")}
"""Commands of the AWS CLI that are no operation of a service."""

_AWS = get_session()


def commands() -> list[tuple[str, str]]:
    """(file, command) of each command, once; what only stands for a command (`precall …`) is none."""
    found = {(str(path.relative_to(ROOT)), command) for path in PLACES for command in _in(path.read_text("utf-8"))}
    return sorted(found)


def _in(text: str) -> Iterator[str]:
    for block in _FENCED.findall(text):
        for line in re.sub(r"\\\n *", " ", block).splitlines():
            if match := _LINE.match(line.partition(" #")[0].rstrip()):
                yield match[1]
    for match in _INLINE.finditer(_FENCED.sub("", text)):
        yield " ".join(match[1].split())


def wrong(command: str) -> str | None:
    """Why a reader who types it is told that it is wrong; None when it is right."""
    words = [word for word in shlex.split(re.sub(r"[\[\]]", "", command)) if word not in {"…", "..."}]
    while re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    tool = words.pop(0).removeprefix(".venv/bin/")
    return _CHECKS[tool](words)


def _precall(words: list[str]) -> str | None:
    command = typer.main.get_command(app)
    while isinstance(command, TyperGroup) and words:
        name = words.pop(0)
        if name not in command.commands:
            return f"`precall` has no command {name!r}"
        command = command.commands[name]
    if not words:  # named only: what it needs is not said
        return None
    allowed = {option for parameter in command.params for option in parameter.opts}
    unknown = [word for word in words if word.startswith("--") and word.partition("=")[0] not in allowed]
    if unknown:
        return f"{command.name} has no option {unknown[0]}"
    try:
        command.make_context(command.name or "", [*words])
    except exceptions.MissingParameter as error:
        return None if all(word.startswith("--") for word in words) else error.format_message()
    except exceptions.ClickException as error:  # a file of the reader's is not here
        return None if "does not exist" in error.format_message() else error.format_message()
    return None


def _make(words: list[str]) -> str | None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    settings = set(re.findall(r"\b([A-Z_]+)=", text))
    for word in words:
        name, equals, _ = word.partition("=")
        if name not in (settings if equals else targets):
            return f"the Makefile has no {name}"
    return None


def _python(words: list[str]) -> str | None:
    _, module, *more = words
    if not any((ROOT / module.replace(".", "/")).with_suffix(end).exists() for end in ("", ".py")):
        return f"there is no module {module}"
    if module == "bench" and more and more[0] != "NAME" and more[0] not in NAMES:
        return f"there is no bench {more[0]}"
    return None


def _pytest(words: list[str]) -> str | None:
    missing = [word for word in words if not word.startswith("-") and not (ROOT / word.partition("::")[0]).exists()]
    return f"there is no {missing[0]}" if missing else None


def _aws(words: list[str]) -> str | None:
    service, operation, *more = words
    if (service, operation) in _WITHOUT_MODEL:
        return None
    if operation == "wait":
        return None
    try:
        model = _AWS.get_service_model(service)
    except UnknownServiceError:
        return f"AWS has no service {service}"
    names = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in names:
        return f"{service} has no operation {operation}"
    shape = model.operation_model(names[operation]).input_shape
    members = {xform_name(name, "-"): name for name in (shape.members if shape else {})}
    given = {word[2:].partition("=")[0].removeprefix("no-") for word in more if word.startswith("--")}
    if unknown := given - set(members) - _GLOBAL:
        return f"{service} {operation} has no option --{min(unknown)}"
    needed = {xform_name(name, "-") for name in (shape.required_members if shape else ())}
    return f"{service} {operation} needs --{min(needed - given)}" if given and needed - given else None


_CHECKS: dict[str, Callable[[list[str]], str | None]] = {
    "precall": _precall,
    "make": _make,
    "python": _python,
    "pytest": _pytest,
    "aws": _aws,
}
