"""What reads leads back from a CRM and what writes briefs back to it, by the name of the adapter beside which both lie.

They bring the HTTP client, which intake starts without: only the one that is asked for is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from precall.crm.client import ClientKind
    from precall.crm.reader import ReaderKind

_NAMES = ("close", "hubspot", "pipedrive", "salesforce", "zoho")


T = TypeVar("T")


class _Parts(Mapping[str, T], Generic[T]):
    """In a module of the adapter's package it has the package's name in capitals."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getitem__(self, name: str) -> T:
        if name not in _NAMES:
            raise KeyError(name)
        return cast("T", getattr(import_module(f"precall.crm.{name}.{self._module}"), name.upper()))

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


READERS: Mapping[str, ReaderKind] = _Parts("reader")
CLIENTS: Mapping[str, ClientKind] = _Parts("client")
