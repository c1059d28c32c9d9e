"""News searches, wires, the SEC, job boards and GitHub against the replay web, over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import replay
from collect.question import Question
from collect.run import Findings, collect
from collect.sources import SOURCES
from precall.config import Sources
from precall.fetch import open_door
from precall.model import Account, AccountProfile, Handle, Kind, Mention, Prospect, SourceState
from precall.model.account import JobBoard

pytestmark = pytest.mark.integration
AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
PROFILE = AccountProfile(
    handles=(Handle(network="github", id="tarnmoor"),),
    job_boards=(JobBoard(provider="greenhouse", token="tarnmoor"), JobBoard(provider="lever", token="nobody")),
    checked_at=AS_OF,
)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with replay.serve(as_of=AS_OF) as running:
        yield running


async def ask(origin: str, name: str, account: Account, profile: AccountProfile | None = None) -> Findings:
    tuning = Sources.model_validate({each: {"deadline": 8} for each in Sources.model_fields})
    question = Question(
        Prospect(account=account), AS_OF, 30, AS_OF, profile=profile or AccountProfile(checked_at=AS_OF), tuning=tuning
    )
    async with open_door("development", origin, "ops@seller.example") as door:
        findings = await collect(question, [source for source in SOURCES if source.name == name], door)
    (report,) = findings.reports
    assert (report.state, report.reason) == (SourceState.ANSWERED, None)
    return findings


def titles(findings: Findings, kind: Kind) -> list[str]:
    return [mention.title for mention in findings.mentions if mention.kind == kind]


TARNMOOR = Account(name="Tarnmoor Robotics, Inc.", domain="tarnmoor.example")
OSTERHALLOW = Account(name="Osterhallow Payroll", domain="osterhallow.example")


@pytest.mark.parametrize("name", ["google_news", "bing_news", "gdelt"])
async def test_news_searches_find_the_same_world(origin: str, name: str) -> None:
    findings = await ask(origin, name, TARNMOOR)
    assert len(titles(findings, Kind.NEWS)) >= 20
    assert not any(
        mention.outlet.endswith(("google.com", "bing.com", "gdeltproject.org")) for mention in findings.mentions
    )
    assert all(mention.published_at is None or mention.published_at <= AS_OF for mention in findings.mentions)


async def test_wires_tell_of_the_prospect_only(origin: str) -> None:
    findings = await ask(origin, "wires", TARNMOOR)
    assert {(mention.outlet, mention.author) for mention in findings.mentions} == {
        ("prnewswire.com", "Tarnmoor Robotics"),
        ("businesswire.com", None),
    }
    assert not (await ask(origin, "wires", Account(name="Quillfen Labelling", domain="quillfen.example"))).mentions


async def test_a_listed_company_is_identified_and_its_filings_are_told(origin: str) -> None:
    findings = await ask(origin, "sec_edgar", OSTERHALLOW)
    assert (findings.profile.cik, findings.profile.ticker, findings.profile.exchange) == ("1990101", "OSTH", "NYSE")
    assert [each.name for each in findings.profile.namesakes] == ["OSTERHALLOW TIMBER CORP /DE/"]
    assert titles(findings, Kind.FILING) == [
        "OSTERHALLOW PAYROLL SERVICES, INC. files 8-K: Material Cybersecurity Incidents",
        "OSTERHALLOW PAYROLL SERVICES, INC. files 8-K: Other Events",
        "OSTERHALLOW PAYROLL SERVICES, INC. files 10-Q: Quarterly report",
    ]
    assert {fact.name for fact in findings.facts} == {"listed", "industry", "headquarters", "filing"}


async def test_a_private_company_is_found_in_what_is_filed(origin: str) -> None:
    findings = await ask(origin, "sec_edgar", TARNMOOR)
    assert findings.profile.cik is None
    assert [mention.title for mention in findings.mentions] == [
        "TARNMOOR ROBOTICS, INC. files D: Notice of an exempt offering of securities",
        "SKERRY LINES LTD files 8-K: Entry into a Material Definitive Agreement",
    ]


async def test_openings_are_told_and_counted(origin: str) -> None:
    findings = await ask(origin, "job_boards", TARNMOOR, PROFILE)
    openings = titles(findings, Kind.JOB)
    assert len(openings) == 7
    assert {"Field Service Engineer (Port Wexlow)", "Field Service Engineer (Ketterfield, Ohio)"} <= set(openings)
    (fact,) = findings.facts
    assert (fact.name, fact.value) == ("openings", "8 openings")
    board = next(mention for mention in findings.mentions if mention.id == fact.mention_id)
    assert board.text.startswith("8 openings: 2 Field Service, 2 Operations, 2 Manufacturing, 2 Engineering")


@pytest.mark.parametrize(
    ("provider", "token", "number"), [("lever", "quillfen", "1 opening"), ("ashby", "osterhallow", "3 openings")]
)
async def test_the_other_boards(origin: str, provider: str, token: str, number: str) -> None:
    board = JobBoard.model_validate({"provider": provider, "token": token})
    profile = AccountProfile(job_boards=(board,), checked_at=AS_OF)
    findings = await ask(origin, "job_boards", Account(name=token.title()), profile)
    assert [fact.value for fact in findings.facts] == [number]


async def test_releases_and_code(origin: str) -> None:
    findings = await ask(origin, "github", TARNMOOR, PROFILE)
    own: list[Mention] = [mention for mention in findings.mentions if mention.kind == Kind.FIRST_PARTY]
    assert [mention.title for mention in own] == [
        "tarnmoor/tideline-offline 1.1.0: certificates are renewed by themselves",
        "tarnmoor/tideline-offline: Lets Tarnmoor robots work on for twelve hours without a connection",
    ]
    assert [(fact.name, fact.value) for fact in findings.facts] == [("code", "4 public repositories")]
