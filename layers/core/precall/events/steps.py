"""The steps of a research on its way to a brief."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from precall.events.base import Event
from precall.model.call import Answered


class MentionsCollected(Event):
    """The sources were asked; `failed` names the ones that gave nothing because of an error."""

    business_key = ("research_id",)
    type: Literal["mentions.collected"] = "mentions.collected"
    research_id: str
    mentions: int
    asked: int
    answered: int
    failed: tuple[str, ...] = ()
    took_ms: int
    reports: tuple[Answered, ...] = ()


class StoriesRanked(Event):
    """The mentions became ranked stories."""

    business_key = ("research_id",)
    type: Literal["stories.ranked"] = "stories.ranked"
    research_id: str
    stories: int
    set_aside: dict[str, int] = Field(default_factory=dict)
