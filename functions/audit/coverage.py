"""Prep coverage as tables and a plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from audit.render import Answer, message
from audit.table import Table
from audit.trend import Dot, dots
from audit.words import STATES as NAMES
from precall.figures import Share, interval, middle, percent, prepared, reasons, span, successes, week_of
from precall.tally import Group, Tally, by_rep, by_source, summed

_SHARES = ("Calls", "Prepared", "Share", "95 % interval", "Briefed", "Late", "Failed", "Missing")
_TIMES = ("Lead to brief", "Brief to call")


@dataclass(frozen=True)
class Coverage:
    """What the page shows: the whole, the trend, and the tables by name."""

    whole: Share
    whole_text: str
    dots: Sequence[Dot]
    tables: Mapping[str, Table]


def of(counted: Mapping[date, Tally], weeks: int, now: datetime, names: Mapping[str, str]) -> Coverage:
    """The figures of each week's groups, or margins (by its Monday), over `weeks` up to now; `names` are the reps' by
    address."""
    every = [group for tally in counted.values() for group in tally.groups]
    trend = {
        monday: summed(g for g in counted.get(monday, Tally()).groups if g.source) for monday in _mondays(weeks, now)
    }
    of_reps = {names.get(rep, rep): summed(groups) for rep, groups in by_rep(every).items()}
    of_sources = {source: summed(groups) for source, groups in by_source(every).items()}
    whole = summed(of_sources.values())
    tables = (
        _shares("by-rep", "By rep", "Rep", dict(sorted(of_reps.items()))),
        _shares("by-source", "By what brought the lead", "Source", of_sources),
        _shares("by-week", "By week", "Week of", {f"{monday:%d %b %Y}": week for monday, week in trend.items()}),
        _reasons(whole),
        _outcomes(whole),
    )
    shares = [(monday, prepared(week)) for monday, week in trend.items()]
    share = prepared(whole)
    return Coverage(share, percent(share), dots(shares), {table.name: table for table in tables})


def csv_of(shown: Coverage, name: str) -> Answer:
    """One of the tables as CSV."""
    if name not in shown.tables:
        return message(404, "There is no such table", f"Name one of {', '.join(shown.tables)}.")
    return shown.tables[name].as_csv()


def _mondays(weeks: int, now: datetime) -> list[date]:
    last = week_of(now.date())
    return [last - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]


def _shares(name: str, caption: str, first: str, parts: Mapping[str, Group]) -> Table:
    rows = [(label, *_row(group)) for label, group in parts.items()]
    columns = (first, *_SHARES, *_TIMES)
    return Table(name, caption, columns, rows, frozenset(range(1, len(columns))))


def _row(group: Group) -> tuple[str, ...]:
    share = prepared(group)
    return (
        str(share.whole),
        str(share.part),
        percent(share),
        interval(share),
        *map(str, group.states[1:]),
        span(middle(group.to_brief)),
        span(middle(group.to_call)),
    )


def _reasons(group: Group) -> Table:
    rows = [(reason, NAMES[state], str(number)) for state, reason, number in reasons(group)[:20]]
    return Table("reasons", "Why calls were late, failed or missing", ("Reason", "Prep", "Calls"), rows, frozenset({2}))


def _outcomes(group: Group) -> Table:
    told = successes(group)
    rows = [
        (label, str(told[was].whole), str(told[was].part), percent(told[was]), interval(told[was]))
        for was, label in ((True, "Prepared"), (False, "Not prepared"))
    ]
    columns = ("Calls with a known outcome", "Calls", "Reached or better", "Share", "95 % interval")
    return Table("outcomes", "What came of the calls", columns, rows, frozenset(range(1, 5)))
