"""What is mailed beside briefs, in `precall.yaml`."""

from __future__ import annotations

from datetime import time as TimeOfDay  # noqa: N812
from typing import Literal

from pydantic import Field

from precall.model._base import Model
from precall.wall_clock import ClockTime


class Mailing(Model):
    """What is mailed beside briefs. `calendar`: each brings an entry of `call_minutes` for the call's slot. `agenda`:
    at `agenda_at` on the rep's clock, on the rep's working days, a mail with all of the day's calls. `digest`: at
    `digest_at` on each manager's clock, on Mondays or from Monday to Friday, how calls were prepared since the last."""

    calendar: bool = False
    call_minutes: int = Field(default=30, ge=5, le=240)
    agenda: bool = False
    agenda_at: ClockTime = TimeOfDay(7, 30)
    digest: Literal["none", "weekly", "daily"] = "none"
    digest_at: ClockTime = TimeOfDay(8, 0)
