"""The calls of a day, in the order of their times, with how their preparation stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from audit.table import Table
from audit.words import STATES
from precall.clock import for_people
from precall.model.call import Call

_ORDER = ("failed", "missing", "late", "preparing", "briefed", "acknowledged")


@dataclass(frozen=True)
class Line:
    """A call as the page shows it."""

    call: Call
    state: str
    name: str
    when: str
    clock: str
    over: bool
    note: str


@dataclass(frozen=True)
class Ahead:
    """A day's calls, those ahead and those that are over, and how many there are of each state."""

    ahead: Sequence[Line]
    over: Sequence[Line]
    counts: Sequence[tuple[str, str, int]]

    def table(self) -> Table:
        """All of them as a table."""
        columns = ("Call", "Time zone", "Prospect", "Contact", "Rep", "Prep", "Note", "Source", "Lead")
        rows = [
            (
                line.call.call_at.isoformat(),
                line.call.time_zone,
                line.call.who,
                line.call.contact or "",
                line.call.rep_name,
                line.name,
                line.note,
                line.call.source or "",
                line.call.lead_id,
            )
            for line in (*self.ahead, *self.over)
        ]
        return Table("calls", "Calls of the day", columns, rows)


def ahead(calls: Sequence[Call], now: datetime, filters: Mapping[str, str]) -> Ahead:
    """The calls that `rep` and `state` in the filters leave; the counts are of the rep's whole day."""
    of_rep = [call for call in calls if filters.get("rep", "") in ("", call.rep)]
    lines = [_line(call, now) for call in sorted(of_rep, key=lambda call: (call.call_at, call.lead_id))]
    counted = Counter(line.state for line in lines)
    shown = [line for line in lines if filters.get("state", "") in ("", line.state)]
    return Ahead(
        ahead=[line for line in shown if not line.over],
        over=[line for line in shown if line.over],
        counts=[(state, STATES[state], counted[state]) for state in _ORDER if counted[state]],
    )


def _line(call: Call, now: datetime) -> Line:
    state = call.state_at(now)
    return Line(
        call=call,
        state=state,
        name=STATES[state],
        when=for_people(call.call_at, call.time_zone),
        clock=f"{call.call_at.astimezone(ZoneInfo(call.time_zone)):%H:%M %Z}",
        over=call.call_at <= now,
        note=_note(call),
    )


def _note(call: Call) -> str:
    if call.reason:
        return call.reason
    if call.prepared_at and call.prepared:
        return f"read {_before(call.prepared_at, call)}"
    return f"sent {_before(call.brief_at, call)}" if call.brief_at and call.state == "briefed" else ""


def _before(moment: datetime, call: Call) -> str:
    minutes = max(0, int((call.call_at - moment).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min before the call"
    return f"{minutes // 60} h before the call" if minutes < 48 * 60 else f"{minutes // 1440} days before the call"
