"""`precall account`: what is known of an account, and what its briefs quoted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from cli.show import console
from precall.accounts import DynamoAccounts
from precall.briefed import DynamoBriefed
from precall.model import Account, AccountProfile
from precall.model.snippet import Snippet
from precall.names import site_domain


def account(
    name: Annotated[str, typer.Argument(help="A company, by its domain or its name.")],
    aws: Annotated[bool, typer.Option("--aws", help="On AWS, with this shell's credentials.")] = False,
) -> None:
    """Show what is known of an account, and the incidents and stories that its briefs quoted."""
    deployment = Deployment() if aws else Local(Home.at())
    domain = site_domain(name.strip())
    key = Account(domain=domain, name=None if domain else name).key
    table = deployment.table()
    profile, told = DynamoAccounts(table).profile(key), DynamoBriefed(table).told(key)
    if profile is None and not told:
        raise Problem(f"nothing is kept about {name}: no lead of theirs was briefed, or it was erased")
    for line in (*_known(profile), *_told(told)):
        console.print(line, highlight=False, soft_wrap=True, markup=False)


def _known(profile: AccountProfile | None) -> Iterator[str]:
    if profile is None:
        return
    yield ", ".join(profile.names[:5]) or profile.domain or "no name"
    facts = {"Domain": profile.domain, "Industry": profile.industry, "Country": profile.country}
    yield from (f"{label}: {value}" for label, value in facts.items() if value)


def _told(told: tuple[Snippet, ...]) -> Iterator[str]:
    for snippet in told:
        day = f"{snippet.published_at:%Y-%m-%d}" if snippet.published_at else "undated"
        kind = f"{snippet.signal.value.replace('_', ' ')}: " if snippet.signal else ""
        yield f"{day}  {kind}{snippet.text} ({snippet.outlet}, {snippet.url})"
