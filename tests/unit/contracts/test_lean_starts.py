"""A handler that starts imports nothing that only other messages need: who waits for the first of them pays for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import botocore
import pytest

from cli.home import ROOT

FOUND = (ROOT / "functions", ROOT / "layers/core", Path(botocore.__file__).parent.parent)
HTTP = {"asyncio", "httpx"}
LATER = {
    "intake.handler": {
        "httpx",
        "intake.activities",
        "intake.invitations",
        "intake.told",
        "precall.crm.invitation.lines",
    },
    "distribute.handler": {*HTTP, "distribute.changes", "precall.crm.port", "precall.crm.reader"},
    "audit.handler": {*HTTP, "jinja2"},
    "brief.handler": {*HTTP, "brief.shortening"},
    "deliver.handler": {
        *HTTP,
        "icalendar",
        "jinja2",
        "deliver.alerts",
        "deliver.digest",
        "deliver.post",
        "deliver.returned",
    },
    "writeback.handler": {"httpx", "jinja2"},
}


@pytest.mark.parametrize("handler", LATER)
def test_what_only_other_messages_need_is_not_there_at_first(handler: str) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys, {handler}; print(*sys.modules)"],
        check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, FOUND))},
    )  # fmt: skip
    assert LATER[handler] & set(done.stdout.split()) == set()
    assert "pydantic" in done.stdout.split()
