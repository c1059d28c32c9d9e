"""A local stack for `bench load`: functions reach AWS and the web through a proxy, and queues lose patience soon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.proxy import Proxy
from bench.recording import set_variables
from bench.weather import AwsWeather, SourceWeather
from cli import stack
from cli.deployment import STACK, Local
from cli.home import Home
from precall.budget import BudgetSettings
from precall.config import Config, Rep, WorkingHours
from precall.config_store import ConfigStore

PATIENCE = {"VisibilityTimeout": "15"}
RECEIVES = 4
"""Seconds and tries until a dead letter: on AWS it would be hours."""
REPS = 40
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass
class Mail:
    """A mail that SES took: its kind, and the lead that it is about."""

    kind: str
    lead: str
    to: str


@dataclass(frozen=True)
class Stage:
    """The stack, the weather that it is in, and what SES took."""

    home: Home
    local: Local
    aws: AwsWeather
    web: SourceWeather
    mails: list[Mail]
    resources: dict[str, tuple[str, str]]
    """Logical name to type and physical name."""

    def named(self, kind: str) -> dict[str, str]:
        """Physical by logical names of the resources of a type."""
        return {name: physical for name, (found, physical) in self.resources.items() if found == kind}

    @property
    def queues(self) -> dict[str, str]:
        """Addresses of the queues that functions read."""
        return {
            name: url for name, url in self.named("AWS::SQS::Queue").items() if not name.endswith("DeadLetters")
        }  # fmt: skip

    def calm(self) -> None:
        """Nothing befalls anything any more."""
        self.aws.rough = self.web.rough = 0
        self.aws.out = frozenset()


@contextmanager
def stage(folder: Path, seed: int, port: int) -> Iterator[Stage]:
    """Bring it up in `folder`; it is stopped afterwards."""
    home = Home.at(folder)
    try:
        local = stack.up(home, stack.Replay(), print, port)
        config = load_config(stack.local_config())
        ConfigStore(local.documents()).push(config)
        aws, web, mails = AwsWeather(seed), SourceWeather(seed), list[Mail]()
        made = Stage(home, local, aws, web, mails, _resources(local))
        origin = int(home.read("replay.json")["port"])
        seen = lambda call, status, came: mails.extend(_mailed(call.service, status, call.body))  # noqa: E731
        with Proxy(local.port, aws, seen) as to_aws, Proxy(origin, web) as to_web:
            _impatient(made)
            _redirect(made, to_aws, f"http://127.0.0.1:{to_web.listen('web')}")
            yield made
    finally:
        stack.down(home)


def load_config(config: Config) -> Config:
    """Enough reps for thousands of calls a day, at work all day, and no end of researches."""
    hours = WorkingHours.model_validate({"days": _DAYS, "start": "00:00", "end": "23:59"})
    reps = tuple(Rep(name=f"Rep {n}", email=f"rep{n}@seller.example", hours=hours, capacity=500) for n in range(REPS))
    budget = BudgetSettings(researches_a_day=10**6)
    return config.model_copy(update={"reps": reps, "routing": type(config.routing)(), "budget": budget})


def _resources(local: Local) -> dict[str, tuple[str, str]]:
    pages = local.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
    return {
        each["LogicalResourceId"]: (each["ResourceType"], each["PhysicalResourceId"])
        for page in pages
        for each in page["StackResourceSummaries"]
    }


def _redirect(made: Stage, aws: Proxy, web: str) -> None:
    client = made.local.client("lambda")
    for name, physical in made.named("AWS::Lambda::Function").items():
        known = client.get_function_configuration(FunctionName=physical)["Environment"]["Variables"]
        more = {"REPLAY_ORIGIN": web} if "REPLAY_ORIGIN" in known else {}
        set_variables(made.local, physical, AWS_ENDPOINT_URL=f"http://127.0.0.1:{aws.listen(name)}", **more)


def _impatient(made: Stage) -> None:
    client = made.local.client("sqs")
    for url in made.queues.values():
        known = client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
        policy = {**json.loads(known["RedrivePolicy"]), "maxReceiveCount": RECEIVES}
        client.set_queue_attributes(QueueUrl=url, Attributes={**PATIENCE, "RedrivePolicy": json.dumps(policy)})


def _mailed(service: str, status: int, body: bytes) -> list[Mail]:
    if service != "ses" or status != 200:
        return []
    given = json.loads(body)
    tags = {tag["Name"]: tag["Value"] for tag in given.get("EmailTags", [])}
    return [Mail(tags.get("kind", ""), tags.get("lead", ""), given["Destination"]["ToAddresses"][0])]
