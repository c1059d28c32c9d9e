"""The manager's settings for what CRMs tell that contacts did."""

from __future__ import annotations

from typing import Literal

from precall.model._base import Model
from precall.model.lead import Name

Deed = Literal["form", "reply", "meeting", "response"]
"""A form that was sent, a message that was answered, a meeting that took place, a campaign that was responded to."""


class CrmActivities(Model):
    """The kind of activity (`product_lines`) that each thing counts as which a CRM tells of a lead's contact; null
    counts it as none."""

    form: Name | None = "form"
    reply: Name | None = "reply"
    meeting: Name | None = "event"
    response: Name | None = "event"

    def kind(self, deed: Deed) -> str | None:
        """What a deed counts as."""
        kinds: dict[Deed, str | None] = {
            "form": self.form,
            "reply": self.reply,
            "meeting": self.meeting,
            "response": self.response,
        }
        return kinds[deed]
