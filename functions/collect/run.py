"""The collecting itself, without AWS: every source at once, what arrives in time is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from collect.asking import ask
from collect.batch import Source
from collect.merge import merged
from collect.question import Question
from precall.config import Sources
from precall.fetch import Door
from precall.model import Mention, SourceReport


async def collect(
    question: Question, sources: Sequence[Source], door: Door, switches: Sources
) -> tuple[tuple[Mention, ...], tuple[SourceReport, ...]]:
    """The mentions, each page once and newest first, and a report for each of `sources`, in their order.

    Takes as long as the slowest source, at most its deadline (`switches`, in seconds). No source's failure is raised.
    """
    answers = await asyncio.gather(*(ask(source, question, door, getattr(switches, source.name)) for source in sources))
    mentions = merged(mention for found, _ in answers for mention in found)
    return mentions, tuple(report for _, report in answers)
