"""The commands of whoever runs Precall: what is wrong, and what waits."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import track

from cli import doctor as examination
from cli import stack
from cli.demo import say
from cli.deployment import Deployment, Local
from cli.findings import Finding
from cli.home import Home, Problem
from cli.redrive import DeadLetters
from cli.running import running
from cli.show import console
from cli.source_check import KNOWN, examine_sources
from precall.clock import utc_now
from precall.model import Account

Aws = Annotated[bool, typer.Option("--aws", help="Of the stack on AWS, with this shell's credentials.")]

_MARKS = {"good": "[green]✓[/]", "doubtful": "[yellow]![/]", "bad": "[red]✗[/]"}


def status(aws: Aws = False) -> None:
    """What runs, which version, which alarms ring, what waits in dead-letter queues, the last briefs."""
    if not aws:
        states = stack.processes(Home.at())
        for name, runs in states.items():
            say(f"{name} {'runs' if runs else 'does not run; `precall up` starts it'}", good=runs)
        if not states["emulator"]:
            return
    for line in running(_deployment(aws), utc_now()):
        if line.good is None:
            console.print(line.said, highlight=False, markup=False, soft_wrap=True)
        else:
            say(line.said, good=line.good)


def redrive(
    queue: Annotated[str | None, typer.Argument(help="Only this queue: distribute, deliver, …")] = None,
    only_list: Annotated[bool, typer.Option("--list", help="Show what waits, and leave it.")] = False,
    aws: Aws = False,
) -> None:
    """Send dead letters on their way again: mend the cause first."""
    letters = DeadLetters(_deployment(aws))
    found = list(letters.take(queue))
    if not found:
        say("no dead letters wait", good=True)
    elif only_list:
        for letter in found:
            console.print(str(letter), highlight=False, markup=False, soft_wrap=True)
            letters.put_back(letter)
    else:
        kept = [
            (letter, reason)
            for letter in track(found, "Redriving", console=console, transient=True)
            if (reason := letters.redrive(letter))
        ]
        say(f"{len(found) - len(kept)} of {len(found)} dead letters are on their way again", good=not kept)
        if kept:
            raise Problem("\n".join(f"{letter}; it stays: {reason}" for letter, reason in kept))


def doctor(
    aws: Aws = False,
    sources: Annotated[bool, typer.Option("--sources", help="Ask each source once, from here.")] = False,
    company: Annotated[str, typer.Option(help="About whom sources are asked.")] = KNOWN.name or "",
    domain: Annotated[str, typer.Option(help="Its domain.")] = KNOWN.domain or "",
) -> None:
    """Look at everything that a brief needs, and say how to mend what is wrong."""
    deployment = _deployment(aws)
    bad = sum(_told(finding) for finding in examination.examine(deployment))
    if sources:
        about, origin = Account(name=company, domain=domain), None if aws else stack.replay_origin(Home.at())
        for finding in asyncio.run(examine_sources(stack.local_config(), about, utc_now, origin)):
            bad += _told(finding)
    if bad:
        raise Problem(f"{bad} of these keep briefs from being sent")


def _told(finding: Finding) -> bool:
    """Say it; whether it is bad."""
    console.print(f"{_MARKS[finding.state]} {escape(finding.said)}", highlight=False, soft_wrap=True)
    if finding.fix:
        console.print(f"  {finding.fix}", highlight=False, markup=False, soft_wrap=True, style="dim")
    return finding.state == "bad"


def _deployment(aws: bool) -> Deployment:
    return Deployment() if aws else Local(Home.at())
