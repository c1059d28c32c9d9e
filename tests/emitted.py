"""The metrics that the code of the functions emits, read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FUNCTIONS = Path(__file__).parents[1] / "functions"


def emitted() -> set[tuple[str, str]]:
    """(service, metric) of each metric; what is filled in at run time stands as `*`."""
    return {(path.relative_to(FUNCTIONS).parts[0], name) for path in FUNCTIONS.rglob("*.py") for name in _in(path)}


def _in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in {"add_metric", "single_metric"}:
            yield from _names(node.args[0], tables)


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))


def _names(node: ast.expr, tables: dict[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*_names(node.body, tables), *_names(node.orelse, tables))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        table = tables[node.func.value.id]  # TABLE.get(key, default)
        assert isinstance(table, ast.Dict)
        for value in (*table.values, *node.args[1:]):
            yield from _names(value, tables)
    else:
        raise AssertionError(f"the name of a metric cannot be read from {ast.unparse(node)}")
