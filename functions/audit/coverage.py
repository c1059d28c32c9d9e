"""Prep coverage as tables and a plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from audit.render import Answer, message
from audit.table import Table
from audit.trend import Dot, dots
from audit.words import STATES as NAMES
from precall.figures import STATES, Group, Share, by, middle, prepared, reasons, states, successes, week_of

_SHARES = ("Calls", "Prepared", "Share", "95 % interval", "Briefed", "Late", "Failed", "Missing")
_TIMES = ("Lead to brief", "Brief to call")


@dataclass(frozen=True)
class Coverage:
    """What the page shows: the whole, the trend, and the tables by name."""

    whole: Share
    whole_text: str
    dots: Sequence[Dot]
    tables: Mapping[str, Table]


def of(days: Mapping[date, Sequence[Group]], weeks: int, now: datetime, names: Mapping[str, str]) -> Coverage:
    """The figures of the days' groups over `weeks` up to now; `names` are the reps' by address."""
    every = [group for groups in days.values() for group in groups]
    trend = _weeks(days, weeks, now)
    tables = (
        _shares("by-rep", "By rep", "Rep", by(every, lambda group: names.get(group.rep, group.rep))),
        _shares("by-source", "By what brought the lead", "Source", by(every, lambda group: group.source)),
        _shares("by-week", "By week", "Week of", {f"{week:%d %b %Y}": groups for week, groups in trend}),
        _reasons(every),
        _outcomes(every),
    )
    shares = [(week, prepared(groups)) for week, groups in trend]
    return Coverage(prepared(every), percent(prepared(every)), dots(shares), {table.name: table for table in tables})


def csv_of(shown: Coverage, name: str) -> Answer:
    """One of the tables as CSV."""
    if name not in shown.tables:
        return message(404, "There is no such table", f"Name one of {', '.join(shown.tables)}.")
    return shown.tables[name].as_csv()


def percent(share: Share) -> str:
    """ "63 %"; a dash for nothing."""
    return "–" if share.value is None else f"{share.value:.0%}".replace("%", " %")


def _weeks(days: Mapping[date, Sequence[Group]], weeks: int, now: datetime) -> list[tuple[date, list[Group]]]:
    last = week_of(now.date())
    found = {last - timedelta(weeks=back): list[Group]() for back in range(weeks - 1, -1, -1)}
    for day, groups in days.items():
        found.setdefault(week_of(day), []).extend(groups)
    return sorted(found.items())


def _shares(name: str, caption: str, first: str, parts: Mapping[str, Sequence[Group]]) -> Table:
    rows = [(label, *_row(groups)) for label, groups in parts.items()]
    columns = (first, *_SHARES, *_TIMES)
    return Table(name, caption, columns, rows, frozenset(range(1, len(columns))))


def _row(groups: Sequence[Group]) -> tuple[str, ...]:
    share, counted = prepared(groups), states(groups)
    numbers = (str(counted[state]) for state in STATES[1:5])
    to_brief = middle(minutes for group in groups for minutes in group.to_brief)
    to_call = middle(minutes for group in groups for minutes in group.to_call)
    return (
        str(share.whole),
        str(share.part),
        percent(share),
        _interval(share),
        *numbers,
        _span(to_brief),
        _span(to_call),
    )


def _interval(share: Share) -> str:
    return f"{share.interval[0] * 100:.0f}–{share.interval[1] * 100:.0f} %" if share.interval else "–"


def _span(minutes: float | None) -> str:
    """The median as people say it."""
    if minutes is None:
        return "–"
    return (
        f"{minutes:.0f} min"
        if minutes < 120
        else f"{minutes / 60:.0f} h"
        if minutes < 2880
        else f"{minutes / 1440:.0f} days"
    )


def _reasons(groups: Sequence[Group]) -> Table:
    rows = [(reason, NAMES[state], str(number)) for state, reason, number in reasons(groups)[:20]]
    return Table("reasons", "Why calls were late, failed or missing", ("Reason", "Prep", "Calls"), rows, frozenset({2}))


def _outcomes(groups: Sequence[Group]) -> Table:
    told = successes(groups)
    rows = [
        (label, str(told[was].whole), str(told[was].part), percent(told[was]), _interval(told[was]))
        for was, label in ((True, "Prepared"), (False, "Not prepared"))
    ]
    columns = ("Calls with a known outcome", "Calls", "Reached or better", "Share", "95 % interval")
    return Table("outcomes", "What came of the calls", columns, rows, frozenset(range(1, 5)))
