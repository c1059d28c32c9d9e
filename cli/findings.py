"""What `precall doctor` finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "doubtful", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `fix` where it is not good."""

    state: State
    said: str
    fix: str = ""
