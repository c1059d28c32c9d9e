"""The settings in force, as a step reads them: each part is built and checked when it is asked for.

A step asks for three parts of twenty; to build all of them costs a cold start a fifth of what boto3 does. The whole was
checked when it was pushed.
"""

from __future__ import annotations

import json
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from precall.config.questions import Questions

if TYPE_CHECKING:
    from precall.config.whole import Config

_TEXT = "builtins.str"
PARTS = {
    "team": _TEXT,
    "reps": "precall.config.team.Reps",
    "managers": "precall.config.team.Managers",
    "seller": "precall.config.seller.Seller",
    "sender": _TEXT,
    "chat": "precall.chat_settings.AnyChat",
    "sources": "precall.config.sources.Sources",
    "collecting": "precall.config.sources.Collecting",
    "ranking": "precall.ranking_settings.Ranking",
    "retention": "precall.config.keeping.Retention",
    "mail": "precall.config.mailing.Mailing",
    "write_back": "precall.config.crm.WriteBack",
    "product_lines": "precall.product_lines.ProductLines",
    "crm_activities": "precall.crm_activities.CrmActivities",
    "outcomes": "precall.events.crm.Outcomes",
    "before_call": "precall.before_call.BeforeCall",
    "routing": "precall.routing_settings.Routing",
    "listening": "precall.listening_settings.Listening",
    "budget": "precall.budget.BudgetSettings",
    "holidays": "precall.routing_settings.Holidays",
    "markets": "precall.market.Markets",
    "checklists": "precall.config.checklist.Checklists",
}
"""Where each part's type is."""


class InForce(Questions):
    """What `Config` has, of the JSON `text` that it was stored as."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._given: dict[str, Any] = json.loads(text)

    def __getattr__(self, name: str) -> Any:
        if name not in PARTS:
            raise AttributeError(f"there is no setting {name}")
        part = _read(PARTS[name], self._given[name]) if name in self._given else getattr(self._whole, name)
        setattr(self, name, part)
        return part

    @cached_property
    def _whole(self) -> Config:
        """For a part that is newer than what is in force."""
        from precall.config.whole import Config

        return Config.model_validate_json(self._text)


def _read(kind: str, given: object) -> Any:
    module, _, name = kind.rpartition(".")
    return TypeAdapter(getattr(import_module(module), name)).validate_python(given)
