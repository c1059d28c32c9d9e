"""Writes down what deployed functions ask of AWS: each call goes through a proxy on its way to the local stack."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.proxy import GOOD, Call, Proxy
from cli.deployment import STACK, Local

VARIABLE = "PRECALL_CALLS"
"""Names the file of the calls, for the end-to-end tests; beside it the functions' policies are kept, as deployed."""


@contextmanager
def recorded(local: Local, path: Path) -> Iterator[None]:
    """Everything that functions ask within the block, a line of JSON each."""
    functions = dict(_functions(local))
    policies = {name: list(_policies(local, config["Role"])) for name, config in functions.items()}
    path.with_suffix(".policies.json").write_text(json.dumps(policies, indent=1))
    with path.open("w") as lines:

        def seen(call: Call, status: int, _: bytes) -> None:
            kept = {**vars(call), "head": "", "body": base64.b64encode(call.body).decode(), "status": status}
            lines.write(json.dumps(kept) + "\n")

        with Proxy(local.port, lambda _: GOOD, seen) as proxy:
            for name, config in functions.items():
                set_variables(local, config["FunctionName"], AWS_ENDPOINT_URL=_address(proxy, name))
            yield


def set_variables(local: Local, function: str, **variables: str) -> None:
    """More variables in a function's environment, in force for who calls its alias."""
    client = local.client("lambda")
    known = client.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
    client.update_function_configuration(FunctionName=function, Environment={"Variables": {**known, **variables}})
    client.update_alias(FunctionName=function, Name="live", FunctionVersion="$LATEST")


def read(path: Path) -> Iterator[tuple[Call, int]]:
    """The calls of a file, with the statuses of their answers."""
    for line in path.read_text().splitlines():
        kept: dict[str, Any] = json.loads(line)
        status = int(kept.pop("status"))
        yield Call(**{**kept, "head": b"", "body": base64.b64decode(kept["body"])}), status


def _address(proxy: Proxy, name: str) -> str:
    return f"http://127.0.0.1:{proxy.listen(name)}"


def _functions(local: Local) -> Iterator[tuple[str, dict[str, Any]]]:
    pages = local.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
    for each in (one for page in pages for one in page["StackResourceSummaries"]):
        if each["ResourceType"] == "AWS::Lambda::Function":
            name = each["PhysicalResourceId"]
            yield (
                each["LogicalResourceId"],
                dict(local.client("lambda").get_function_configuration(FunctionName=name)),
            )


def _policies(local: Local, role: str) -> Iterator[dict[str, Any]]:
    iam, name = local.client("iam"), role.rpartition("/")[2]
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        yield dict(iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])
