"""Is every statement of every function's role needed, and is every call allowed?

The end-to-end tests run with each function's calls of AWS written down. A statement is needed when one of them is
allowed by no other statement of its role: without it, IAM would refuse that call. PRECALL_CALLS names the file of the
calls; one that is there already is looked at anew, and the tests are not run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.permissions import Need, Statement, needs, statements
from bench.recording import VARIABLE, read
from bench.report import Figure, Report

ELSEWHERE = {
    ("AgendaFunction", "*"): "mails on reps' mornings only: tests/unit/deliver/test_agenda.py",
    ("*", "AbsentIsNotFound s3:ListBucket"): "tells an absent document from a forbidden one; the tests' are there",
    ("ForgetFunction", "BringAgain sqs:ChangeMessageVisibility"): "only after a trouble: tests/integration/forget",
    ("*", "BringAgainSoon sqs:ChangeMessageVisibility"): "only after a passing trouble: bench load",
    ("*", "LeadsAndIdempotency dynamodb:DeleteItem"): "a refused mail leaves no record: tests/integration/deliver",
    ("*", "Leave dynamodb:DeleteItem"): "an account that is no reason to listen any more: tests/integration/listen",
    ("*", "Published dynamodb:UpdateItem"): "a lead that a story made: tests/unit/listen/test_hearing.py",
    ("PagesFunction", "Trail dynamodb:BatchGetItem"): "engaged accounts: tests/integration/core/test_touches.py",
    ("*", "LinkSecretAndChats ssm:GetParameter"): "links of updates and chats: tests/unit/deliver/test_chats.py",
}
"""Actions of statements that the end-to-end tests do not come to, and what holds them."""
_BASIC = ("logs:", "xray:")
"""What SAM adds to every role, for logs and traces, which the local stack writes itself."""


def run(data: Path) -> Report:
    """`data` is not needed."""
    report = Report("policies")
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(os.environ.get(VARIABLE) or Path(folder) / "calls.jsonl")
        if not calls.exists():
            _tested(calls)
        asked = _asked(calls)
        roles = json.loads(calls.with_suffix(".policies.json").read_text())
    held = {name: [one for document in documents for one in statements(document)] for name, documents in roles.items()}
    for name in sorted(held):
        report.figures += _figures(name, held[name], asked.get(name, set()))
    return report


def _tested(calls: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--timeout=600",
        "tests/e2e",
        "--deselect",
        "tests/e2e/test_look.py",
    ]
    if code := subprocess.call(command, env={**os.environ, VARIABLE: str(calls)}, stdout=sys.stderr):
        raise RuntimeError(f"the end-to-end tests failed ({code}), so that their calls prove nothing")


def _asked(calls: Path) -> dict[str, set[Need]]:
    asked: dict[str, set[Need]] = {}
    for call, status in read(calls):
        asked.setdefault(call.caller, set()).update(needs(call, status))
    return asked


def _figures(name: str, held: list[Statement], asked: set[Need]) -> Iterator[Figure]:
    ours = [one for one in held if not all(action.startswith(_BASIC) for action in one.actions)]
    refused = [need for need in asked if not any(one.allows(need) for one in ours)]
    idle = sorted(_idle(name, ours, asked))
    for said in (*(f"refused: {need}" for need in refused), *(f"not needed: {name} {action}" for action in idle)):
        print(said, file=sys.stderr)
    yield Figure(name, "actions of statements", sum(len(one.actions) for one in ours))
    yield Figure(name, "kinds of calls", len(asked))
    yield Figure(name, "calls that no statement allows", len(refused), 0)
    yield Figure(name, "actions that no call needs", len(idle), 0)


def _idle(name: str, held: list[Statement], asked: set[Need]) -> Iterator[str]:
    """Each action of a statement without which all calls would be allowed as before."""
    for one in held:
        others = [other for other in held if other is not one]
        for action in one.actions:
            mine = {need for need in asked if need.action == action and one.allows(need)}
            needed = any(not any(other.allows(need) for other in others) for need in mine)
            known = ELSEWHERE.keys() & {(name, "*"), (name, f"{one.sid} {action}"), ("*", f"{one.sid} {action}")}
            if not (needed or known):
                yield f"{one.sid} {action}"
