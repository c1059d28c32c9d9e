"""The deployed template on a local stack of its own, in front of the replay web; reached over HTTP only."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.recording import VARIABLE, recorded
from cli import mail, stack, trail
from cli.deployment import Local
from cli.home import Home
from cli.show import Shown
from cli.webhook import signed
from precall.config import WriteBack
from precall.config_store import ConfigStore
from precall.secrets import GENERIC_WEBHOOK


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/e2e/" in item.nodeid or item.nodeid.startswith("tests/e2e"):
            item.add_marker(pytest.mark.e2e)


@dataclass(frozen=True)
class Deployed:
    """What a test does with the stack."""

    home: Home
    local: Local

    def post(self, payload: object, *, message_id: str | None = None, **changed: str) -> httpx.Response:
        """A signed webhook; `changed` replaces headers (underscores for hyphens)."""
        headers, body = signed(self.home.secrets()[GENERIC_WEBHOOK], payload, message_id)
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        return self.send("generic", headers, body)

    def send(self, crm: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        """A webhook as it is."""
        url = f"{self.local.api}/webhooks/{crm}"
        return httpx.post(url, headers=headers, content=body, timeout=60, trust_env=False)

    def finished(self, lead_id: str, seconds: float = 60) -> dict[str, dict[str, Any]]:
        """The lead's events by type, once its brief was sent or visibly was not.

        A queue may bring an earlier event to the trail after the last one; whose call it is, is waited for.
        """
        events = {event["type"]: event for event in trail.follow(self.local, lead_id, seconds)}
        if "brief.sent" in events:
            self.told(lead_id, "lead.assigned", 10)
        return {event["type"]: event for event in self.trail(lead_id)}

    def trail(self, lead_id: str) -> list[dict[str, Any]]:
        """The lead's events so far."""
        found = trail.fetch(self.local, lead_id)
        return list(found["events"]) if found else []

    def told(self, lead_id: str, kind: str, seconds: float = 60) -> dict[str, Any]:
        """The lead's event of a kind, as soon as it is in the trail."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for event in self.trail(lead_id):
                if event["type"] == kind:
                    return event
            time.sleep(0.3)
        raise AssertionError(f"no {kind} within {seconds:g} s")

    def brief(self, lead_id: str, name: str = "brief.json") -> str:
        """A document of the lead's research."""
        return Shown(self.home, self.local, lead_id).document(name)

    def mails(self, lead_id: str) -> list[dict[str, Any]]:
        """The mails that SES sent about the lead."""
        sent = trail.fetch(self.local, lead_id)
        assert sent is not None
        ids = {event["message_id"] for event in sent["events"] if event["type"] == "brief.sent"}
        return [message for message in mail.sent(self.local) if message["MessageId"] in ids or lead_id in str(message)]

    def function(self, logical_id: str) -> str:
        """The name of a deployed function."""
        resource = self.local.client("cloudformation").describe_stack_resource(
            StackName="precall", LogicalResourceId=logical_id
        )
        return str(resource["StackResourceDetail"]["PhysicalResourceId"])


def wait_until(what: Callable[[], bool], seconds: float = 60) -> None:
    """Steps write a little before or after what they tell of it."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not within {seconds:g} s"
        time.sleep(0.3)


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """A stack that is built and deployed once for all end-to-end tests."""
    home = Home.at(tmp_path_factory.mktemp("precall-home"))
    try:
        local = stack.up(home, stack.Replay(), print, port=4766)
        wanted = stack.local_config().model_copy(update={"write_back": WriteBack(on=True, fields=True)})
        ConfigStore(local.documents()).push(wanted)
        calls = os.environ.get(VARIABLE)
        with recorded(local, Path(calls)) if calls else nullcontext():
            yield Deployed(home, local)
    finally:
        stack.down(home)


@pytest.fixture
def broken(deployed: Deployed) -> Iterator[Callable[[str], None]]:
    """Makes a function fail, by taking a setting from it, until the end of the test."""
    client = deployed.local.client("lambda")
    taken: list[tuple[str, dict[str, str], str]] = []

    def break_function(logical_id: str) -> None:
        name = deployed.function(logical_id)
        variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        version = client.get_alias(FunctionName=name, Name="live")["FunctionVersion"]
        taken.append((name, variables, version))
        without = {key: value for key, value in variables.items() if key != "BUCKET_NAME"}
        client.update_function_configuration(FunctionName=name, Environment={"Variables": without})
        client.update_alias(FunctionName=name, Name="live", FunctionVersion="$LATEST")

    yield break_function
    for name, variables, version in taken:
        client.update_alias(FunctionName=name, Name="live", FunctionVersion=version)
        client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
