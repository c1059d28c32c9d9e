"""A host that takes as long as its name says."""

from __future__ import annotations

import pytest

from replay.hosts.latency import ITEMS
from replay.message import Request
from replay.web import Web, answer


@pytest.mark.parametrize(("host", "delay"), [("50ms.latency.example", 0.05), ("1500ms.latency.example", 1.5)])
def test_the_feed_comes_after_as_long_as_the_host_says(web: Web, host: str, delay: float) -> None:
    given = answer(Request(host), web)
    assert (given.status, given.delay) == (200, delay)
    assert given.content.count(b"<item>") == ITEMS


@pytest.mark.parametrize(("host", "path"), [("soon.latency.example", "/"), ("50ms.latency.example", "/robots.txt")])
def test_the_rest_is_not_there_and_that_is_said_at_once(web: Web, host: str, path: str) -> None:
    given = answer(Request(host, path), web)
    assert (given.status, given.delay) == (404, 0)
