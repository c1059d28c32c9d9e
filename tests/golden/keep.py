"""What is kept of a golden brief: its text and its data to be read in a diff, its mail and page as fingerprints."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from tests.golden.read import forms

FOLDER = Path(__file__).parent / "briefs"


def kept(name: str) -> dict[str, str]:
    """The files of one golden brief."""
    made = forms(name)
    data = made.brief.model_dump(mode="json", exclude_defaults=True)
    prints = {form: sha256(getattr(made, form).encode()).hexdigest() for form in ("mail", "page", "note")}
    return {
        f"{name}.txt": made.text,
        f"{name}.json": json.dumps(data, indent=1, ensure_ascii=False) + "\n",
        f"{name}.sha256": "".join(f"{digest}  {form}\n" for form, digest in prints.items()),
    }


def keep(name: str) -> None:
    """Writes them down."""
    FOLDER.mkdir(exist_ok=True)
    for file, text in kept(name).items():
        (FOLDER / file).write_text(text, encoding="utf-8")
