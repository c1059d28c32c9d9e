"""Who is calling, in `precall.yaml`."""

from __future__ import annotations

from pydantic import Field

from precall.model._base import Model


class Seller(Model):
    """Who is calling: what the brief is read for."""

    name: str = Field(min_length=1, max_length=120)
    offers: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
