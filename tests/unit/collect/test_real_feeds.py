"""Answers that real servers gave; they are not part of the project (`PRECALL_DATA`)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collect.feeds import read_feed
from collect.question import Question
from collect.sources import google_news
from precall.model import Account, Prospect
from tests.unit.collect.support import page

ROOT = Path(__file__).parents[3]
DATA = ROOT / os.environ.get("PRECALL_DATA", "../shared/data")
AS_OF = datetime(2026, 7, 14, 5, tzinfo=UTC)
QUESTION = Question(Prospect(account=Account(name="Bears Ears")), AS_OF, 30, AS_OF)
pytestmark = pytest.mark.skipif(not (DATA / "realfeeds").is_dir(), reason="PRECALL_DATA has no real feeds")


def test_every_item_of_a_real_google_news_answer_is_read() -> None:
    answer = page((DATA / "realfeeds/monument-watch/google_news.xml").read_bytes())
    batch = google_news.parse(answer, QUESTION)
    assert batch.flaw is None
    assert len(batch.mentions) == answer.text.count("<item>")
    assert not any(found.title.endswith(f" - {found.outlet_name}") for found in batch.mentions)
    assert all(found.published_at and "google" not in found.outlet for found in batch.mentions)
    assert len({found.id for found in batch.mentions}) == len(batch.mentions)


def test_a_real_wordpress_feed_carries_whole_texts() -> None:
    feed = read_feed(page((DATA / "realfeeds/monument-watch/org_feed.xml").read_bytes()))
    assert feed.flaw is None
    assert feed.language == "en"
    assert feed.entries
    assert all(len(entry.content) > 300 and entry.published_at for entry in feed.entries)
    assert not any("appeared first on" in entry.summary for entry in feed.entries)


def test_real_feeds_of_fifteen_years_give_dated_entries() -> None:
    bodies = [file.read_bytes() for file in sorted((DATA / "feedjira-feeds").glob("*.xml"))]
    feeds = [read_feed(page(body)) for body in bodies if b"<item" in body or b"<entry" in body]
    entries = [entry for feed in feeds for entry in feed.entries]
    assert sum(bool(feed.entries) for feed in feeds) >= len(feeds) - 1
    assert sum(feed.flaw is None for feed in feeds) >= 0.9 * len(feeds)
    assert sum(entry.published_at is not None for entry in entries) >= 0.98 * len(entries)
