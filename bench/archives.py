"""The files of the data's archives, read without unpacking them."""

from __future__ import annotations

import gzip
import json
import tarfile
from pathlib import Path
from typing import Any


def files_in(archive: Path) -> dict[str, bytes]:
    """The content of every file of a tar archive by its path."""
    with tarfile.open(archive) as opened:
        members = [member for member in opened if member.isfile()]
        return {member.name.removeprefix("./"): _content(opened, member) for member in members}


def labels_in(path: Path) -> Any:
    """The JSON in a gzip file."""
    return json.loads(gzip.decompress(path.read_bytes()))


def _content(opened: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    found = opened.extractfile(member)
    return found.read() if found else b""
