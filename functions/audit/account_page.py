"""One account's touches: by contact, by week, and each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from audit.table import Table
from precall.clock import for_people
from precall.figures import week_of
from precall.touches import Touch

WEEKS = 26
WIDTH, HEIGHT = 624, 96
WAYS = {"in": "from them", "out": "from us", "both": "a call that reached them"}
_TREND = timedelta(weeks=4)


@dataclass(frozen=True)
class Bar:
    """A week in the plot: `height` of all its touches, `theirs` of those that came from them."""

    x: float
    height: float
    theirs: float
    title: str


@dataclass(frozen=True)
class Account:
    """What the page shows."""

    total: int
    trend: str
    bars: Sequence[Bar]
    tables: Mapping[str, Table]


def of(touches: Sequence[Touch], names: Mapping[str, str], now: datetime, zone: str) -> Account:
    """The page of an account with these touches, the newest first; `names` are the reps' by address. Opens count for
    nothing: they stand in the list, marked."""
    sure = [touch for touch in touches if touch.sure]
    weeks = _by_week(sure, now, zone)
    tables = (_contacts(sure, now, zone), _weeks(weeks), _each(touches, names, zone))
    return Account(len(sure), signed(_trend(sure, now)), _bars(weeks), {table.name: table for table in tables})


def signed(number: int) -> str:
    """ "+3", "−2", "0"."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


def _trend(touches: Sequence[Touch], now: datetime) -> int:
    """The last four weeks' touches less those of the four before."""
    ages = [now - touch.at for touch in touches]
    return sum(age < _TREND for age in ages) - sum(_TREND <= age < 2 * _TREND for age in ages)


def _contacts(touches: Sequence[Touch], now: datetime, zone: str) -> Table:
    found: dict[str, list[Touch]] = {}
    for touch in touches:
        found.setdefault(touch.contact or "nobody by name", []).append(touch)
    rows = [_contact(name, some, now, zone) for name, some in found.items()]
    columns = ("Contact", "From them", "From us", "Calls that reached them", "Last", "Trend of four weeks")
    return Table("contacts", "By contact", columns, rows, frozenset({1, 2, 3, 5}))


def _contact(name: str, touches: Sequence[Touch], now: datetime, zone: str) -> tuple[str, ...]:
    ways = Counter(touch.way for touch in touches)
    last = for_people(max(touch.at for touch in touches), zone)
    return (name, *(str(ways[way]) for way in ("in", "out", "both")), last, signed(_trend(touches, now)))


def _by_week(touches: Sequence[Touch], now: datetime, zone: str) -> dict[date, Counter[str]]:
    local = ZoneInfo(zone)
    last = week_of(now.astimezone(local).date())
    weeks = {last - timedelta(weeks=back): Counter[str]() for back in range(WEEKS - 1, -1, -1)}
    for touch in touches:
        week = week_of(touch.at.astimezone(local).date())
        if week in weeks:
            weeks[week][touch.way] += 1
    return weeks


def _weeks(weeks: Mapping[date, Counter[str]]) -> Table:
    rows = [
        (f"{week:%d %b %Y}", *(str(ways[way]) for way in ("in", "out", "both")), str(ways.total()))
        for week, ways in reversed(list(weeks.items()))
        if ways
    ]
    columns = ("Week of", "From them", "From us", "Calls that reached them", "Touches")
    return Table("weeks", "By week", columns, rows, frozenset({1, 2, 3, 4}))


def _bars(weeks: Mapping[date, Counter[str]]) -> list[Bar]:
    most = max((ways.total() for ways in weeks.values()), default=0) or 1
    step = WIDTH / len(weeks)
    return [
        Bar(
            x=round(number * step, 1),
            height=round(HEIGHT * ways.total() / most, 1),
            theirs=round(HEIGHT * (ways["in"] + ways["both"]) / most, 1),
            title=f"Week of {week:%d %b %Y}: {ways['in'] + ways['both']} from them, {ways['out']} from us",
        )
        for number, (week, ways) in enumerate(weeks.items())
    ]


def _each(touches: Sequence[Touch], names: Mapping[str, str], zone: str) -> Table:
    rows = [
        (
            for_people(touch.at, zone),
            WAYS[touch.way],
            touch.what,
            touch.contact or "",
            names.get(touch.rep or "", touch.rep or ""),
            "" if touch.sure else "unreliable: a machine may have done it",
        )
        for touch in touches
    ]
    return Table("touches", "Every touch", ("When", "Way", "What", "Contact", "Rep", "Note"), rows)
