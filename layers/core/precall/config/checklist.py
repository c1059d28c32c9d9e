"""What a quote needs, in `precall.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from precall.model._base import Model
from precall.model.account import FactName


class ChecklistItem(Model):
    """A fact that a quote needs. `ask` is the question to the prospect, `fact` what answers it where it is known."""

    ask: str = Field(min_length=1, max_length=200)
    fact: FactName | None = None


Checklists = dict[str, Annotated[tuple[ChecklistItem, ...], Field(max_length=20)]]
