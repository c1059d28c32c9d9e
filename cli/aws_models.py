"""Writes what functions need of AWS's service models, from those of the pinned botocore: `python -m cli.aws_models`.

A client reads its service's whole model when it is made: of SSM 150 operations, of which Precall uses one. What is
written here has only the operations named below, without their documentation, and the endpoints of these services.
The models are AWS's, under the Apache License 2.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.loaders import Loader

from precall.clients import MODELS

OPERATIONS = {
    "dynamodb": "BatchGetItem DeleteItem GetItem PutItem Query Scan TransactWriteItems UpdateItem",
    "events": "PutEvents",
    "s3": "DeleteObjects GetObject ListObjectsV2 PutObject",
    "scheduler": "CreateSchedule DeleteSchedule GetSchedule UpdateSchedule",
    "sesv2": "SendEmail",
    "sqs": "ChangeMessageVisibility SendMessage",
    "ssm": "GetParameter",
}
"""What functions ask of AWS; tests hold it against the code and the template's policies."""
_KEPT = {*OPERATIONS, "sts"}


def files() -> Iterator[tuple[str, str]]:
    """Each file's path below `MODELS`, and its content."""
    loader = Loader()
    yield "endpoints.json", _written(_endpoints(loader.load_data("endpoints")))
    for service, operations in OPERATIONS.items():
        version = loader.determine_latest_version(service, "service-2")
        model = loader.load_service_model(service, "service-2", version)
        yield f"{service}/{version}/service-2.json", _written(_narrowed(model, operations.split()))


def _endpoints(known: Mapping[str, Any]) -> dict[str, Any]:
    partitions = [
        {**one, "services": {name: where for name, where in one["services"].items() if name in _KEPT}}
        for one in known["partitions"]
    ]
    return {**known, "partitions": partitions}


def _narrowed(model: Mapping[str, Any], operations: list[str]) -> dict[str, Any]:
    kept = {name: model["operations"][name] for name in operations}
    shapes = _reachable(model["shapes"], [shape for one in kept.values() for shape in _named(one)])
    return {**model, "operations": _silent(kept), "shapes": _silent(shapes)}


def _named(operation: Mapping[str, Any]) -> Iterator[str]:
    for part in (operation.get("input"), operation.get("output"), *operation.get("errors", [])):
        if part:
            yield part["shape"]


def _reachable(shapes: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while names:
        name = names.pop()
        if name not in found:
            shape = found[name] = shapes[name]
            parts = [shape[part] for part in ("member", "key", "value") if part in shape]
            names += [part["shape"] for part in (*shape.get("members", {}).values(), *parts)]
    return dict(sorted(found.items()))


def _silent(value: Any) -> Any:
    """Without documentation."""
    if isinstance(value, dict):
        return {k: _silent(v) for k, v in value.items() if not (k == "documentation" and isinstance(v, str))}
    return [_silent(one) for one in value] if isinstance(value, list) else value


def _written(value: Any) -> str:
    return json.dumps(value, separators=(",", ":")) + "\n"


def main() -> None:
    """Write all files."""
    for path, content in files():
        where = MODELS / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
