"""Both models begin to load while the rest is imported and read: most of it happens outside of Python's lock."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

from precall.errors import ModelUnavailable
from rank.model_files import model_folder
from rank.sentiment import load

KINDS = ("sentiment", "encoder")
"""In the order in which they are used."""


def warm() -> None:
    """Begin; what goes wrong is told when a model is used."""
    for kind in KINDS:
        Thread(target=_loaded, args=(kind,), daemon=True).start()


def _loaded(kind: str) -> None:
    with suppress(ModelUnavailable):
        load(model_folder(kind))
