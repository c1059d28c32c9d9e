"""What registers, job boards, code hosts and press-release wires know of the made-up world, as written in YAML."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "records"


@cache
def records(name: str) -> Any:
    """The content of ``records/<name>.yaml``."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


def ago(record: dict[str, Any], as_of: datetime) -> datetime:
    """When it happened: ``hours_ago`` before the moment that is shown."""
    return as_of - timedelta(hours=record["hours_ago"])
