"""The commands of whoever runs Precall: what is wrong, and what waits."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import track

from cli import doctor as examination
from cli.demo import say
from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from cli.redrive import DeadLetters
from cli.show import console

Aws = Annotated[bool, typer.Option("--aws", help="Of the stack on AWS, with this shell's credentials.")]

_MARKS = {"good": "[green]✓[/]", "doubtful": "[yellow]![/]", "bad": "[red]✗[/]"}


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


def doctor(aws: Aws = False) -> None:
    """Look at everything that a brief needs, and say how to mend what is wrong."""
    bad = 0
    for finding in examination.examine(_deployment(aws)):
        console.print(f"{_MARKS[finding.state]} {finding.said}", highlight=False, soft_wrap=True)
        if finding.fix:
            console.print(f"  {finding.fix}", highlight=False, markup=False, soft_wrap=True, style="dim")
        bad += finding.state == "bad"
    if bad:
        raise Problem(f"{bad} of these keep briefs from being sent")


def _deployment(aws: bool) -> Deployment:
    return Deployment() if aws else Local(Home.at())
