"""All sources at once: what arrived in time is used, what failed is reported, nothing is raised."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from collect.batch import Batch
from collect.question import Question
from collect.run import Findings, collect
from collect.sources import SOURCES
from precall.config import Collecting, Sources, SourceSwitch
from precall.fetch import Door, HttpStatus
from precall.model import AccountFact, AccountProfile, Handle, Kind, Mention, SourceReport, SourceState
from tests.unit.collect.support import AS_OF, about, mention
from tests.unit.fetch.web import FakeWeb


class Scripted:
    """A source that does as told: (seconds to wait, batch or error) one after the other."""

    waits = False
    resolves = False

    def __init__(self, name: str, *steps: tuple[float, Batch | Exception], lacking: str | None = None) -> None:
        self.name = name
        self.label = name.title()
        self.steps = steps
        self.lacking = lacking
        self.closed = False
        self.asked: list[AccountProfile] = []

    def lacks(self, question: Question) -> str | None:
        return self.lacking

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        self.asked.append(question.profile)
        try:
            for wait, result in self.steps:
                await asyncio.sleep(wait)
                if isinstance(result, Exception):
                    raise result
                yield result
        finally:
            self.closed = True


class Waiting(Scripted):
    """A source that needs the account's channel."""

    waits = True

    def lacks(self, question: Question) -> str | None:
        return None if question.profile.handles_on("youtube") else "no channel is known"


class Telling(Scripted):
    """A source whose batches tell who the account is."""

    resolves = True


async def find(*sources: Scripted, profile: AccountProfile | None = None, **pace: float) -> Findings:
    question = replace(about(), profile=profile or AccountProfile())
    async with FakeWeb(lambda request: httpx.Response(404)).door() as door:
        return await collect(question, sources, door, Collecting(reading=0, **pace))


async def run(
    *sources: Scripted, deadline: float = 5.0, **switches: SourceSwitch
) -> tuple[tuple[Mention, ...], dict[str, SourceReport]]:
    given: dict[str, Any] = {name: {"deadline": deadline} for name in Sources.model_fields}
    given |= {name: switch.model_dump() for name, switch in switches.items()}
    question = replace(about(), tuning=Sources.model_validate(given))
    async with FakeWeb(lambda request: httpx.Response(404)).door() as door:
        found = await collect(question, sources, door)
    return found.mentions, {report.source: report for report in found.reports}


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
        Scripted("bing_news", (0, Batch(flaw="an HTML page instead of the feed"))),
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
    _, reports = await run(Scripted("google_news", (0, Batch()), (0, Batch(flaw="sent no feed"))))
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


CHANNEL = AccountProfile(handles=(Handle(network="youtube", id="UC1"),))


def told(profile: AccountProfile | None = CHANNEL) -> Batch:
    return Batch(profile=profile)


async def test_a_source_that_waits_is_asked_with_what_the_others_told() -> None:
    site = Telling("site", (0.1, told()), (0.3, one()))
    encyclopaedia = Telling("wikipedia", (0.05, told(AccountProfile(wikidata="Q1"))))
    channel = Waiting("youtube", (0.1, one("https://a.com/2", title="video")))
    began = time.monotonic()
    found = await find(site, encyclopaedia, channel)
    assert time.monotonic() - began < 0.4 + 0.15
    assert channel.asked == [found.profile.model_copy(update={"checked_at": None})]
    assert (found.profile.wikidata, found.profile.checked_at) == ("Q1", about().asked_at)
    assert len(found.mentions) == 2
    assert 200 <= found.reports[2].took_ms < 350


async def test_nobody_waits_longer_than_the_limit_for_somebody_who_does_not_tell() -> None:
    site = Telling("site", (0, told()))
    slow = Telling("wikipedia", (0.5, told(AccountProfile(wikidata="Q1"))))
    channel = Waiting("youtube", (0, one()))
    began = time.monotonic()
    found = await find(site, slow, channel, identity=0.1)
    assert time.monotonic() - began < 0.5 + 0.15
    assert channel.asked == [CHANNEL]
    assert found.profile.wikidata == "Q1"
    assert found.reports[2].took_ms < 300


async def test_what_is_told_after_the_limit_is_still_used_by_who_could_not_do_without() -> None:
    channel = Waiting("youtube", (0, one()))
    found = await find(Telling("site", (0.3, told())), channel, identity=0.05)
    assert len(found.mentions) == 1
    assert found.reports[1].state == SourceState.ANSWERED


