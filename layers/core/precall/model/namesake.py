"""Who is not meant."""

from __future__ import annotations

from precall.model._base import Model


class Namesake(Model):
    """Somebody or something else of the same name, to beware of: "Delta, river in Egypt"."""

    name: str
    description: str = ""
