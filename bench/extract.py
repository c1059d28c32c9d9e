"""Reading articles: text, dates, and speed beside others that do it.

Text: `aeb`, the article extraction benchmark, scored as its evaluate.py does: bags of 4-grams of words for each page,
the mean of the pages' precision and of their recall, and the F1 of the two means. Dates: `htmldate-eval`; right is the
day that the publisher states (in its own time zone), and an honest none is better than a wrong day. `trafilatura-eval`
is for information: segments of text that must be there, and others that must not, as its own evaluation counts.
Speed: whole pages, with date, author and address here, against the peers' text alone.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.archives import files_in, labels_in
from bench.extract_peers import peers
from bench.report import Figure, Report
from bench.shingles import Match, matched, precision_recall_f1
from collect.article import read_article
from collect.article_text import text_in
from collect.boilerplate import without_boilerplate
from collect.page_tree import tree_of
from precall.fetch import Page

TEXT_FLOOR, DATE_FLOOR, SPEED_FLOOR = 0.955, 0.93, 0.8
PEAK_LIMIT_MB = 450


def run(data: Path) -> Report:
    """All sets that are there."""
    report = Report("extract")
    for name, measure in (("aeb", _text), ("htmldate-eval", _dates), ("trafilatura-eval", _segments)):
        if (data / name / "html.tar.xz").is_file():
            measure(report, data / name)
        else:
            report.skipped.append(name)
    return report


def _text(report: Report, folder: Path) -> None:
    labels = labels_in(folder / "ground-truth.json.gz")
    bodies = _pages(folder)
    pages = {f"{name}.html": _at(truth.get("url", ""), bodies[f"{name}.html"]) for name, truth in labels.items()}
    found = [matched(truth["articleBody"], _article_text(pages[f"{name}.html"])) for name, truth in labels.items()]
    _add_text(report, "ours", found, TEXT_FLOOR)
    ours = _rate(lambda page: read_article(page, datetime.now(UTC)), list(pages.values()))
    report.figures.append(Figure("speed", "pages a second, ours with all facts", ours))
    report.figures.append(Figure("speed", "peak memory MB", _peak_mb(), limit=PEAK_LIMIT_MB))
    for name, extract in peers().items():
        if extract is None:
            report.skipped.append(f"{name} (not installed)")
            continue
        _add_text(
            report,
            name,
            [matched(truth["articleBody"], extract(pages[f"{key}.html"])) for key, truth in labels.items()],
        )
        theirs = _rate(extract, list(pages.values()))
        limit = SPEED_FLOOR if name == "trafilatura" else None
        report.figures.append(Figure("speed", f"ours to {name}", ours / theirs, limit=limit, keep="above"))


def _add_text(report: Report, name: str, found: list[Match], floor: float | None = None) -> None:
    precision, recall, f1 = precision_recall_f1(found)
    report.figures += [
        Figure("aeb", f"{name}: precision", precision),
        Figure("aeb", f"{name}: recall", recall),
        Figure("aeb", f"{name}: 4-gram F1", f1, limit=floor, keep="above"),
    ]


def _dates(report: Report, folder: Path) -> None:
    labels = labels_in(folder / "dates.json.gz")
    pages = _pages(folder)
    right = wrong = in_utc = 0
    for url, label in labels.items():
        found = read_article(_at(url, pages[label["file"]]), datetime.now(UTC)).published
        right += found is not None and found.dated.day.isoformat() == label["date"]
        wrong += found is not None and found.dated.day.isoformat() != label["date"]
        in_utc += found is not None and found.dated.at.date().isoformat() == label["date"]
    report.figures += [
        Figure("htmldate-eval", "right or honestly none", 1 - wrong / len(labels), limit=DATE_FLOOR, keep="above"),
        Figure("htmldate-eval", "right", right / len(labels)),
        Figure("htmldate-eval", "wrong", wrong / len(labels)),
        Figure("htmldate-eval", "right, by the day in UTC", in_utc / len(labels)),
    ]


def _segments(report: Report, folder: Path) -> None:
    labels = labels_in(folder / "evaldata.json.gz")
    pages = _pages(folder)
    kept = lost = taken = 0
    for url, label in labels.items():
        text = _article_text(_at(url, pages[label["file"]]))
        kept += sum(segment in text for segment in label["with"])
        lost += sum(segment not in text for segment in label["with"])
        taken += sum(segment in text for segment in label["without"])
    precision, recall = kept / (kept + taken), kept / (kept + lost)
    report.figures += [
        Figure("trafilatura-eval", "precision", precision),
        Figure("trafilatura-eval", "recall", recall),
        Figure("trafilatura-eval", "F1", statistics.harmonic_mean((precision, recall))),
    ]


def _pages(folder: Path) -> dict[str, Page]:
    bodies = files_in(folder / "html.tar.xz")
    return {
        path.rpartition("/")[2]: Page("", 200, {"content-type": "text/html"}, body) for path, body in bodies.items()
    }


def _at(url: str, page: Page) -> Page:
    return Page(url, page.status, page.headers, page.body)


def _article_text(page: Page) -> str:
    """The whole text; a mention keeps 20,000 characters of it."""
    tree = tree_of(page)
    return "" if tree is None else without_boilerplate(text_in(tree), next(_headings(tree), ""))


def _headings(tree: Any) -> Iterator[str]:
    for tag in tree.iter("h1"):
        yield tag.text_content()


def _rate(read: Callable[[Page], object], pages: list[Page]) -> float:
    """Pages a second of processor time, which other load disturbs least, the best of three rounds; each page is
    decoded anew."""
    best = 0.0
    for _ in range(3):
        fresh = [_at(page.url, page) for page in pages]
        began = time.process_time()
        for page in fresh:
            read(page)
        best = max(best, len(fresh) / (time.process_time() - began))
    return best


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
