"""What people say, over real sockets: each network in its own format, with the company's identity resolved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import unquote_plus

import httpx
import pytest

import replay
from collect.question import Question
from collect.run import collect
from collect.sources import (
    AppStore,
    Bluesky,
    HackerNews,
    Lemmy,
    Mastodon,
    Podcasts,
    Reddit,
    StackExchange,
    YouTube,
)
from collect.sources.bluesky_session import Session
from precall.config import Sources
from precall.fetch import open_door
from precall.model import Account, AccountProfile, Contact, Handle, Kind, Mention, Prospect, SourceReport, SourceState

pytestmark = pytest.mark.integration
AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
CHATTER = (
    HackerNews(), Reddit(), Mastodon(), Lemmy(), Bluesky(), StackExchange(), YouTube(), Podcasts(), AppStore(),
)  # fmt: skip
TARNMOOR = Account(name="Tarnmoor Robotics, Inc.", domain="tarnmoor.example")
PROFILE = AccountProfile(
    handles=(
        Handle(network="mastodon", id="tarnmoor@social.example"),
        Handle(network="bluesky", id="tarnmoor.example"),
        Handle(network="youtube", id="UCtarnmoorRobotics000001"),
    ),
    apps=("6400000001",),
)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with replay.serve(as_of=AS_OF) as running:
        yield running


async def ask(
    origin: str, account: Account, profile: AccountProfile | None = None, tuning: Sources | None = None
) -> tuple[list[Mention], dict[str, SourceReport]]:
    question = Question(
        Prospect(account=account, contact=Contact(name="Maren Tolvanger")),
        AS_OF,
        30,
        datetime.now(UTC),
        profile=profile or AccountProfile(),
        tuning=tuning or Sources(),
    )
    async with open_door("development", origin, "ops@seller.example") as door:
        found = await collect(question, CHATTER, door)
    return list(found.mentions), {report.source: report for report in found.reports}


def of(mentions: list[Mention], source: str) -> dict[str, Mention]:
    """The mentions of a source by the last part of their addresses."""
    return {mention.url.rstrip("/").rpartition("/")[2]: mention for mention in mentions if mention.source == source}


async def test_every_network_tells_what_is_said(origin: str) -> None:
    mentions, reports = await ask(origin, TARNMOOR, PROFILE)
    assert {report.state for report in reports.values()} == {SourceState.ANSWERED}
    assert {name: report.mentions for name, report in reports.items()} == {
        "hacker_news": 6,
        "reddit": 2,
        "mastodon": 3,
        "lemmy": 1,
        "bluesky": 1,
        "stack_exchange": 2,
        "youtube": 2,
        "podcasts": 1,
        "app_store": 2,
    }
    assert all(mention.published_at <= AS_OF for mention in mentions if mention.published_at)
    assert len({mention.id for mention in mentions}) == len(mentions)


async def test_bluesky_is_searched_where_a_session_can_be_opened(origin: str) -> None:
    async def searched(password: str) -> tuple[dict[str, Mention], SourceReport]:
        session = Session(lambda: ("desk.seller.example", password))
        question = Question(Prospect(account=TARNMOOR), AS_OF, 30, datetime.now(UTC), profile=PROFILE)
        async with open_door("development", origin, "ops@seller.example") as door:
            found = await collect(question, (Bluesky(session),), door)
        return of(list(found.mentions), "bluesky"), found.reports[0]

    posts, report = await searched("abcd-efgh-ijkl-mnop")
    assert {id: post.kind for id, post in posts.items()} == {
        "3m2tarnmoor2a": Kind.FIRST_PARTY,
        "3m2coldaisle2a": Kind.SOCIAL,
    }
    assert report.state == SourceState.ANSWERED
    posts, report = await searched("wrong")
    assert (set(posts), report.reason) == ({"3m2tarnmoor2a"}, "refused the handle or the app password")


async def test_the_company_speaks_for_itself_on_its_own_accounts_only(origin: str) -> None:
    mentions, _ = await ask(origin, TARNMOOR, PROFILE)
    own = {(mention.source, mention.outlet) for mention in mentions if mention.kind == Kind.FIRST_PARTY}
    assert own == {
        ("mastodon", "tarnmoor@social.example"),
        ("bluesky", "tarnmoor.example"),
        ("youtube", "youtube.com"),
    }


async def test_posts_of_bots_and_repeated_posts_are_left_out(origin: str) -> None:
    mentions, _ = await ask(origin, TARNMOOR, PROFILE)
    assert set(of(mentions, "mastodon")) == {"115901000000000001", "115901000000000003", "115901000000000005"}
    assert set(of(mentions, "bluesky")) == {"3m2tarnmoor2a"}


async def test_dates_of_reviews_come_from_the_feed_that_has_them(origin: str) -> None:
    mentions, _ = await ask(origin, TARNMOOR, PROFILE)
    reviews = [mention for mention in mentions if mention.source == "app_store"]
    assert all(mention.published_at for mention in reviews)
    assert sorted(mention.text.rpartition("\n")[2] for mention in reviews) == [
        "Rated 2 of 5 stars.",
        "Rated 5 of 5 stars.",
    ]


async def test_without_its_accounts_the_company_is_still_talked_about(origin: str) -> None:
    mentions, reports = await ask(origin, TARNMOOR)
    skipped = {name for name, report in reports.items() if report.state == SourceState.SKIPPED}
    assert skipped == {"bluesky", "youtube", "app_store"}
    assert {mention.source for mention in mentions} == set(reports) - skipped


async def test_the_contact_is_asked_for_on_no_social_network(origin: str) -> None:
    async with httpx.AsyncClient() as client:
        before = len((await client.get(f"{origin}/_replay/log")).json())
        await ask(origin, TARNMOOR, PROFILE)
        asked = (await client.get(f"{origin}/_replay/log")).json()[before:]
    with_contact = {entry["host"] for entry in asked if "Tolvanger" in unquote_plus(entry["query"])}
    assert with_contact == {"hn.algolia.com", "itunes.apple.com"}


async def test_hostile_posts_arrive_as_plain_text(origin: str) -> None:
    mentions, reports = await ask(origin, Account(name="Nullwick Systems", domain="nullwick.example"))
    assert {report.state for report in reports.values()} <= {SourceState.ANSWERED, SourceState.SKIPPED}
    assert {mention.source for mention in mentions} == {"hacker_news", "reddit", "mastodon", "lemmy"}
    assert not any("\u202e" in f"{mention.title}{mention.text}" for mention in mentions)
    assert all(mention.url.startswith("https://") for mention in mentions)


async def test_an_instance_for_members_only_fails_with_its_reason_and_another_one_answers(origin: str) -> None:
    closed = Sources.model_validate({"mastodon": {"instances": ["members.example"]}})
    mentions, reports = await ask(origin, TARNMOOR, tuning=closed)
    assert not of(mentions, "mastodon")
    assert (reports["mastodon"].state, reports["mastodon"].reason) == (
        SourceState.FAILED,
        "answered with HTTP status 401",
    )
    both = Sources.model_validate({"mastodon": {"instances": ["members.example", "mastodon.social"]}})
    mentions, reports = await ask(origin, TARNMOOR, tuning=both)
    assert of(mentions, "mastodon")
    assert reports["mastodon"].state == SourceState.PARTIAL
