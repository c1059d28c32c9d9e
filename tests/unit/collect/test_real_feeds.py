"""Answers that real servers gave; they are not part of the project (`PRECALL_DATA`)."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collect.feeds import read_feed
from collect.question import Question
from collect.sources import google_news, mastodon, youtube
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


def test_every_status_of_real_mastodon_answers_is_read() -> None:
    answers = [json.loads(file.read_bytes()) for file in sorted((DATA / "realfeeds/mastodon").glob("*.json"))]
    lists = [told for told in answers if isinstance(told["body"], list) or "statuses" in told["body"]]
    everything = Question(Prospect(account=Account(name="Toot", aliases=("hoot", "television"))), AS_OF, 30, AS_OF)
    batches = [mastodon.parse(page(json.dumps(told["body"]), url=told["_url"]), everything) for told in lists]
    found = [mention for batch in batches for mention in batch.mentions]
    assert [batch.flaw for batch in batches] == [None] * len(lists)
    assert found
    assert all(mention.published_at and "@" in mention.outlet and mention.title for mention in found)


def test_every_video_of_a_real_channel_is_read() -> None:
    answer = page((DATA / "feedjira-feeds/youtube_atom.xml").read_bytes())
    batch = youtube.parse(answer, QUESTION)
    assert batch.flaw is None
    assert len(batch.mentions) == answer.text.count("<entry>")
    assert all(found.published_at and found.engagement and found.engagement.points for found in batch.mentions)
