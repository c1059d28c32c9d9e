"""The CRMs that briefs are written back to, by the names of their adapters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from precall.crm.client import ClientKind

_NAMES = ("close", "hubspot", "pipedrive", "salesforce", "zoho")


class _Clients(Mapping[str, ClientKind]):
    """Imports the one that is asked for; in `client` below its package it has the package's name in capitals."""

    def __getitem__(self, name: str) -> ClientKind:
        if name not in _NAMES:
            raise KeyError(name)
        kind: ClientKind = getattr(import_module(f"precall.crm.{name}.client"), name.upper())
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


CLIENTS: Mapping[str, ClientKind] = _Clients()
