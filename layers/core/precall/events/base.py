"""What every event has in common."""

from __future__ import annotations

from typing import ClassVar, Literal

from precall.clock import UtcDatetime
from precall.ids import derived_id
from precall.model._base import Model


class Event(Model):
    """Common to all events. `business_key` names the fields that, with `lead_id`, make the event unique."""

    business_key: ClassVar[tuple[str, ...]] = ()

    version: Literal[1] = 1
    type: str
    lead_id: str
    correlation_id: str
    at: UtcDatetime

    @property
    def id(self) -> str:
        """Derived from type, lead and business key: equal for every publication of the same happening."""
        return self.id_of(self.lead_id, *(getattr(self, name) for name in self.business_key))

    @classmethod
    def id_of(cls, lead_id: str, *business_key: object) -> str:
        """The id that such an event has."""
        return derived_id(cls.model_fields["type"].default, lead_id, *map(str, business_key))
