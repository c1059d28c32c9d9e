"""People's rights: `precall forget` and `precall export`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.demo import say, spinner
from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from cli.show import console
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.erasure import Rights
from precall.facts import DynamoFacts
from precall.model import Account, Lead
from precall.names import site_domain
from precall.rows import Rows
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
    asked: Annotated[bool, typer.Option("--asked", help="Everybody whom a CRM told to forget.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    aws: Aws = False,
) -> None:
    """Erase all that is kept about a person or a company, and never research them again."""
    rights = rights_of(_deployment(aws))
    everybody = list(dict.fromkeys(map(person_in, rights.asked()))) if asked else [who_is(contact, account)]
    if asked:
        say(f"{len(everybody)} people wait to be forgotten", good=True)
    for who in everybody:
        _forget(rights, who, yes)
    console.print("Briefs that were mailed, and notes in the CRM, are not ours to erase: docs/operations.md says how.")


def _forget(rights: Rights, who: Who, yes: bool) -> None:
    if not yes:
        found = sum(1 for _ in rights.leads(who))
        typer.confirm(f"{found} leads go, with all that was found. Erase and suppress?", abort=True)
    keep_days = ConfigStore(rights.documents).current().retention.trail
    with spinner() as progress:
        task = progress.add_task("Looking for leads")
        report = rights.erase(who, keep_days, lambda step: progress.update(task, description=f"Erasing {step}"))
    for what, number in report.counts.items():
        say(f"{what}: {number}", good=True)
    for note in report.notes:
        say(f"{note} is still in the CRM: delete it there", good=False)


def person_in(lead: Lead) -> Who:
    """The person whom a lead is about, as its CRM knows them."""
    contact = lead.prospect.contact if lead.prospect else None
    crm_id = (contact.crm_id if contact else None) or lead.crm_id
    return Who(crm_id=f"{lead.crm}:{crm_id}") if crm_id else Who(email=contact.email if contact else None)


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
    table = deployment.table()
    return Rights(Rows(table), deployment.documents(), DynamoFacts(table), SuppressionList(table), utc_now)


def _deployment(aws: bool) -> Deployment:
    return Deployment() if aws else Local(Home.at())
