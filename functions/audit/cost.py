"""What a lead's researches cost on AWS, told from its events: list prices of us-east-1, in US dollars.

`WITHOUT_WAITING` is what `python -m bench cost` measures of one research (collect, rank, brief, bus, queues, workflow,
API, the trail) less the time that collect runs, mostly waiting: that is known of each research, and priced by itself.
What is paid once a month (alarms, metrics, storage) is not in it. See docs/scale.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.table import Table
from precall.events import BriefSent, BriefUpdated, Event, MentionsCollected, RepNudged

WITHOUT_WAITING = 0.00029
"""US$ 0.39 for a thousand, of which 0.10 are for 7.7 s of collect each (November 2026)."""
GB_SECOND = 0.0000133334
"""One second of a Lambda on arm64 with 1,024 MB, which is what collect has."""
MAIL = 0.10 / 1000
"""SES, one mail."""
_MAILS = (BriefSent, BriefUpdated, RepNudged)


def cost_of(events: Sequence[Event]) -> Table:
    """A line for each thing that was paid for, and the sum; without lines where nothing was researched yet."""
    took = [event.took_ms / 1000 for event in events if isinstance(event, MentionsCollected)]
    mails = sum(isinstance(event, _MAILS) for event in events)
    lines = [
        (f"{len(took)} × research, without the time of asking sources", len(took) * WITHOUT_WAITING),
        (f"{sum(took):.1f} s of asking sources", sum(took) * GB_SECOND),
        (f"{mails} × mail", mails * MAIL),
    ]
    rows = [(what, f"{1000 * price:.3f}") for what, price in (*lines, ("Together", sum(price for _, price in lines)))]
    columns = ("What", "Thousandths of a US dollar")
    return Table("cost", "What it cost on AWS, at list prices", columns, rows if took else [], frozenset({1}))
