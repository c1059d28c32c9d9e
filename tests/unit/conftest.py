"""Unit tests open no sockets (a Unix socket pair inside asyncio is not one)."""

from __future__ import annotations

import pytest
from hypothesis import settings
from pytest_socket import disable_socket

settings.register_profile("precall", deadline=None)  # a busy machine is no defect
settings.load_profile("precall")


@pytest.fixture(autouse=True)
def _no_sockets() -> None:
    disable_socket(allow_unix_socket=True)
