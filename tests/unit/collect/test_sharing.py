"""Ten leads of a company in a minute cause one collection; nobody waits for the dead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collect import sharing as module
from collect.question import Question
from collect.run import Findings
from collect.sharing import Sharing
from precall.errors import StorageUnavailable
from precall.flights import MemoryFlights, Seat
from precall.model import AccountProfile
from tests.fakes import FakeDocuments
from tests.unit.collect.support import AS_OF, about, mention

LATER = mention("https://a.com/later", title="later", published_at=AS_OF + timedelta(seconds=20))


class Minute:
    """Researches that come at about the same time, as functions of their own would."""

    def __init__(self) -> None:
        self.documents, self.flights = FakeDocuments(), MemoryFlights()
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.collections = 0
        self.takes = 0.02

    async def _collect(self) -> Findings:
        self.collections += 1
        await asyncio.sleep(self.takes)
        return Findings((mention(), LATER), (), AccountProfile(wikidata=f"Q{self.collections}"), ())

    async def research(self, question: Question, seconds: float = 5.0) -> Findings:
        sharing = Sharing(self.documents, self.flights, lambda: self.now)
        return await sharing.findings(question, seconds, self._collect)


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> Minute:
    monkeypatch.setattr(module, "_LOOK", 0.01)
    return Minute()


async def test_ten_leads_at_once_cause_one_collection_and_all_get_it(minute: Minute) -> None:
    found = await asyncio.gather(*(minute.research(about()) for _ in range(10)))
    assert minute.collections == 1
    assert {finding.profile.wikidata for finding in found} == {"Q1"}
    assert all(finding.mentions for finding in found)


async def test_the_eleventh_takes_it_over_too_until_it_is_a_minute_old(minute: Minute) -> None:
    await minute.research(about())
    minute.now += timedelta(seconds=59)
    await minute.research(about())
    assert minute.collections == 1
    minute.now += timedelta(seconds=2)
    await minute.research(about())
    assert minute.collections == 2


@pytest.mark.parametrize(
    "other",
    [
        lambda: about("Somebody Else"),
        lambda: about(domain="marlbrook.example"),
        lambda: Question(about().prospect, AS_OF + timedelta(minutes=1), 30, AS_OF),
    ],
)
async def test_another_company_or_minute_is_another_collection(minute: Minute, other: Callable[[], Question]) -> None:
    await asyncio.gather(minute.research(about()), minute.research(other()))
    assert minute.collections == 2


async def test_who_asks_about_another_contact_asks_after_the_first_and_once_for_all(minute: Minute) -> None:
    questions = [about(contact=name) for name in ("Ada Lund", "Ben Ode", "Ben Ode", "Ada Lund", "Ben Ode")]
    found = await asyncio.gather(*map(minute.research, questions))
    assert minute.collections == 2
    assert [finding.profile.wikidata for finding in found] == ["Q1", "Q2", "Q2", "Q1", "Q2"]


async def test_what_was_not_published_yet_is_not_told(minute: Minute) -> None:
    await minute.research(about())
    found = await minute.research(about())
    assert [told.url for told in found.mentions] == [mention().url]


async def test_when_the_first_one_dies_the_next_goes_at_the_end_of_its_lease(minute: Minute) -> None:
    company, _ = module._keys(about())
    minute.flights.board(company, "dead", int(minute.now.timestamp() * 1000), 8000)
    waiting = asyncio.create_task(minute.research(about()))
    await asyncio.sleep(0.05)
    assert minute.collections == 0
    minute.now += timedelta(seconds=8)
    assert (await waiting).mentions
    assert minute.collections == 1


async def test_nobody_waits_longer_than_there_is_time(minute: Minute) -> None:
    company, _ = module._keys(about())
    minute.flights.board(company, "slow", int(minute.now.timestamp() * 1000), 60_000)
    assert (await minute.research(about(), seconds=29.95)).mentions
    assert minute.collections == 1


async def test_one_that_fails_lets_the_next_go_at_once(minute: Minute) -> None:
    async def fails() -> Findings:
        raise RuntimeError

    sharing = Sharing(minute.documents, minute.flights, lambda: minute.now)
    with pytest.raises(RuntimeError):
        await sharing.findings(about(), 5, fails)
    assert (await minute.research(about())).mentions


class Down(MemoryFlights):
    """A table that does not answer."""

    def board(self, key: str, pilot: str, now: int, lease: int) -> Seat:
        raise StorageUnavailable("down")


async def test_without_the_table_everybody_goes_alone(minute: Minute) -> None:
    minute.flights = Down()
    found = await asyncio.gather(*(minute.research(about()) for _ in range(3)))
    assert minute.collections == 3
    assert all(finding.mentions for finding in found)


async def test_what_somebody_else_put_down_and_cannot_be_read_is_collected_again(minute: Minute) -> None:
    await minute.research(about())
    minute.documents.texts = dict.fromkeys(minute.documents.texts, "not findings")
    assert (await minute.research(about())).mentions
    assert minute.collections == 2


def test_no_name_stands_in_a_key(minute: Minute) -> None:
    assert not any("arlbrook" in key for key in module._keys(about(contact="Ada Lund")))
