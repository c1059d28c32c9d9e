"""A table as a page shows it and as CSV gives it: one source for both."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from audit.render import Answer

CSV = "text/csv; charset=utf-8"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a cell for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True)
class Table:
    """Headings and rows of cells; the first cell of a row names it. `numbers` are the columns that hold numbers."""

    name: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()

    def as_csv(self) -> Answer:
        """RFC 4180, with a heading; a cell that a spreadsheet would run is text."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(self.columns)
        writer.writerows([_harmless(cell) for cell in row] for row in self.rows)
        return Answer(
            200, file.getvalue(), CSV, extra={"Content-Disposition": f'attachment; filename="{self.name}.csv"'}
        )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
