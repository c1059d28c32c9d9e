"""What happens to a brief between colleagues."""

from __future__ import annotations

from datetime import date
from typing import Literal

from precall.clock import UtcDatetime
from precall.events.base import Event


class BriefShared(Event):
    """A link that shows the brief to a colleague, to read only, was made by `by` (a name); it works `until`."""

    business_key = ("share",)
    type: Literal["brief.shared"] = "brief.shared"
    research_id: str
    share: str
    by: str
    until: UtcDatetime


class ShareOpened(Event):
    """The brief was opened by such a link, by a person or a scanner; once a day (UTC) for each link."""

    business_key = ("share", "on")
    type: Literal["share.opened"] = "share.opened"
    share: str
    by: str
    on: date
