"""`precall backup` and `precall restore`: what the table holds, as a file of one item a line.

AWS's own backups (docs/operations.md) are the first choice; a file serves where a stack moves, or where what came back
from them has to be put into a table that is in use: nothing that is there is written over, nobody who was forgotten
comes back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from cli.show import console
from precall.clock import utc_now
from precall.facts import DynamoFacts
from precall.model import Lead

Item = dict[str, dict[str, Any]]
"""An item in DynamoDB's own JSON: attribute, type, value."""
Aws = Annotated[bool, typer.Option("--aws", help="Of the stack on AWS, with this shell's credentials.")]
From = Annotated[str | None, typer.Option("--table", help="Another table, as a restore of AWS made it.")]

PASSING = ("RATE#", "FLIGHT#", "SESSION#", "SIGNIN#", "TRIES#")
"""Keys of what is only true for minutes, or opens a page."""
_AT_ONCE = 16


def backup(
    to: Annotated[Path, typer.Argument(help="The file; it holds personal data, readable by you only.")],
    table: From = None,
    aws: Aws = False,
) -> None:
    """Write what the table holds to a file: leads, assignments, trails, accounts, votes, the suppression list."""
    deployment = Deployment() if aws else Local(Home.at())
    to.touch(mode=0o600)
    lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in items(deployment, table)]
    to.write_text("".join(lines), encoding="utf-8")
    console.print(f"{len(lines)} items are in {to}.", highlight=False, soft_wrap=True)


def restore(
    file: Annotated[Path, typer.Argument(help="What `precall backup` wrote.", exists=True, dir_okay=False)],
    aws: Aws = False,
) -> None:
    """Put back what is missing from the table; what is there stays as it is, and who was forgotten stays so."""
    deployment = Deployment() if aws else Local(Home.at())
    with file.open(encoding="utf-8") as lines:
        told = put_back(deployment, [json.loads(line) for line in lines], utc_now())
    console.print(
        f"{told['written']} items written, {told['there']} were there, {told['over']} are over, "
        f"{told['forgotten']} are of people who were forgotten."
    )


def items(deployment: Deployment, table: str | None = None) -> Iterator[Item]:
    """Everything in the table that is worth keeping."""
    pages = deployment.client("dynamodb").get_paginator("scan")
    for page in pages.paginate(TableName=table or deployment.outputs()["TableName"], ConsistentRead=True):
        yield from (item for item in page["Items"] if not item["pk"]["S"].startswith(PASSING))


def put_back(deployment: Deployment, found: Iterable[Item], now: datetime) -> Counter[str]:
    """Write what is missing; how many items were `written`, `there`, `over` (expired) and `forgotten`.

    The suppression list comes first; what it forbids stays away. Problem when the table has another list.
    """
    client, name = deployment.client("dynamodb"), deployment.outputs()["TableName"]

    def put(item: Item) -> str:
        try:
            client.put_item(TableName=name, Item=item, ConditionExpression="attribute_not_exists(pk)")
        except client.exceptions.ConditionalCheckFailedException:
            return "there"
        return "written"

    known = list(found)
    listed = [item for item in known if item["pk"]["S"] == "SUPPRESSED"]
    _same_salt(client, name, listed)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        told = Counter(pool.map(put, listed))
        forgotten = _forgotten(DynamoFacts(deployment.table()), known)
        rest = [(item, _why_not(item, forgotten, now)) for item in known if item["pk"]["S"] != "SUPPRESSED"]
        told.update(why for _, why in rest if why)
        told.update(pool.map(put, (item for item, why in rest if not why)))
    return told


def _same_salt(client: Any, name: str, listed: list[Item]) -> None:
    key = {"pk": {"S": "SUPPRESSED"}, "sk": {"S": "SALT"}}
    held = client.get_item(TableName=name, Key=key, ConsistentRead=True).get("Item")
    brought = next((item for item in listed if item["sk"]["S"] == "SALT"), None)
    if held and brought and held["salt"] != brought["salt"]:
        raise Problem("this stack has a suppression list of its own, with another salt; restore into one that has none")


def _forgotten(facts: DynamoFacts, known: list[Item]) -> set[str]:
    """The ids of leads whose person or company is on the suppression list."""
    docs = [item["doc"]["S"] for item in known if item["sk"]["S"] == "LEAD" and "doc" in item]
    leads = [Lead.model_validate_json(doc) for doc in docs]
    return {lead.id for lead in leads if facts.suppressed(lead)}


def _why_not(item: Item, forgotten: set[str], now: datetime) -> str | None:
    """Why an item is not put back; None when it is. The trail of a forgotten lead has no content, and stays."""
    if "expires_at" in item and float(item["expires_at"]["N"]) <= now.timestamp():
        return "over"
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    lead = pk.removeprefix("LEAD#") if pk.startswith("LEAD#") else sk.rpartition("#")[2]
    is_trail = pk.startswith("LEAD#") and (sk.startswith("TRAIL#") or sk == "HEAD")
    return "forgotten" if lead in forgotten and not is_trail else None
