"""Asking one source: until its deadline, keeping what arrived, reporting how it went."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from collect.batch import Batch, Source, asked_for
from collect.merge import merged
from collect.question import Question
from precall.config import SourceSwitch
from precall.fetch import Door, FetchError
from precall.model import AccountFact, AccountProfile, Kind, Mention, SourceReport, SourceState

logger = logging.getLogger(__name__)
"""Below the step's logger: in Lambda its format and correlation id, elsewhere standard error."""


class Bell:
    """Wakes everybody who waits, each time it is rung."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Wake those who wait now."""
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self) -> None:
        """Until it is rung."""
        await self._next.wait()


@dataclass
class Hearing:
    """What was heard from one source so far; `bell` is rung when it tells who the account is, and when it `ended`."""

    mentions: dict[str, Mention] = field(default_factory=dict)
    profile: AccountProfile | None = None
    facts: list[AccountFact] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    ended: bool = False
    flaws: list[str] = field(default_factory=list)
    answered: bool = False

    async def listen(self, batches: AsyncIterator[Batch]) -> None:
        """Take in every batch."""
        async for batch in batches:
            self.mentions.update((mention.id, mention) for mention in batch.mentions)
            self.facts += batch.facts
            if batch.profile is not None:
                self.profile = self.profile.merged(batch.profile) if self.profile else batch.profile
                self.bell.ring()
            self.answered = self.answered or not batch.flaw or bool(batch.mentions)
            if batch.flaw:
                self.flaws.append(batch.flaw)

    def end(self) -> None:
        """Nothing more will be heard."""
        self.ended = True
        self.bell.ring()

    @property
    def state(self) -> SourceState:
        """ANSWERED without a flaw, FAILED without an answer, PARTIAL between."""
        if not self.flaws:
            return SourceState.ANSWERED
        return SourceState.PARTIAL if self.answered else SourceState.FAILED

    @property
    def reason(self) -> str | None:
        """The first flaw, which the others mostly repeat."""
        return self.flaws[0] if self.flaws else None


async def ask(
    source: Source, question: Question, door: Door, switch: SourceSwitch, heard: Hearing | None = None
) -> tuple[tuple[Mention, ...], SourceReport]:
    """What `source` gave inside its deadline and the question's window, and its report; never raises for a source.

    Whoever gives `heard` can listen in, and finds there what was told of the account.
    """
    heard = heard or Hearing()
    skipped = source.lacks(question) if switch.on else "switched off in precall.yaml"
    if skipped:
        heard.end()
        return (), _report(source, state=SourceState.SKIPPED, reason=skipped)
    began = time.monotonic()
    await _hear(heard, source, question, door, switch.deadline)
    heard.end()
    mentions = _kept(heard, question)
    report = _report(
        source,
        state=heard.state,
        mentions=len(mentions),
        took_ms=round((time.monotonic() - began) * 1000),
        reason=heard.reason,
    )
    return mentions, report


def _report(source: Source, **how: Any) -> SourceReport:
    return SourceReport(source=source.name, label=source.label, asked_for=asked_for(source), **how)


def _kept(heard: Hearing, question: Question) -> tuple[Mention, ...]:
    """The newest mentions inside the window, as many as asked for; references, which prove facts, beside them."""
    inside = merged(mention for mention in heard.mentions.values() if question.includes(mention.published_at))
    told = [mention for mention in inside if mention.kind is not Kind.REFERENCE]
    return (*told[: question.limit], *(mention for mention in inside if mention.kind is Kind.REFERENCE))


async def _hear(heard: Hearing, source: Source, question: Question, door: Door, deadline: float) -> None:
    if deadline <= 0:
        heard.flaws.append("was not asked: the time for collecting was over")
        return
    try:
        async with asyncio.timeout(deadline), aclosing(source.ask(question, door)) as batches:
            await heard.listen(batches)
    except TimeoutError:
        heard.flaws.insert(0, f"gave no complete answer within {deadline:.3g} s")
    except FetchError as error:
        heard.flaws.append(str(error))
    except Exception as error:  # one source never takes the others down
        _log(source, error)
        heard.flaws.append(f"could not be read ({type(error).__name__})")


def _log(source: Source, error: Exception) -> None:
    """Where it happened, without the message: that could quote what was being read."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{frame.filename}:{frame.lineno}"
    logger.error(
        "a source could not be read", extra={"source": source.name, "error": type(error).__name__, "at": where}
    )
