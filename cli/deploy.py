"""`precall deploy`: onto AWS, at once or guided."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cli import demo, sam
from cli.deployment import Deployment
from cli.guided import Guide, guide, plan
from cli.guided_steps import STEPS
from cli.home import Home, Problem
from cli.show import console

_say = partial(console.print, highlight=False, markup=False, soft_wrap=True)


def deploy(
    context: typer.Context,
    sender: Annotated[str | None, typer.Option(help="Domain verified in SES.")] = None,
    chosen: Annotated[list[str] | None, typer.Option("--set", help="A parameter of the template: Name=value.")] = None,
    guided: Annotated[bool, typer.Option("--guided", help="Step by step, from nothing to a first brief.")] = False,
    only_plan: Annotated[bool, typer.Option("--plan", help="With --guided: say the steps, and do nothing.")] = False,
) -> None:
    """Build for Lambda and deploy to AWS, with your credentials. Further options go to `sam deploy`."""
    if only_plan:
        for line in plan(STEPS):
            _say(line)
    elif guided:
        guide(STEPS, Guide(Home.at(), Deployment(), _ask, _say))
    elif sender:
        _deploy({"SenderIdentity": sender, **sam.parameters(chosen or [])}, context.args)
    else:
        raise Problem("who are briefs sent as? --sender your-domain.com, or --guided, which asks for everything")


def _deploy(parameters: dict[str, str], more: list[str]) -> None:
    home = Home.at()
    with demo.spinner() as progress:
        task = progress.add_task("Building for Lambda (sam build)")
        sam.build(home, {})
        progress.update(task, description="Deploying (sam deploy)")
        release = {"Release": sam.release_of(parameters)}
        sam.deploy(home, {**parameters, **release}, {}, "--no-confirm-changeset", *more)
    _say("Deployed. Set the secrets and the settings next: docs/operations.md")


def _ask(question: str, default: str) -> str:
    return str(typer.prompt(f"    {question}", default=default, show_default=bool(default)))
