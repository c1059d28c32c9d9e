"""How the sources answered, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from audit.table import Table
from precall.source_tally import BOUNDS_MS, SourceCount

COLUMNS = ("Source", "Asked", "Answered", "Failed", "Half within", "19 of 20 within", "Mentions", "Share of mentions")


def table(sources: Sequence[SourceCount]) -> Table:
    """A row for each source that was asked, those that fail most at the top."""
    whole = sum(source.mentions for source in sources)
    ordered = sorted(sources, key=lambda source: (-source.failed / max(1, source.asked), source.source))
    rows = [_row(source, whole) for source in ordered]
    return Table("sources", "By source", COLUMNS, rows, frozenset(range(1, len(COLUMNS))))


def _row(source: SourceCount, whole: int) -> tuple[str, ...]:
    return (
        source.source.replace("_", " "),
        str(source.asked),
        f"{(source.asked - source.failed) / source.asked:.0%}".replace("%", " %") if source.asked else "–",
        str(source.failed),
        _seconds(source.quantile_ms(0.5), source),
        _seconds(source.quantile_ms(0.95), source),
        str(source.mentions),
        f"{source.mentions / whole:.0%}".replace("%", " %") if whole else "–",
    )


def _seconds(bound: int | None, source: SourceCount) -> str:
    if bound is None:
        return f"more than {BOUNDS_MS[-1] / 1000:.0f} s" if sum(source.within) else "–"
    return f"≤ {bound / 1000:g} s"
