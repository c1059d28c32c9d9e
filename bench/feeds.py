"""Reading feeds: what two feed parsers' own tests expect, real feeds without an error, and speed beside feedparser.

What applies: the title, link, date and author of entries, which is what a mention is made of. A feed's own fields,
sanitised markup, media and other extensions do not. Of an author only the name counts: an address is personal data
that Precall leaves out. Of several dates the date of publication counts, else the last change. Of several links the
page counts. Titles are compared as the text that a reader sees, links as absolute ones. Where a test has an entry that
is there only to show a field (with neither title nor link), that field is compared all the same.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import feedparser

from bench.archives import files_in
from bench.feed_cases import Case, feedparser_cases, gofeed_cases
from bench.report import Figure, Report
from collect.feed_parser import PLAIN
from collect.feeds import all_entries, read_feed
from precall.fetch import Page

FLOOR = 0.98
LEAST_RATIO = 0.9
ROUNDS = 3
_MOST = 1_000


def run(data: Path) -> Report:
    """Agreement, errors, speed."""
    report = Report("feeds")
    _agreement(report, "gofeed", data / "gofeed-testdata/gofeed-testdata.tar.xz", gofeed_cases)
    _agreement(report, "feedparser", data / "feedparser-tests/feedparser-tests.tar.xz", feedparser_cases)
    bodies = [path.read_bytes() for path in sorted((data / "feedjira-feeds").glob("*.xml"))]
    if bodies:
        _real(report, bodies)
        _speed(report, bodies)
    else:
        report.skipped.append("feedjira-feeds")
    return report


def page_of(body: bytes, url: str = "http://127.0.0.1:8097/feed") -> Page:
    """A feed as a server sends it that declares no charset."""
    return Page(url, 200, {"content-type": "application/xml"}, body)


def disagreements(cases: Iterable[Case]) -> Iterator[tuple[Case, str | None]]:
    """The cases that are not met, and what was read instead."""
    for case in cases:
        entries, _, _ = all_entries(page_of(case.body), _MOST)
        found = case.read(entries[case.index]) if case.index < len(entries) else None
        if not case.agrees(found):
            yield case, found


def _agreement(report: Report, name: str, archive: Path, cases_of: Callable[[dict[str, bytes]], list[Case]]) -> None:
    if not archive.is_file():
        report.skipped.append(name)
        return
    cases = cases_of(files_in(archive))
    missed = [case for case, _ in disagreements(cases)]
    for field in sorted({case.field for case in cases}):
        asked = sum(case.field == field for case in cases)
        right = asked - sum(case.field == field for case in missed)
        report.figures.append(Figure(name, f"{field} ({asked} cases)", right / asked))
    report.figures.append(Figure(name, "agreement", 1 - len(missed) / len(cases), limit=FLOOR, keep="above"))


def _real(report: Report, bodies: list[bytes]) -> None:
    errors = dated = authored = entries = 0
    for body in bodies:
        try:
            feed = read_feed(page_of(body), _MOST)
        except Exception:  # counted: that is what is measured
            errors += 1
            continue
        entries += len(feed.entries)
        dated += sum(entry.published_at is not None for entry in feed.entries)
        authored += sum(entry.author is not None for entry in feed.entries)
    report.figures += [
        Figure("feedjira-feeds", "files with an exception", errors, limit=0),
        Figure("feedjira-feeds", "entries", entries),
        Figure("feedjira-feeds", "share of entries with a date", dated / entries, limit=FLOOR, keep="above"),
        Figure("feedjira-feeds", "share of entries with an author", authored / entries),
    ]


def _speed(report: Report, bodies: list[bytes]) -> None:
    """Of each the best of three rounds, which is the least disturbed by other load."""
    pages = [page_of(body) for body in bodies]
    ours = _fastest(lambda: sum(len(all_entries(replace(page), _MOST)[0]) for page in pages))
    with patch.multiple("feedparser.api", **PLAIN):
        plain = _fastest(lambda: sum(len(feedparser.parse(io.BytesIO(body)).entries) for body in bodies))
    report.figures += [
        Figure("speed", "entries a second", ours),
        Figure("speed", "entries a second, plain feedparser", plain),
        Figure("speed", "ratio to plain feedparser", ours / plain, limit=LEAST_RATIO, keep="above"),
    ]


def _fastest(work: Callable[[], int]) -> float:
    best = 0.0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        best = max(best, work() / (time.perf_counter() - began))
    return best
