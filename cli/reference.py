"""`make templates`: docs/configuration.md, made from the schema of the settings and from the template's parameters.

A setting is explained where it is defined, in its class's docstring; this only lays it out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from precall import secrets
from precall.config import Config

ROOT = Path(__file__).resolve().parents[1]
MADE = ROOT / "docs" / "configuration.md"
Schema = Mapping[str, Any]
_INTRODUCTION = """# Configuration

Made by `make templates` from the settings' own definitions; a test holds that it is whole. Start from
[precall.example.yaml](../precall.example.yaml), check with `precall config check`, put in force with
`precall config push` (`--aws` for AWS). A mistake is answered with the field and the fix.
"""
_PLURAL = {"string": "texts", "integer": "whole numbers", "number": "numbers"}
_NAMES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}
_ALIASES = {"#/$defs/SignalKind": "kind of trigger event", "#/$defs/Kind": "kind of place"}
_FORMATS = {"email": "e-mail address", "time": 'time of day, as in "09:00"'}
_LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "maxLength": "at most {} characters",
    "maxItems": "at most {} items",
}


def made() -> str:
    """The page."""
    schema = Config.model_json_schema()
    parts = [_INTRODUCTION, *_sections(schema), _parameters(), _secrets()]
    return "\n".join(parts)


def _sections(schema: Schema) -> Iterator[str]:
    """One for the file and one for each kind of setting in it, with all paths at which it is used."""
    paths: dict[str, list[str]] = {}
    _collect(schema, "", schema["$defs"], paths)
    yield f"## precall.yaml\n\n{_table(schema)}"
    for name, where in paths.items():
        told = " ".join(schema["$defs"][name].get("description", "").split())
        yield f"### {_heading(where)}\n\n{told}\n\n{_table(schema['$defs'][name])}"


def _collect(node: Schema, path: str, definitions: Schema, paths: dict[str, list[str]]) -> None:
    for key, value in node.get("properties", {}).items():
        for suffix, reference in _references(value):
            where = f"{path}{key}{suffix}"
            if "properties" in definitions[reference]:
                paths.setdefault(reference, []).append(where)
                _collect(definitions[reference], f"{where}.", definitions, paths)


def _references(value: Schema) -> Iterator[tuple[str, str]]:
    """The definitions that a setting's value names, each with how it is reached: "[]" in a list, ".*" by a name."""
    if "$ref" in value:
        yield "", value["$ref"].rpartition("/")[2]
    for option in value.get("anyOf", ()):
        yield from _references(option)
    for key, suffix in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(value.get(key), Mapping):
            yield from ((f"{suffix}{rest}", name) for rest, name in _references(value[key]))


def _heading(paths: list[str]) -> str:
    return ", ".join(f"`{path}`" for path in dict.fromkeys(paths))


def _table(node: Schema) -> str:
    rows = [
        f"| `{key}` | {_value(value)} | {'needed' if key in node.get('required', ()) else _default(value)} |"
        for key, value in node["properties"].items()
    ]
    return "\n".join(["| setting | value | if left out |", "|---|---|---|", *rows, ""])


def _value(value: Schema) -> str:
    """What may be written, in words."""
    if "$ref" in value:
        return _ALIASES.get(value["$ref"], "see below")
    if "anyOf" in value:
        return " or ".join(_value(option) for option in value["anyOf"] if option.get("type") != "null")
    if "enum" in value or "const" in value:
        return ", ".join(f"`{option}`" for option in value.get("enum", [value.get("const")]))
    limits = [text.format(value[key]) for key, text in _LIMITS.items() if value.get(key)]
    return ", ".join([_kind(value), *limits])


def _kind(value: Schema) -> str:
    if value.get("type") == "array":
        items = value["items"]
        one_of = f"{_value(items)}" if "enum" in items else ""
        return f"list of {one_of or _PLURAL[items['type']]}" if "$ref" not in items else "list, see below"
    if value.get("type") == "object":
        return f"for each {_key(value.get('propertyNames', {}))}: {_value(value['additionalProperties'])}"
    return _FORMATS.get(value.get("format", ""), _NAMES[value["type"]])


def _key(names: Schema) -> str:
    return _ALIASES.get(names.get("$ref", ""), _value(names) if "enum" in names else "name")


def _default(value: Schema) -> str:
    default = value.get("default")
    if default is None or default == []:
        return "as below" if "$ref" in value else "–"
    if value.get("format") == "time":
        return f"`{default[:5]}`"
    return f"`{json.dumps(default, ensure_ascii=False)}`"


class _Template(yaml.SafeLoader):
    """Reads a SAM template; its functions (`!Ref`) do not matter here."""


_Template.add_multi_constructor("!", lambda loader, suffix, node: None)


def _parameters() -> str:
    template = yaml.load((ROOT / "template.yaml").read_text(encoding="utf-8"), _Template)  # noqa: S506 - a safe loader
    rows = [
        f"| `{name}` | {told.get('Description', '')} | {_parameter_default(told)} |"
        for name, told in template["Parameters"].items()
    ]
    head = "## Parameters of the stack\n\nSet when deploying: `precall deploy --set Name=value`.\n"
    return "\n".join([head, "| parameter | what it is | if left out |", "|---|---|---|", *rows, ""])


def _parameter_default(told: Schema) -> str:
    if "Default" not in told:
        return "needed"
    return f"`{told['Default']}`" if told["Default"] != "" else "–"


def _secrets() -> str:
    names = sorted(value for name, value in vars(secrets).items() if name.isupper() and isinstance(value, str))
    head = (
        "## Secrets\n\nSecureString parameters in SSM below `SecretsPrefix`; two values separated by a space are both\n"
    )
    head += "valid while one is rotated ([operations](operations.md), [CRMs](crm.md)).\n"
    return "\n".join([head, *(f"- `{name}`" for name in names), ""])


if __name__ == "__main__":
    MADE.write_text(made(), encoding="utf-8")
    print(f"made {MADE.name}")
