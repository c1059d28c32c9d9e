"""Times as people write them, on a wall clock."""

from __future__ import annotations

from datetime import time as TimeOfDay  # noqa: N812
from typing import Annotated

from pydantic import BeforeValidator


def _as_people_write_it(value: object) -> object:
    """9:00 is 09:00; and YAML 1.1 reads an unquoted 17:30 as 1050 (17 × 60 + 30), which is still 17:30."""
    if isinstance(value, int) and 0 <= value < 24 * 60:
        return TimeOfDay(value // 60, value % 60)
    return f"0{value}" if isinstance(value, str) and value[1:2] == ":" else value


ClockTime = Annotated[TimeOfDay, BeforeValidator(_as_people_write_it)]
