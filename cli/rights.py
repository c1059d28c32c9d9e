"""People's rights: `precall forget` and `precall export`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.asked import Asked
from cli.demo import say, spinner
from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from cli.show import console
from precall.bus import EventBridgeBus
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.erasing import Report
from precall.erasure import Rights
from precall.erasure_asks import ErasureAsks
from precall.facts import DynamoFacts
from precall.model import Account
from precall.names import site_domain
from precall.rows import Rows
from precall.schedules import drop
from precall.suppression import SuppressionList
from precall.whose import Who

Contact = Annotated[
    str | None, typer.Option(help="An e-mail address, hubspot:<id>, or a name (then with --account).")
]  # fmt: skip
AccountName = Annotated[str | None, typer.Option("--account", help="A company, by its domain or its name.")]
Aws = Annotated[bool, typer.Option("--aws", help="On AWS, with this shell's credentials.")]


def forget(
    contact: Contact = None,
    account: AccountName = None,
    asked: Annotated[
        bool, typer.Option("--asked", help="Whom CRMs told to forget: what became of it; who waits.")
    ] = False,
    dismiss: Annotated[
        bool, typer.Option("--dismiss", help="With --asked: nobody asked, erase none who wait.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    aws: Aws = False,
) -> None:
    """Erase all that is kept about a person or a company, and never research them again."""
    deployment = _deployment(aws)
    rights = rights_of(deployment)
    if dismiss and not asked:
        raise Problem("say --asked with --dismiss: it is what CRMs asked that is dismissed")
    if asked:
        _asked(Asked(rights, ErasureAsks(deployment.table()), _keep_days(rights)), dismiss, yes)
    else:
        _forget(rights, who_is(contact, account), yes)
    console.print("Briefs that were mailed are not ours to erase: docs/operations.md says how.")


def _asked(asked: Asked, dismiss: bool, yes: bool) -> None:
    waiting = asked.waiting()
    for line, good in asked.told():
        say(line, good=good)
    say(f"{len(waiting)} people wait to be forgotten", good=True)
    if waiting and not yes:
        typer.confirm("Dismiss them all, and erase nothing?" if dismiss else "Erase them now?", abort=True)
    for ask in waiting:
        if dismiss:
            asked.dismiss(ask)
        else:
            _erased(lambda progress, ask=ask: asked.finish(ask, progress))  # type: ignore[misc]


def _forget(rights: Rights, who: Who, yes: bool) -> None:
    if not yes:
        found = sum(1 for _ in rights.leads(who))
        typer.confirm(f"{found} leads go, with all that was found. Erase and suppress?", abort=True)
    _erased(lambda progress: rights.erase(who, _keep_days(rights), progress))


def _erased(erase: Callable[[Callable[[str], object]], Report]) -> None:
    with spinner() as progress:
        task = progress.add_task("Looking for leads")
        report = erase(lambda step: progress.update(task, description=f"Erasing {step}"))
    for what, number in report.counts.items():
        say(f"{what}: {number}", good=True)
    for lead_id in dict.fromkeys(report.notes):
        say(f"notes in the CRM are asked back; what comes of it: precall show {lead_id} --trail", good=True)


def _keep_days(rights: Rights) -> int:
    return ConfigStore(rights.documents).current().retention.trail


def export(
    contact: Contact = None,
    account: AccountName = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    aws: Aws = False,
) -> None:
    """Give out all that is kept about a person or a company, as JSON."""
    found = rights_of(_deployment(aws)).export(who_is(contact, account))
    text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        say(f"{len(found['leads'])} leads with all that was found: {out}", good=True)


def who_is(contact: str | None, account: str | None) -> Who:
    """Who is meant; Problem with the fix where it is nobody in particular."""
    account = (account or "").strip()
    domain = site_domain(account)
    company = Account(domain=domain) if domain else Account(name=account) if account else None
    try:
        if contact and "@" in contact:
            return Who(email=contact)
        if contact and ":" in contact:
            return Who(crm_id=contact)
        return Who(name=contact, account=company)
    except ValueError as error:
        raise Problem(str(error)) from None


def rights_of(deployment: Deployment) -> Rights:
    """What is kept in a deployment."""
    table, outputs = deployment.table(), deployment.outputs()
    return Rights(
        rows=Rows(table),
        documents=deployment.documents(),
        facts=DynamoFacts(table),
        suppressed=SuppressionList(table),
        bus=EventBridgeBus(deployment.client("events"), outputs["BusName"]),
        cancel=partial(drop, deployment.client("scheduler"), outputs["CallSchedules"]),
        clock=utc_now,
    )


def _deployment(aws: bool) -> Deployment:
    return Deployment() if aws else Local(Home.at())
