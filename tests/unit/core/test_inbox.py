"""A message from a queue: its ids are in the log, its content is not, and its failure goes on."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from aws_lambda_powertools import Logger

from precall.errors import BusUnavailable
from precall.inbox import Unreadable, opened

SAMPLE = json.loads((Path(__file__).parents[3] / "events/audit_sqs.json").read_text())["Records"][1]["body"]


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(log: io.StringIO, request: pytest.FixtureRequest) -> Logger:
    return Logger(service=request.node.name, stream=log)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_what_is_logged_in_the_block_carries_the_ids(log: io.StringIO, logger: Logger) -> None:
    with opened(SAMPLE, logger) as event:
        logger.info("inside")
    logger.info("outside")
    inside, outside = lines(log)
    assert inside["correlation_id"] == event.correlation_id
    assert (inside["lead_id"], inside["event_id"]) == (event.lead_id, event.id)
    assert "lead_id" not in outside


def test_a_failure_is_logged_with_its_class_and_goes_on(log: io.StringIO, logger: Logger) -> None:
    with pytest.raises(BusUnavailable), opened(SAMPLE, logger):
        raise BusUnavailable("EventBridge did not take it")
    (line,) = lines(log)
    assert line["error"] == "BusUnavailable"
    assert "EventBridge did not take it" in line["message"]
    assert "exception" not in line


def test_a_defect_is_logged_with_its_traceback_and_goes_on(log: io.StringIO, logger: Logger) -> None:
    with pytest.raises(ZeroDivisionError), opened(SAMPLE, logger):
        _ = 1 / 0
    (line,) = lines(log)
    assert "ZeroDivisionError" in line["exception"]


def test_an_unreadable_message_does_not_borrow_the_last_ones_id(log: io.StringIO, logger: Logger) -> None:
    with opened(SAMPLE, logger):
        pass
    with pytest.raises(Unreadable), opened("{", logger):
        pass
    (line,) = lines(log)
    assert line.get("correlation_id") is None
