"""What an account's brief quoted, as it is kept with the account."""

from __future__ import annotations

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.signal_kind import SignalKind

LONGEST = 300


class Snippet(Model):
    """Words of a source, verbatim, and where they stand; an incident has the kind of event that it tells (`signal`)."""

    text: str = Field(max_length=LONGEST)
    url: str
    outlet: str
    published_at: UtcDatetime | None = None
    signal: SignalKind | None = None
