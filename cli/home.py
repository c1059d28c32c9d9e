"""What the command line keeps between calls: `.precall/` beside the template, with the local stack's state."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from precall.secrets import GENERIC_WEBHOOK, HUBSPOT_CLIENT, HUBSPOT_TOKEN, HUBSPOT_WRITE, LINKS

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: the folder of template.yaml."""


class Problem(Exception):
    """Something that a person can mend: one readable line that says how."""


@dataclass(frozen=True)
class Home:
    """Paths below `.precall/`."""

    path: Path

    @classmethod
    def at(cls, path: Path | None = None) -> Home:
        """`.precall/` of the checkout, made if it is not there."""
        home = cls(path or ROOT / ".precall")
        home.path.mkdir(parents=True, exist_ok=True)
        return home

    def file(self, name: str) -> Path:
        """A file below `.precall/`; its folder exists afterwards."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def read(self, name: str) -> dict[str, str]:
        """The small JSON mapping in `name`; empty when there is none."""
        path = self.path / name
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def write(self, name: str, values: dict[str, str]) -> None:
        """Keep a small JSON mapping, readable by this user only."""
        path = self.file(name)
        path.touch(mode=0o600)
        path.write_text(json.dumps(values, indent=2) + "\n")

    def secrets(self) -> dict[str, str]:
        """The local stack's secrets by parameter name: made at random once, and kept."""
        held = self.read("secrets.json")
        made = {**new_secrets(), **held}
        if made != held:
            self.write("secrets.json", made)
        return made


def new_secrets() -> dict[str, str]:
    """Random values, by parameter name."""
    return {
        GENERIC_WEBHOOK: "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode(),
        HUBSPOT_CLIENT: secrets.token_hex(16),
        HUBSPOT_TOKEN: "pat-local-" + secrets.token_hex(8),
        HUBSPOT_WRITE: "pat-local-" + secrets.token_hex(8),
        LINKS: secrets.token_urlsafe(32),
    }
