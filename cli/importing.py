"""`precall import`: leads from a CSV file, with a report on every row. What was imported before stays one lead."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.csv_rows import Row, Table, read
from cli.home import Problem
from precall.crm.port import MAX_ITEMS

MOST_BYTES = 50_000_000

Send = Callable[[list[dict[str, Any]]], dict[str, Any]]
"""Sends the payloads of at most 100 leads; the API's answer."""


@dataclass(frozen=True)
class Outcome:
    """What became of a row: its lead's id, or what is wrong with it. Neither of them: it is valid and was not sent."""

    line: int
    lead_id: str | None = None
    error: str | None = None


def table_in(file: Path) -> Table:
    """The table in a file; Problem when it cannot be read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Problem(f"{file} has more than {MOST_BYTES:,} bytes; split it")
        return read(file.read_bytes())
    except OSError as error:
        raise Problem(f"{file} cannot be read ({error.strerror})") from None


def send_rows(rows: Sequence[Row], source: str, send: Send | None) -> Iterator[Outcome]:
    """Every row's outcome, in the file's order; the valid ones go out in batches. Without `send` nothing is sent."""
    valid = [row for row in rows if row.payload is not None]
    sent: dict[int, Outcome] = {}
    for start in range(0, len(valid), MAX_ITEMS):
        part = valid[start : start + MAX_ITEMS]
        sent.update({one.line: one for one in _sent(part, source, send)})
    for row in rows:
        yield sent.get(row.line) or Outcome(row.line, error=row.error)


def write_report(file: Path, outcomes: Sequence[Outcome]) -> None:
    """The report as CSV; a text that a spreadsheet would compute is kept a text."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["line", "lead", "error"])
        writer.writerows([one.line, one.lead_id or "", _as_text(one.error or "")] for one in outcomes)


def _sent(part: Sequence[Row], source: str, send: Send | None) -> Iterator[Outcome]:
    if send is None:
        yield from (Outcome(row.line) for row in part)
        return
    answer = send([{"source": source, **(row.payload or {})} for row in part])
    wrong = {int(one["index"]): str(one["error"]) for one in answer.get("rejected", [])}
    accepted = iter(answer.get("accepted", []))
    for index, row in enumerate(part):
        if index in wrong:
            yield Outcome(row.line, error=wrong[index])
        else:
            yield Outcome(row.line, lead_id=str(next(accepted)["id"]))


def _as_text(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def run(file: Path, source: str, send: Send | None, report: Path | None, tell: Callable[[str], None]) -> bool:
    """Import a file and tell of every row that was not taken; whether all were."""
    table = table_in(file)
    if table.ignored:
        tell(f"Columns that are not known and left out: {', '.join(table.ignored)}")
    outcomes = list(send_rows(table.rows, source, send))
    wrong = [one for one in outcomes if one.error]
    for one in wrong:
        tell(f"line {one.line}: {one.error}")
    if report:
        write_report(report, outcomes)
    tell(f"{len(outcomes) - len(wrong)} leads {'sent' if send else 'are valid'}, {len(wrong)} rows to mend.")
    return not wrong
