"""`precall watch`: the accounts that are listened to."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

import typer
from rich.table import Table

from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from cli.show import console
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.facts import DynamoFacts
from precall.model import Account
from precall.names import site_domain
from precall.watch_store import DynamoWatches
from precall.watches import Watch, subject_id, subject_of

app = typer.Typer(help="The accounts that are listened to (docs/listening.md).", no_args_is_help=True)

Aws = Annotated[bool, typer.Option("--aws", help="On AWS, with this shell's credentials.")]
Named = Annotated[str, typer.Argument(metavar="ACCOUNT", help="A company, by its domain or its name.")]
Name = Annotated[str | None, typer.Option("--name", help="Its name, where the domain is given.")]


@app.command()
def add(
    account: Named,
    owner: Annotated[str, typer.Option(help="The rep who is told: an address.")],
    name: Name = None,
    aws: Aws = False,
) -> None:
    """Listen to an account; a first look, which only takes note of what there is, comes within a quarter of an hour."""
    deployment, company, now = _deployment(aws), account_called(account, name), utc_now()
    config = ConfigStore(deployment.documents()).current()
    rep = next((rep for rep in config.reps if rep.email.casefold() == owner.casefold()), None)
    if rep is None:
        raise Problem(f"{owner} is no rep; take one of {', '.join(rep.email for rep in config.reps)}")
    table = deployment.table()
    if DynamoFacts(table).suppressed(subject_of(company, now)):
        raise Problem(f"{account} is on the suppression list: nothing is looked up about them")
    DynamoWatches(table).add(Watch(company, now, owner=rep.email), now, config.retention.documents)
    console.print(f"{account} is listened to; {rep.name} is told.", highlight=False)
    if not config.listening.on:
        console.print("Listening is off: set listening.on in precall.yaml, and `precall config push`.")


@app.command()
def remove(account: Named, name: Name = None, aws: Aws = False) -> None:
    """Listen to an account no more; a lead about it, or precall.yaml where it is named there, puts it back."""
    watches = DynamoWatches(_deployment(aws).table())
    watch = watches.get(account_called(account, name).key)
    if watch is None or not watches.remove(watch):
        raise Problem(f"{account} is not on the watch list; `precall watch list` shows who is")
    console.print(f"{account} is listened to no more.", highlight=False)


@app.command(name="list")
def show(aws: Aws = False) -> None:
    """Who is listened to, why, when next; the id is where the looks are recorded (`precall show ID --trail`)."""
    listed = DynamoWatches(_deployment(aws).table()).all()
    table = Table("account", "for", "next look (UTC)", "id", box=None)
    for watch in listed:
        leads = f"{len(watch.leads)} lead{'' if len(watch.leads) == 1 else 's'}" if watch.leads else ""
        reasons = ", ".join(part for part in (leads, f"named for {watch.owner}" if watch.owner else "") if part)
        due = f"{watch.due_at.astimezone(UTC):%Y-%m-%d %H:%M}"
        table.add_row(watch.label, reasons or "precall.yaml", due, subject_id(watch.key))
    console.print(table if listed else "Nobody is listened to.")


def account_called(text: str, name: str | None = None) -> Account:
    """A company by its domain, with its name where that is given too, or by its name."""
    domain = site_domain(text)
    return Account(domain=domain, name=name) if domain else Account(name=text)


def _deployment(aws: bool) -> Deployment:
    return Deployment() if aws else Local(Home.at())
