"""All sources against the replay web, over real sockets: the good company, and every way in which a site breaks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import replay
from collect.question import Question
from collect.run import Findings, collect
from collect.sources import SOURCES
from precall.config import Sources, SourceSwitch
from precall.fetch import open_door
from precall.market import MarketSettings
from precall.model import Account, Contact, Kind, Mention, Prospect, SourceReport, SourceState, TextOrigin

pytestmark = pytest.mark.integration
AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
SWITCHES = Sources.model_validate({name: {"deadline": 5} for name in Sources.model_fields})

MARKETS = {"warehouse automation": MarketSettings(competitors=("Vellum Conveyance",), terms=("warehouse robots",))}
"""For the industry that Wikidata tells of the account."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with replay.serve(as_of=AS_OF) as running:
        yield running


async def ask(
    origin: str, account: Account, contact: Contact | None = None, switches: Sources = SWITCHES
) -> tuple[tuple[Mention, ...], dict[str, SourceReport]]:
    prospect = Prospect(account=account, contact=contact)
    question = Question(prospect, AS_OF, 30, datetime.now(UTC), tuning=switches, markets=MARKETS)
    async with open_door("development", origin, "ops@seller.example") as door:
        found = await collect(question, SOURCES, door)
    return found.mentions, {report.source: report for report in found.reports}


async def found_out(origin: str, account: Account) -> Findings:
    question = Question(Prospect(account=account), AS_OF, 30, datetime.now(UTC), tuning=SWITCHES)
    async with open_door("development", origin, "ops@seller.example") as door:
        return await collect(question, SOURCES, door)


@pytest.mark.parametrize("domain", ["tarnmoor.example", None])
async def test_who_the_account_is(origin: str, domain: str | None) -> None:
    found = await found_out(origin, Account(name="Tarnmoor Robotics, Inc.", domain=domain))
    profile = found.profile
    assert (profile.domain, profile.wikidata, profile.industry) == (
        "tarnmoor.example",
        "Q990000001",
        "warehouse automation",
    )
    assert profile.names[0] == "Tarnmoor Robotics"
    assert profile.boards_at("greenhouse") == profile.handles_on("github") == ("tarnmoor",)
    assert profile.handles_on("mastodon") == ("tarnmoor@social.example",)
    assert [namesake.description for namesake in profile.namesakes] == ["village in Fenshire"]
    entries = {mention.id: mention for mention in found.mentions}
    assert {fact.name for fact in found.facts} >= {"description", "founded", "employees", "headquarters", "industry"}
    assert all(fact.value in getattr(entries[fact.mention_id], fact.field) for fact in found.facts)
    reports = {report.source: report.state for report in found.reports}
    assert reports["site"] == reports["job_boards"] == SourceState.ANSWERED


async def test_a_common_name_has_namesakes_and_none_of_them_is_taken_for_the_account(origin: str) -> None:
    profile = (await found_out(origin, Account(name="Furrow", domain="furrow.example"))).profile
    assert profile.wikidata is None
    assert {namesake.description for namesake in profile.namesakes} >= {"novel by Agathe Wren", "bakery in Lakemont"}
    assert profile.domain == "furrow.example"


async def ask_site(origin: str, host: str, deadline: float = 5) -> tuple[list[Mention], SourceReport]:
    switches = SWITCHES.model_copy(update={"site": SourceSwitch(deadline=deadline)})
    mentions, reports = await ask(origin, Account(name="Murkstone Freight", domain=host), switches=switches)
    assert {reports[name].state for name in reports if name != "site"} <= {SourceState.ANSWERED, SourceState.SKIPPED}
    return [mention for mention in mentions if mention.source == "site"], reports["site"]


async def test_every_source_tells_about_a_company_in_the_news(origin: str) -> None:
    account = Account(name="Tarnmoor Robotics, Inc.", domain="tarnmoor.example")
    mentions, reports = await ask(origin, account, Contact(name="Maren Tolvanger"))
    asked = [report for report in reports.values() if report.state != SourceState.SKIPPED]
    assert {report.state for report in asked} == {SourceState.ANSWERED}
    assert all(report.mentions for report in asked)
    market = [mention for mention in mentions if mention.asked_for == "market"]
    assert "Vellum Conveyance wins order" in " ".join(mention.title for mention in market)
    assert not any("Tarnmoor" in mention.title for mention in market)
    assert {mention.kind for mention in mentions} >= {
        Kind.NEWS,
        Kind.FORUM,
        Kind.FIRST_PARTY,
        Kind.REFERENCE,
        Kind.FILING,
    }
    assert all(mention.published_at is None or mention.published_at <= AS_OF for mention in mentions)
    dates = [mention.published_at for mention in mentions if mention.published_at]
    assert dates == sorted(dates, reverse=True)
    own = [mention for mention in mentions if mention.source == "site" and mention.kind == Kind.FIRST_PARTY]
    assert {mention.text_origin for mention in own} == {TextOrigin.ARTICLE}
    assert {mention.outlet for mention in own} == {"tarnmoor.example"}


