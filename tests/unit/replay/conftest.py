from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

import replay
from replay import Answer, Request, Web

AS_OF = datetime(2026, 5, 20, 12, tzinfo=UTC)
Get = Callable[..., Answer]


@pytest.fixture(scope="session")
def web() -> Web:
    return replay.build(AS_OF)


@pytest.fixture(scope="session")
def get(web: Web) -> Get:
    """The answer to a URL, with headers as keywords."""

    def answer(url: str, **headers: str) -> Answer:
        parts = urlsplit(url)
        return replay.answer(Request(parts.netloc, parts.path or "/", parts.query, headers=headers), web)

    return answer
