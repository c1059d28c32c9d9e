"""A door that opens on written answers and remembers what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from precall.fetch import Door, HttpStatus, Page


class WatchedDoor(Door):
    """Answers a URL by the first of `answers` whose name it contains: a body, or a status; 404 without one."""

    def __init__(self, answers: Mapping[str, str | int]) -> None:
        super().__init__(user_agent="test")
        self.answers = answers
        self.asked: list[str] = []

    async def get(self, url: str, *, params: Mapping[str, str] | None = None, **options: Any) -> Page:
        """The written answer."""
        asked = str(httpx.URL(url).copy_merge_params(dict(params or {})))
        self.asked.append(asked)
        found = next((answer for name, answer in self.answers.items() if name in asked), 404)
        if isinstance(found, int):
            raise HttpStatus(found)
        return Page(asked, 200, {"content-type": ""}, found.encode())
