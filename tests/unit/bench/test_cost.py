"""The price of an invocation, and what the template says of functions and rules."""

from __future__ import annotations

from collections import Counter

import pytest

from bench import template
from bench.cost import invocation
from bench.one_lead import Use
from bench.template import Function

WHOLE = Function("XFunction", "x.handler", memory=1769, arm=True, environment={})
HALF = Function("XFunction", "x.handler", memory=885, arm=True, environment={})


def test_an_idle_invocation_costs_its_request_and_its_log() -> None:
    assert invocation(WHOLE, Use()) == pytest.approx((0.20 + 1.00) / 1e6)


def test_seconds_are_priced_by_memory_and_computing_takes_longer_with_less() -> None:
    idle = invocation(WHOLE, Use())
    assert invocation(WHOLE, Use(waiting=1)) - idle == pytest.approx(1769 / 1024 * 0.0000133334)
    assert invocation(HALF, Use(waiting=1)) - idle == pytest.approx(885 / 1024 * 0.0000133334)
    assert invocation(HALF, Use(processor=1)) == pytest.approx(invocation(WHOLE, Use(processor=1)))


def test_calls_are_priced_by_service_and_operation() -> None:
    calls = Counter({("s3", "PutObject"): 1000, ("s3", "GetObject"): 1000, ("dynamodb", "GetItem"): 1000})
    priced = invocation(WHOLE, Use(calls=calls, written=1000)) - invocation(WHOLE, Use())
    assert priced == pytest.approx(0.005 + 0.0004 + 0.000125 + 0.000625)


def test_the_templates_functions_rules_and_table_are_read() -> None:
    functions = template.functions({"TABLE_NAME": "facts"})
    assert functions["RankFunction"].arm is False
    assert functions["CollectFunction"].environment["TABLE_NAME"] == "facts"
    assert functions["IntakeFunction"].environment["HUBSPOT_SIGNATURE_V1"] == "no"
    heard = template.listeners(functions)
    assert "DistributeFunction" in heard["lead.acquired"]
    assert "AuditFunction" in heard["*"]
    assert {key["AttributeName"] for key in template.table()["KeySchema"]} == {"pk", "sk"}
