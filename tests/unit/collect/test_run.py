"""All sources at once: what arrived in time is used, what failed is reported, nothing is raised."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from datetime import timedelta

import httpx

from collect.batch import Batch
from collect.question import Question
from collect.run import collect
from collect.sources import SOURCES
from precall.config import Sources, SourceSwitch
from precall.fetch import Door, HttpStatus
from precall.model import Mention, SourceReport, SourceState
from tests.unit.collect.support import AS_OF, about, mention
from tests.unit.fetch.web import FakeWeb


class Scripted:
    """A source that does as told: (seconds to wait, batch or error) one after the other."""

    waits = False

    def __init__(self, name: str, *steps: tuple[float, Batch | Exception], lacking: str | None = None) -> None:
        self.name = name
        self.label = name.title()
        self.steps = steps
        self.lacking = lacking
        self.closed = False

    def lacks(self, question: Question) -> str | None:
        return self.lacking

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        try:
            for wait, result in self.steps:
                await asyncio.sleep(wait)
                if isinstance(result, Exception):
                    raise result
                yield result
        finally:
            self.closed = True


async def run(
    *sources: Scripted, deadline: float = 5.0, **switches: SourceSwitch
) -> tuple[tuple[Mention, ...], dict[str, SourceReport]]:
    given = {name: {"deadline": deadline} for name in Sources.model_fields}
    given |= {name: switch.model_dump() for name, switch in switches.items()}
    async with FakeWeb(lambda request: httpx.Response(404)).door() as door:
        mentions, reports = await collect(about(), sources, door, Sources.model_validate(given))
    return mentions, {report.source: report for report in reports}


def one(url: str = "https://a.com/1", **fields: object) -> Batch:
    return Batch((mention(url, **fields),))


async def test_everybody_is_asked_at_once() -> None:
    names = list(Sources.model_fields)
    began = time.monotonic()
    mentions, reports = await run(*(Scripted(name, (0.2, one(f"https://{name}.com/", title=name))) for name in names))
    assert time.monotonic() - began < 0.2 + 0.15
    assert len(mentions) == len(names)
    assert {report.state for report in reports.values()} == {SourceState.ANSWERED}
    assert all(report.took_ms >= 200 for report in reports.values())


async def test_what_arrived_before_the_deadline_is_kept() -> None:
    slow = Scripted("site", (0, one()), (60, one("https://a.com/2")))
    mentions, reports = await run(slow, deadline=0.1)
    assert [found.url for found in mentions] == ["https://a.com/1"]
    assert reports["site"].state == SourceState.PARTIAL
    assert reports["site"].reason == "gave no complete answer within 0.1 s"
    assert slow.closed


async def test_a_source_that_never_answers_fails_alone() -> None:
    mentions, reports = await run(Scripted("site", (60, one())), Scripted("bing_news", (0, one())), deadline=0.1)
    assert len(mentions) == 1
    assert reports["site"].state == SourceState.FAILED
    assert reports["bing_news"].state == SourceState.ANSWERED


async def test_errors_are_reports() -> None:
    mentions, reports = await run(
        Scripted("site", (0, HttpStatus(503))),
        Scripted("google_news", (0, one()), (0, KeyError("secret value"))),
        Scripted("bing_news", (0, Batch(flaw="the feed is an HTML page"))),
        Scripted("hacker_news", (0, Batch())),
    )
    assert len(mentions) == 1
    assert (reports["site"].state, reports["site"].reason) == (SourceState.FAILED, "answered with HTTP status 503")
    assert (reports["google_news"].state, reports["google_news"].reason) == (
        SourceState.PARTIAL,
        "could not be read (KeyError)",
    )
    assert reports["bing_news"].state == SourceState.FAILED
    assert (reports["hacker_news"].state, reports["hacker_news"].reason) == (SourceState.ANSWERED, None)


async def test_one_of_two_searches_that_fails_makes_it_partial() -> None:
    _, reports = await run(Scripted("google_news", (0, Batch()), (0, Batch(flaw="answered with HTTP status 429"))))
    assert reports["google_news"].state == SourceState.PARTIAL


async def test_sources_that_are_off_or_lack_something_are_skipped() -> None:
    _, reports = await run(
        Scripted("site", (0, one()), lacking="the lead has no domain"),
        Scripted("google_news", (0, one())),
        google_news=SourceSwitch(on=False),
    )
    assert (reports["site"].state, reports["site"].reason) == (SourceState.SKIPPED, "the lead has no domain")
    assert (reports["google_news"].state, reports["google_news"].reason) == (
        SourceState.SKIPPED,
        "switched off in precall.yaml",
    )


async def test_only_the_window_is_told_and_the_undated_stay_undated() -> None:
    dates = {
        "after": AS_OF + timedelta(seconds=1),
        "now": AS_OF,
        "edge": AS_OF - timedelta(days=30),
        "before": AS_OF - timedelta(days=30, seconds=1),
        "undated": None,
    }
    batch = Batch(tuple(mention(f"https://a.com/{t}", title=t, published_at=at) for t, at in dates.items()))
    mentions, reports = await run(Scripted("site", (0, batch)))
    assert [found.title for found in mentions] == ["now", "edge", "undated"]
    assert reports["site"].mentions == 3


async def test_a_source_gives_no_more_than_the_limit_and_the_newest() -> None:
    batch = Batch(
        tuple(mention(f"https://a.com/{n}", title=f"t{n}", published_at=AS_OF - timedelta(hours=n)) for n in range(150))
    )
    mentions, _ = await run(Scripted("site", (0, batch)))
    assert len(mentions) == 100
    assert mentions[0].title == "t0"


async def test_a_later_batch_knows_better() -> None:
    mentions, _ = await run(Scripted("site", (0, one(text="")), (0, one(text="Whole.", text_origin="article"))))
    assert [found.text for found in mentions] == ["Whole."]


def test_every_source_has_a_switch_and_a_label() -> None:
    names = [source.name for source in SOURCES]
    assert names == [name for name in Sources.model_fields if name in names]
    assert all(source.label for source in SOURCES)
