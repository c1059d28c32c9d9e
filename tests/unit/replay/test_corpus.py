from __future__ import annotations

import gzip
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import replay
from replay import Request, Web
from replay.corpus import Corpus, CorpusMissing
from replay.query import parse

JUNE = datetime(2022, 6, 1, tzinfo=UTC)
REAL = os.environ.get("PRECALL_DATA", "")


def _article(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "url": f"https://news{number}.example.org/story?id={number}",
        "title": f"Zandermill report {number} - Made Up News",
        "source": "Made Up News",
        "author": None,
        "description": "Zandermill mills rye & wheat.",
        "content": "Zandermill mills rye & wheat in…\r\nThree towns. [+812 chars]",
        "publishedAt": f"2022-01-{number:02}T08:00:00Z",
        "first_seen": f"2022-01-{number:02}T09:00:00Z",
    } | fields


STORY = {
    "objectID": "9001",
    "title": "Zandermill opens its data",
    "url": "https://zandermill.example.org/data",
    "points": 12,
    "num_comments": 2,
    "author": "miller",
    "created_at": "2022-01-05T10:00:00Z",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    late = _article(4, publishedAt="2022-01-04T08:00:00Z", first_seen="2022-01-20T08:00:00Z")
    shadow = _article(5, url="https://news.google.com/rss/search?q=shadow", title="Shadow")
    world = _article(6, url="https://tarnmoor.example/", title="Shadow of the world")
    _write(folder / "newsapi-replay/articles-2022-01.jsonl.gz", [*map(_article, (1, 2, 3)), late, shadow, world])
    _write(folder / "hn/stories.jsonl.gz", [STORY])
    return folder


def _write(file: Path, records: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))


@pytest.fixture(scope="module")
def web(folder: Path) -> Web:
    return replay.build(JUNE, folder)


def _titles(web: Web, text: str) -> list[str]:
    return [article.title for article in web.find_news(parse(text))]


def test_articles_are_found_as_of_a_date(web: Web) -> None:
    assert _titles(web, "zandermill report") == [f"Zandermill report {number}" for number in (4, 3, 2, 1)]
    assert _titles(web, "zandermill report before:2022-01-03") == ["Zandermill report 2", "Zandermill report 1"]
    assert "Zandermill report 4" not in _titles(web, "zandermill before:2022-01-20")
    assert _titles(web, "zandermill report after:2022-01-03 before:2022-01-10") == ["Zandermill report 3"]


def test_nothing_is_known_before_it_was_seen(folder: Path) -> None:
    web = replay.build(datetime(2022, 1, 2, 8, 30, tzinfo=UTC), folder)
    assert _titles(web, "zandermill") == ["Zandermill report 1"]
    assert replay.answer(Request("news2.example.org", "/story", "id=2"), web).status == 404


def test_an_article_has_a_page_without_the_tail(web: Web) -> None:
    answer = replay.answer(Request("news1.example.org", "/story", "id=1"), web)
    assert answer.status == 200
    page = answer.content.decode()
    assert "Zandermill mills rye &amp; wheat." in page
    assert "Three towns." in page
    assert "chars]" not in page
    assert "2022-01-01T08:00:00Z" in page


def test_google_and_hacker_news_answer_from_the_corpus_and_the_world(web: Web) -> None:
    feed = replay.answer(Request("news.google.com", "/rss/search", "q=zandermill+OR+%22Tarnmoor+Robotics%22"), web)
    sources = {item.text for item in ElementTree.fromstring(feed.content).iter("source")}
    assert {"Made Up News", "TideWire"} <= sources
    found = replay.answer(Request("hn.algolia.com", "/api/v1/search", "query=zandermill"), web)
    assert json.loads(found.content)["hits"][0]["objectID"] == "9001"


def test_a_corpus_cannot_shadow_a_source_or_the_world(web: Web) -> None:
    feed = replay.answer(Request("news.google.com", "/rss/search", "q=shadow"), web)
    assert feed.headers["Content-Type"].startswith("application/xml")
    home = replay.answer(Request("tarnmoor.example", "/"), web)
    assert b"Shadow" not in home.content


@pytest.mark.parametrize("create", [False, True])
def test_a_missing_folder_is_named(tmp_path: Path, create: bool) -> None:
    folder = tmp_path / "nothing"
    if create:
        folder.mkdir()
    with pytest.raises(CorpusMissing, match=str(folder)):
        Corpus(folder)


@pytest.mark.skipif(not REAL or not Path(REAL).is_dir(), reason="PRECALL_DATA names no folder with the real corpus")
def test_the_real_corpus_loads_and_answers_quickly() -> None:
    started = time.process_time()
    web = replay.build(JUNE, Path(REAL))
    assert time.process_time() - started < 8
    started = time.process_time()
    articles = web.find_news(parse('"Tesla" when:30d'))
    assert time.process_time() - started < 0.3
    assert articles
    assert all(article.seen <= JUNE for article in articles)
