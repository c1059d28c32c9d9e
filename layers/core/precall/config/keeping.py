"""How long data is kept, in `precall.yaml`."""

from __future__ import annotations

from pydantic import Field

from precall.model._base import Model


class Retention(Model):
    """Days after which data goes. The trail outlives the content."""

    documents: int = Field(default=90, ge=1, le=3650)
    trail: int = Field(default=730, ge=1, le=3650)
