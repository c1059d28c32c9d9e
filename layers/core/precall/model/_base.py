"""What all models have in common: frozen, strict about unknown fields, and built when they are used first."""

from __future__ import annotations

from threading import RLock
from typing import Any

from pydantic import BaseModel, ConfigDict

_BUILDING = RLock()


class Model(BaseModel):
    """An immutable value. Unknown fields are refused, so that a typing error never passes silently.

    The text of a validation error never shows the input: it may be about a person, and ends in a log.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    @classmethod
    def model_rebuild(cls, *, _parent_namespace_depth: int = 2, **given: Any) -> bool | None:
        """See pydantic. Built once, also where threads use it first at the same time: pydantic has no lock."""
        with _BUILDING:
            return super().model_rebuild(_parent_namespace_depth=_parent_namespace_depth + 1, **given)
