"""One collection for all leads of a company that come in the same minute.

The first to come collects; the others wait and take over what it found. Who asks more than it did (another contact)
collects after it, with the cache warm. If the first one dies its lease ends and the next goes; without the table or the
bucket everybody goes alone: sharing saves work, it never costs a brief.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from collect.merge import supported
from collect.question import Question
from collect.run import Findings
from precall.clock import Clock, utc_now
from precall.documents import Documents
from precall.errors import DocumentNotFound, StorageUnavailable
from precall.fetch.threads import aside
from precall.flights import Flights, MemoryFlights, Seat
from precall.ids import derived_id

logger = logging.getLogger(__name__)

Collect = Callable[[], Awaitable[Findings]]

_FINDINGS = TypeAdapter(Findings)
FOLDER = "cache/flights"
GOOD_FOR = 60_000
"""Milliseconds for which findings are taken over."""
_LOOK = 0.4
"""Seconds between two looks at whether the other one is back."""
_MARGIN = 3.0
"""Seconds that a collection may take beside asking its sources."""
_AT_MOST = 30.0
"""Seconds for waiting and for one's own collection together: the function has little more."""


@dataclass(frozen=True)
class Sharing:
    """Flights, and where their findings are put down."""

    documents: Documents
    flights: Flights = field(default_factory=MemoryFlights)
    clock: Clock = utc_now

    async def findings(self, question: Question, seconds: float, collect: Collect) -> Findings:
        """What `collect` finds in at most `seconds`, or what somebody else has just found for the same question."""
        pilot, left = uuid4().hex, min(seconds + _MARGIN, _AT_MOST - seconds)
        company, whole = _keys(question)
        for key in (company, whole):
            try:
                seat, left = await self._seated(key, pilot, seconds, left)
                found = None if seat is Seat.PILOT else await self._brought(whole)
            except StorageUnavailable as error:
                logger.warning("this collection is not shared", extra={"error": str(error)})
                break
            if seat is Seat.PILOT:
                return await self._flown(key, pilot, whole, collect)
            if found:
                return _for(question, found)
        return await collect()

    async def _seated(self, key: str, pilot: str, seconds: float, left: float) -> tuple[Seat, float]:
        """PILOT or LANDED within `left` seconds, else WAIT; and how many seconds are left then."""
        lease = round((seconds + _MARGIN) * 1000)
        while True:
            seat = await aside(self.flights.board, key, pilot, self._now(), lease)
            if seat is not Seat.WAIT or left <= 0:
                return seat, left
            await asyncio.sleep(_LOOK)
            left -= _LOOK

    async def _flown(self, key: str, pilot: str, whole: str, collect: Collect) -> Findings:
        try:
            found = await collect()
        except BaseException:
            with suppress(StorageUnavailable):
                self.flights.give_up(key, pilot)
            raise
        try:
            text = _FINDINGS.dump_json(found).decode()
            await aside(self.documents.put, f"{FOLDER}/{whole}.json", text)
            await aside(self.flights.land, key, pilot, self._now() + GOOD_FOR)
        except StorageUnavailable as error:
            logger.warning("what was found is not shared", extra={"error": str(error)})
        return found

    async def _brought(self, whole: str) -> Findings | None:
        try:
            return _FINDINGS.validate_json(await aside(self.documents.get, f"{FOLDER}/{whole}.json"))
        except (DocumentNotFound, ValidationError):
            return None

    def _now(self) -> int:
        return int(self.clock().timestamp() * 1000)


def _keys(question: Question) -> tuple[str, str]:
    """Of the company's flight in this minute, and of this very question."""
    account = question.prospect.account
    company = derived_id(question.prospect.key, f"{question.as_of:%Y-%m-%dT%H:%M}")
    contact = question.prospect.contact
    asked = (
        account.model_dump_json(exclude={"crm_id"}),
        contact.model_dump_json(include={"name", "title"}) if contact else "",
        question.tuning.model_dump_json(),
        question.market.model_dump_json(),
    )
    return company, derived_id(company, *asked, str(question.window_days), str(question.limit))


def _for(question: Question, found: Findings) -> Findings:
    """Seconds lie between two questions: what is not yet published at the earlier one is not told."""
    mentions = tuple(mention for mention in found.mentions if question.includes(mention.published_at))
    return replace(found, mentions=mentions, facts=tuple(supported(found.facts, mentions)))
