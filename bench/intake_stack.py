"""`bench intake` over HTTP: the deployed template on the local stack, and beside it a function that does nothing.

What lies behind the bus is switched off: the research of so many leads is another question. The trivial function has an
API of its own on the same emulator; what it takes is the emulator's own share.
"""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.intake_environment import Batch, events
from bench.sending import Answer, Request, Sender
from cli import stack
from cli.deployment import Local
from cli.home import Home
from cli.processes import Background
from precall.crm.hubspot.signature import signature_v3
from precall.secrets import HUBSPOT_CLIENT

_NOTHING = 'def handler(event, context):\n    return {"statusCode": 200, "body": "{}"}\n'
_NAME = "trivial"
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
    ],
}


@dataclass(frozen=True)
class Door:
    """The deployed API, and the path of the trivial function's."""

    home: Home
    local: Local
    trivial: str

    @property
    def sender(self) -> Sender:
        """To the emulator, by the name that requests are signed for."""
        return Sender("localhost", self.local.port)

    def delivery(self, batch: Batch) -> Request:
        """The batch as HubSpot sends it, signed now."""
        body, timestamp = json.dumps(events(batch)).encode(), str(int(time.time() * 1000))
        url = f"https://localhost:{self.local.port}/live/webhooks/hubspot"
        secret = self.home.secrets()[HUBSPOT_CLIENT]
        headers = {
            "Content-Type": "application/json",
            "X-HubSpot-Request-Timestamp": timestamp,
            "X-HubSpot-Signature-v3": signature_v3(secret, "POST", url, body, timestamp),
        }
        return Request(f"{urlsplit(self.local.api).path}/webhooks/hubspot", body, headers)

    def nothing(self, batch: Batch) -> Request:
        """The same body to the trivial function."""
        return Request(self.trivial, json.dumps(events(batch)).encode(), {"Content-Type": "application/json"})

    def costing(self, send: Callable[[], list[Answer]]) -> tuple[list[Answer], float]:
        """What `send` was answered, and the emulator's own processor seconds meanwhile, those of functions left out."""
        before = self._cpu()
        answers = send()
        return answers, self._cpu() - before

    def _cpu(self) -> float:
        stat = Path(f"/proc/{Background(self.home, 'emulator').pid()}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    @property
    def reached(self) -> dict[str, str]:
        """How the table is read."""
        return {**self.local.environment, "TABLE_NAME": self.local.outputs()["TableName"]}


@contextmanager
def door(folder: Path, port: int) -> Iterator[Door]:
    """The stack, up while the block lasts."""
    home = Home.at(folder)
    try:
        local = stack.up(home, None, print, port)
        _silence(local)
        yield Door(home, local, _trivial(local))
    finally:
        stack.down(home)


def _silence(local: Local) -> None:
    """Nobody hears the bus."""
    bus, client = local.outputs()["BusName"], local.client("events")
    for rule in client.list_rules(EventBusName=bus)["Rules"]:
        client.disable_rule(Name=rule["Name"], EventBusName=bus)


def _trivial(local: Local) -> str:
    """The path of an API in front of a function that answers 200."""
    api: Any = local.client("apigateway")
    made = api.create_rest_api(name=_NAME)["id"]
    root = api.get_resources(restApiId=made)["items"][0]["id"]
    at = {"restApiId": made, "httpMethod": "POST"}
    at["resourceId"] = api.create_resource(restApiId=made, parentId=root, pathPart=_NAME)["id"]
    api.put_method(**at, authorizationType="NONE")
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{_function(local)}/invocations"
    api.put_integration(**at, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    api.create_deployment(restApiId=made, stageName="live")
    return f"/_aws/execute-api/{made}/live/{_NAME}"


def _function(local: Local) -> str:
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as packed:
        packed.writestr(f"{_NAME}.py", _NOTHING)
    role = local.client("iam").create_role(RoleName=_NAME, AssumeRolePolicyDocument=json.dumps(_TRUST))["Role"]["Arn"]
    client = local.client("lambda")
    runtime, handler = local.parameters()["PythonRuntime"], f"{_NAME}.handler"
    function = client.create_function(
        FunctionName=_NAME, Runtime=runtime, Role=role, Handler=handler, Code={"ZipFile": code.getvalue()}
    )
    by = "apigateway.amazonaws.com"
    client.add_permission(FunctionName=_NAME, StatementId="api", Action="lambda:InvokeFunction", Principal=by)
    return str(function["FunctionArn"])
