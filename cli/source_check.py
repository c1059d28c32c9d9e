"""`precall doctor --sources`: each source is asked once, through the door that `collect` uses."""

from __future__ import annotations

from collections.abc import Sequence

from cli.findings import Finding
from collect.batch import Source
from collect.question import Question
from collect.run import collect
from collect.sources import SOURCES
from precall.clock import Clock
from precall.config import Config
from precall.fetch import open_door
from precall.model import Account, Prospect, SourceReport, SourceState

KNOWN = Account(name="Cloudflare", domain="cloudflare.com")
"""Whom every source has something about: listed, with a job board, an organisation at GitHub, accounts and an app."""


async def examine_sources(
    config: Config, account: Account, clock: Clock, origin: str | None, sources: Sequence[Source] = SOURCES
) -> list[Finding]:
    """A finding for each source, asked about `account`: on the live web, or where a replay web is at `origin`.

    They are asked at once, each with its own deadline, as in a research; no article is read after them.
    """
    now = clock()
    prospect = Prospect(account=account)
    question = Question(
        prospect, now, config.ranking.window_days, asked_at=now, tuning=config.sources, markets=config.markets
    )
    async with open_door("development", origin, config.sender) as door:
        found = await collect(question, sources, door, config.collecting.model_copy(update={"reading": 0}))
    return [_finding(report) for report in found.reports]


def _finding(report: SourceReport) -> Finding:
    if report.state is SourceState.SKIPPED:
        return Finding("good", f"{report.source} was not asked: {report.reason}")
    if report.state is SourceState.ANSWERED:
        return Finding("good", f"{report.source} answers: {report.mentions} mentions in {report.took_ms / 1000:.1f} s")
    told = "answers in part" if report.state is SourceState.PARTIAL else "does not answer"
    fix = f"later again; if it stays so, in precall.yaml: sources: {{ {report.source}: {{ on: false }} }}"
    return Finding("doubtful", f"{report.source} {told}: {report.reason}", fix)
