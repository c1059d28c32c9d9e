"""The manager's settings for leads that arise from activities."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from precall.model._base import Model
from precall.model.lead import Name

ANY = "any"
"""The product line of activities that name none, or one that has no settings of its own."""

Score = Annotated[float, Field(ge=0, le=1000)]


def _usual() -> dict[Name, Score]:
    return {"form": 10, "download": 5, "event": 8, "reply": 6, "follow": 2, "mention": 2, "page": 1}


class ProductLine(Model):
    """When activities at an account become a lead.

    An activity counts `scores[kind]`, and half of it after each `half_life_days` (its age in whole days). When the sum
    reaches `threshold`, a lead is made of them; for `cool_down_days` after it there is no other from this account in
    this product line.
    """

    scores: Annotated[dict[Name, Score], Field(max_length=50)] = Field(default_factory=_usual)
    half_life_days: float = Field(default=14, gt=0, le=3650)
    threshold: float = Field(default=20, gt=0, le=100_000)
    cool_down_days: float = Field(default=30, ge=0, le=3650)


ProductLines = dict[str, ProductLine]
