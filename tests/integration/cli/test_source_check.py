"""`precall doctor --sources` asks each source, and says which answers, which does not, and what to do."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

import replay
from cli.source_check import examine_sources
from collect.sources import SOURCES
from precall.config import Config, SourceSwitch, parse_config
from precall.model import Account

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CONFIG = parse_config((Path(__file__).parents[3] / "precall.example.yaml").read_text())
TARNMOOR = Account(name="Tarnmoor Robotics", domain="tarnmoor.example")


def said(config: Config, account: Account = TARNMOOR) -> dict[str, tuple[str, str, str]]:
    with replay.serve(as_of=NOW) as origin:
        found = asyncio.run(examine_sources(config, account, lambda: NOW, origin))
    return {finding.said.split()[0]: (finding.state, finding.said, finding.fix) for finding in found}


def test_every_source_is_asked_once_and_answers() -> None:
    findings = said(CONFIG)
    assert list(findings) == [source.name for source in SOURCES]
    assert {state for state, _, _ in findings.values()} == {"good"}
    assert "hacker_news answers: " in findings["hacker_news"][1]


def test_a_source_that_does_not_answer_is_a_doubt_with_its_switch() -> None:
    hurried = CONFIG.sources.model_copy(update={"gdelt": SourceSwitch(deadline=0.001), "lemmy": SourceSwitch(on=False)})
    findings = said(CONFIG.model_copy(update={"sources": hurried}))
    state, told, fix = findings["gdelt"]
    assert (state, told.startswith("gdelt does not answer: ")) == ("doubtful", True)
    assert "sources: { gdelt: { on: false } }" in fix
    assert findings["lemmy"][1].startswith("lemmy was not asked: ")
