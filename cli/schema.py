"""`make templates`: the published JSON Schema of `brief.json`, for whoever reads briefs by program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from precall.model import Brief

MADE = Path(__file__).resolve().parents[1] / "docs" / "brief.schema.json"


def made() -> dict[str, Any]:
    """JSON Schema 2020-12; a change that breaks readers raises `version` in the brief."""
    schema = Brief.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


if __name__ == "__main__":
    MADE.write_text(json.dumps(made(), indent=1) + "\n", encoding="utf-8")
    print(f"made {MADE.name}")
