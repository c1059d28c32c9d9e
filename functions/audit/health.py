"""How the sources answered, as a table."""

from __future__ import annotations

from audit.table import Table
from precall.figures import SourceCount, Tally

COLUMNS = ("Source", "Asked", "Answered", "Failed", "Median", "Slowest of 20", "Mentions", "Share of mentions")


def table(tally: Tally) -> Table:
    """A row for each source that was asked, those that fail most at the top."""
    whole = sum(source.mentions for source in tally.sources)
    ordered = sorted(tally.sources, key=lambda source: (-source.failed / max(1, source.asked), source.source))
    rows = [_row(source, whole) for source in ordered]
    return Table("sources", "Sources", COLUMNS, rows, frozenset(range(1, len(COLUMNS))))


def _row(source: SourceCount, whole: int) -> tuple[str, ...]:
    took = sorted(source.took_ms)
    return (
        source.source.replace("_", " "),
        str(source.asked),
        f"{(source.asked - source.failed) / source.asked:.0%}".replace("%", " %") if source.asked else "–",
        str(source.failed),
        _seconds(took[len(took) // 2]) if took else "–",
        _seconds(took[min(len(took) - 1, len(took) * 19 // 20)]) if took else "–",
        str(source.mentions),
        f"{source.mentions / whole:.0%}".replace("%", " %") if whole else "–",
    )


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.1f} s"
