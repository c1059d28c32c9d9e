"""What all models have in common: frozen, and strict about unknown fields."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """An immutable value. Unknown fields are refused, so that a typing error never passes silently.

    The text of a validation error never shows the input: it may be about a person, and ends in a log.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
