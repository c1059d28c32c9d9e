"""The settings in force: one document that `precall config push` replaces and that running functions read again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from precall.config.in_force import InForce
from precall.documents import CONFIG_KEY, Documents
from precall.errors import DocumentNotFound, InvalidConfiguration

if TYPE_CHECKING:
    from precall.config import Config

REFRESH = 30.0
"""Seconds after which a running function reads the settings again."""


class ConfigStore:
    """The settings in force: read from the documents, kept for `REFRESH` seconds."""

    def __init__(self, documents: Documents, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._documents = documents
        self._monotonic = monotonic
        self._held: tuple[float, Config] | None = None

    def current(self) -> Config:
        """The settings; InvalidConfiguration when none were ever pushed."""
        now = self._monotonic()
        if self._held is None or now - self._held[0] >= REFRESH:
            self._held = (now, self._read())
        return self._held[1]

    def push(self, config: Config) -> None:
        """Put `config` in force."""
        self._documents.put(CONFIG_KEY, config.model_dump_json())
        self._held = None

    def _read(self) -> Config:
        try:
            return cast("Config", InForce(self._documents.get(CONFIG_KEY)))
        except DocumentNotFound:
            raise InvalidConfiguration("no settings are in force; run `precall config push`") from None
