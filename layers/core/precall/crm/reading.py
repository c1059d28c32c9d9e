"""From a request's bytes to validated values, with errors that a person can act on."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from pydantic import ValidationError

from precall.crm.errors import MalformedBody

_DEEPEST = 20
_HOLDS = (dict, list)
_TOO_DEEP = "the body is nested too deeply; send the documented payload"
_MOST_COMPLAINTS = 5
_LONGEST_PATH = 100
_LONGEST_COMPLAINT = 300


def read_json(body: bytes) -> Any:
    """The JSON value in `body`; MalformedBody says what is wrong with it."""
    try:
        value = json.loads(body.decode(), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise MalformedBody("the body is not UTF-8; send JSON in UTF-8") from None
    except RecursionError:
        raise MalformedBody(_TOO_DEEP) from None
    except ValueError as error:
        raise MalformedBody(f"the body is not JSON ({error}); was it cut off?") from None
    if _deeper_than(_DEEPEST, value):
        raise MalformedBody(_TOO_DEEP)
    return value


def complaints(error: ValidationError) -> str:
    """The first wrong fields of `error`, each as `path: what is wrong`, without the values that were sent."""
    lines = [_line(e["loc"], e["type"], e["msg"]) for e in error.errors(include_url=False, include_input=False)]
    more = len(lines) - _MOST_COMPLAINTS
    return printable("; ".join(lines[:_MOST_COMPLAINTS]) + (f"; and {more} more" if more > 0 else ""))


def printable(text: str) -> str:
    """`text` without lone surrogates, which JSON can carry and UTF-8 cannot."""
    return text.encode(errors="replace").decode()


def _line(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    path = ".".join(str(part) for part in loc)[:_LONGEST_PATH]
    return f"{path}: {_says(kind, message)}" if path else _says(kind, message)


def _says(kind: str, message: str) -> str:
    match kind:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            return "is not a known field; remove it or correct its spelling"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "is not an object; write {…}"
        case "timezone_aware":
            return "has no time zone; write for example 2026-03-01T09:00:00Z"
        case _:
            return message.removeprefix("Value error, ")[:_LONGEST_COMPLAINT]


def _deeper_than(levels: int, value: Any) -> bool:
    """Level by level: a delivery of a hundred events has thousands of values, and few that hold others."""
    inner = [value] if isinstance(value, _HOLDS) else []
    for _ in range(levels):
        inner = [
            child
            for one in inner
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, _HOLDS)
        ]
        if not inner:
            return False
    return bool(inner)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")
