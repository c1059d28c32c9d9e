"""What all models have in common: frozen, and strict about unknown fields."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """An immutable value. Unknown fields are refused, so that a typing error never passes silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")
