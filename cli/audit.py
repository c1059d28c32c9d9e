"""`precall audit`: proves trails, and exports them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console

from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from precall.chain import Broken, Record, first_broken
from precall.clock import utc_now
from precall.trail import DynamoTrail

app = typer.Typer(help="The trails: what happened to each lead.", no_args_is_help=True)
console = Console()

Aws = Annotated[bool, typer.Option("--aws", help="On AWS, with this shell's credentials.")]
Lead = Annotated[str | None, typer.Option(help="Only this lead.")]

COLUMNS = ("lead_id", "number", "at", "type", "event_id", "hash", "event")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a cell for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True)
class Verdict:
    """What was found of one lead's trail."""

    lead_id: str
    records: int
    broken: Broken | None


def trails(deployment: Deployment) -> DynamoTrail:
    """The deployment's trails."""
    return DynamoTrail(deployment.table())


def verified(trail: DynamoTrail, lead_ids: Iterable[str], now: datetime) -> Iterator[Verdict]:
    """Each lead's trail, from its first record to its head."""
    for lead_id in lead_ids:
        head = trail.head(lead_id)  # before the records: what is appended meanwhile is no break
        records = [record for record in trail.records(lead_id) if not head or record.number <= head.number]
        yield Verdict(lead_id, len(records), first_broken(lead_id, records, head, now))


@app.command()
def verify(lead: Lead = None, aws: Aws = False) -> None:
    """Prove that no record of a trail was removed or changed; names the first broken link of each."""
    trail = trails(Deployment() if aws else Local(Home.at()))
    found = list(verified(trail, [lead] if lead else trail.leads(), utc_now()))
    broken = [verdict for verdict in found if verdict.broken]
    for verdict in broken:
        assert verdict.broken
        console.print(f"lead {verdict.lead_id}, record {verdict.broken.number}: {verdict.broken.why}", soft_wrap=True)
    if broken:
        raise Problem(f"{len(broken)} of {len(found)} trails are broken")
    if lead and not found[0].records:
        raise Problem(f"lead {lead} has no trail")
    console.print(f"{len(found)} trails with {sum(verdict.records for verdict in found)} records hold.")


@app.command()
def export(
    to: Annotated[Path, typer.Argument(help="The file; .csv for a table, .jsonl for one JSON object a line.")],
    lead: Lead = None,
    aws: Aws = False,
) -> None:
    """Write the trails to a file for other tools."""
    if to.suffix not in _WRITERS:
        raise Problem(f"{to} is neither .csv nor .jsonl; name the file so")
    trail = trails(Deployment() if aws else Local(Home.at()))
    with to.open("w", encoding="utf-8", newline="") as file:
        count = _WRITERS[to.suffix](file, rows(trail, [lead] if lead else trail.leads()))
    console.print(f"{count} records are in {to}.", highlight=False, soft_wrap=True)


def rows(trail: DynamoTrail, lead_ids: Iterable[str]) -> Iterator[dict[str, object]]:
    """The records of the leads as `COLUMNS`; `event` is the whole event, None where it was erased."""
    for lead_id in lead_ids:
        yield from (_row(lead_id, record) for record in trail.records(lead_id))


def as_jsonl(file: IO[str], rows: Iterable[dict[str, object]]) -> int:
    """One JSON object a line; how many."""
    written = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        written += 1
    return written


def as_csv(file: IO[str], rows: Iterable[dict[str, object]]) -> int:
    """A table with a heading (RFC 4180); cells that a spreadsheet would run are text. How many rows."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    written = 0
    for row in rows:
        event = json.dumps(row["event"], ensure_ascii=False) if row["event"] else ""
        writer.writerow([harmless(str(row[name])) for name in COLUMNS[:-1]] + [harmless(event)])
        written += 1
    return written


def harmless(cell: str) -> str:
    """The cell as text, whatever a spreadsheet makes of its first letter."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(lead_id: str, record: Record) -> dict[str, object]:
    event = json.loads(record.doc) if record.doc else None
    return {
        "lead_id": lead_id,
        "number": record.number,
        "at": event["at"] if event else "",
        "type": event["type"] if event else "erased",
        "event_id": record.event_id,
        "hash": record.hash,
        "event": event,
    }


_WRITERS = {".csv": as_csv, ".jsonl": as_jsonl}