async def test_asking_twice_gives_the_same(origin: str) -> None:
    account = Account(name="Osterhallow Payroll", domain="osterhallow.example")
    first, _ = await ask(origin, account)
    second, _ = await ask(origin, account)
    when = {"fetched_at": AS_OF}
    assert [found.model_copy(update=when) for found in first] == [found.model_copy(update=when) for found in second]


async def test_hostile_content_arrives_as_plain_text(origin: str) -> None:
    mentions, _ = await ask(origin, Account(name="Nullwick Systems", domain="nullwick.example"))
    assert mentions
    assert all(mention.url.startswith(("http://", "https://")) for mention in mentions)
    assert not any("<" in mention.title or "&amp;" in mention.title for mention in mentions)
    assert not any("\u202e" in f"{mention.title}{mention.text}" for mention in mentions)


async def test_a_company_that_nobody_writes_about(origin: str) -> None:
    mentions, reports = await ask(origin, Account(name="Unheard-of Zymurgy", domain=None))
    assert not mentions
    assert {report.state for report in reports.values()} == {SourceState.ANSWERED, SourceState.SKIPPED}


@pytest.mark.parametrize("host", ["hang", "drip"])
async def test_a_site_that_never_ends_costs_its_deadline_and_nothing_else(origin: str, host: str) -> None:
    began = time.monotonic()
    found, report = await ask_site(origin, f"{host}.trouble.example", deadline=1)
    assert time.monotonic() - began < 2
    assert not found
    assert (report.state, report.reason) == (SourceState.FAILED, "gave no complete answer within 1 s")


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("endless", "sent more than 2 MB"),
        ("huge", "sent more than 2 MB"),
        ("bomb", "sent more than 2 MB"),
        ("truncated", "sent a compressed body that breaks off"),
        ("short", "broke the connection (RemoteProtocolError)"),
        ("reset", "broke the connection (ReadError)"),
        ("loop", "redirects more than 5 times"),
        ("chain", "redirects more than 5 times"),
        ("metadata", "169.254.169.254 is not a public address"),
        ("loopback", "port 1 is not a web port"),
        ("file", "the address starts with file, not with http or https"),
        ("error500", "answered with HTTP status 500"),
        ("error503", "answered with HTTP status 503"),
        ("busy", "asked for fewer requests (HTTP status 429)"),
        ("captcha", "blocked by a captcha"),
        ("empty", "the home page is empty"),
    ],
)
async def test_a_broken_site_fails_with_its_reason_while_the_others_answer(origin: str, host: str, reason: str) -> None:
    found, report = await ask_site(origin, f"{host}.trouble.example")
    assert not found
    assert (report.state, report.reason) == (SourceState.FAILED, reason)


async def test_a_truncated_feed_gives_what_it_has(origin: str) -> None:
    found, report = await ask_site(origin, "badfeed.trouble.example")
    assert [mention.title for mention in found] == ["First item, never closed"]
    assert (report.state, report.reason) == (
        SourceState.PARTIAL,
        "the feed is malformed and was read as far as it goes",
    )


@pytest.mark.parametrize("host", ["slow", "charset"])
async def test_a_site_without_a_feed_answered(origin: str, host: str) -> None:
    found, report = await ask_site(origin, f"{host}.trouble.example", deadline=10)
    assert not found
    assert (report.state, report.reason) == (SourceState.PARTIAL, "the site announces no feed")


async def test_a_feed_that_is_a_page_is_no_news(origin: str) -> None:
    found, report = await ask_site(origin, "htmlfeed.trouble.example")
    assert not found
    assert (report.state, report.reason) == (SourceState.PARTIAL, "an HTML page instead of the feed")


async def test_a_page_in_a_wrong_charset_is_readable(origin: str) -> None:
    async with open_door("development", origin, "ops@seller.example") as door:
        page = await door.get("https://charset.trouble.example/")
    assert "Café Münchhausen" in page.text
    assert "“Naïve façade” – 5 € déjà vu" in page.text


async def test_a_domain_inside_the_network_fails_alone(origin: str) -> None:
    found, report = await ask_site(origin, "10.0.0.8")
    assert not found
    assert (report.state, report.reason) == (SourceState.FAILED, "10.0.0.8 is not a public address")


async def test_the_slowest_source_decides_how_long_it_takes() -> None:
    account = Account(name="Tarnmoor Robotics, Inc.", domain="tarnmoor.example")
    with replay.serve(as_of=AS_OF, latency_ms=200) as origin:
        await ask(origin, account)
        began = time.monotonic()
        _, reports = await ask(origin, account)
        took = (time.monotonic() - began) * 1000
    assert took - max(report.took_ms for report in reports.values()) < 150