async def test_what_is_told_later_is_used_as_soon_as_it_is_told() -> None:
    site = Telling("site", (0, told(AccountProfile())), (0.1, told()), (0.5, one()))
    channel = Waiting("youtube", (0.1, one("https://a.com/2", title="video")))
    found = await find(site, channel)
    assert found.reports[1].state == SourceState.ANSWERED
    assert found.reports[1].took_ms < 400


async def test_a_fresh_profile_lets_everybody_begin_at_once() -> None:
    fresh = CHANNEL.model_copy(update={"checked_at": about().asked_at - timedelta(days=2)})
    channel = Waiting("youtube", (0.2, one()))
    began = time.monotonic()
    found = await find(Telling("site", (0.3, told(AccountProfile()))), channel, profile=fresh)
    assert time.monotonic() - began < 0.3 + 0.15
    assert found.reports[1].took_ms < 300
    assert found.profile == fresh


async def test_an_old_profile_is_replaced_by_what_everybody_tells_anew() -> None:
    old = AccountProfile(wikidata="Q9", checked_at=about().asked_at - timedelta(days=30))
    assert (await find(Telling("site", (0, told())), profile=old)).profile.wikidata is None
    silent = Telling("wikipedia", (0, HttpStatus(503)))
    kept = (await find(Telling("site", (0, told())), silent, profile=old)).profile
    assert (kept.wikidata, kept.handles, kept.checked_at) == ("Q9", CHANNEL.handles, about().asked_at)


async def test_a_source_that_waits_is_skipped_when_nobody_knows() -> None:
    began = time.monotonic()
    found = await find(Telling("site", (0, HttpStatus(503))), Waiting("youtube"))
    assert time.monotonic() - began < 1
    assert (found.reports[1].state, found.reports[1].reason) == (SourceState.SKIPPED, "no channel is known")
    assert found.profile == AccountProfile()


async def test_one_who_tells_may_need_what_another_one_tells() -> None:
    class NeedsDomain(Telling):
        def lacks(self, question: Question) -> str | None:
            return None if question.profile.domain else "the domain is not known"

    site = NeedsDomain("site", (0.1, Batch((mention(),), profile=CHANNEL)))
    encyclopaedia = Telling("wikipedia", (0.1, told(AccountProfile(domain="a.com"))))
    channel = Waiting("youtube", (0, one("https://a.com/2", title="video")))
    found = await find(site, encyclopaedia, channel)
    assert [report.state for report in found.reports] == [SourceState.ANSWERED] * 3
    assert (found.profile.domain, found.profile.handles) == ("a.com", CHANNEL.handles)


async def test_all_sources_together_end_in_time() -> None:
    began = time.monotonic()
    site = Telling("site", (0, one()), (60, one("https://a.com/2")))
    found = await find(site, Waiting("youtube", (60, one())), identity=10, deadline=0.2)
    assert time.monotonic() - began < 0.5
    assert len(found.mentions) == 1
    assert [report.state for report in found.reports] == [SourceState.PARTIAL, SourceState.SKIPPED]
    known = AccountProfile(handles=CHANNEL.handles)
    late = await find(Telling("site", (60, one())), Waiting("youtube", (0, one())), profile=known, deadline=0.2)
    assert late.reports[1].reason == "was not asked: the time for collecting was over"


async def test_a_fact_must_stand_in_the_mention_that_it_cites() -> None:
    entry = mention("https://a.com/about", title="Marlbrook", text="410 people.", kind=Kind.REFERENCE)
    facts = (
        AccountFact(name="employees", value="410", mention_id=entry.id),
        AccountFact(name="employees", value="410", mention_id=entry.id),
        AccountFact(name="employees", value="411", mention_id=entry.id),
        AccountFact(name="employees", value="410", mention_id=entry.id, field="title"),
        AccountFact(name="employees", value="410", mention_id="unknown"),
    )
    found = await find(Scripted("site", (0, Batch((entry,), facts=facts))))
    assert found.facts == facts[:1]


async def test_a_reference_is_never_crowded_out_by_news() -> None:
    news = [mention(f"https://a.com/{n}", title=f"t{n}") for n in range(150)]
    entry = mention("https://a.com/about", kind=Kind.REFERENCE, published_at=None)
    found = await find(Scripted("site", (0, Batch((*news, entry)))))
    assert len(found.mentions) == 101
    assert entry in found.mentions
