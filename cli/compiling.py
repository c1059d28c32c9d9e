"""What is deployed starts with its templates as Python and all Python as bytecode: a Lambda could not keep either.

Bytecode serves the Python that makes it, and is looked at by the content of its source, which no time stamp says.
"""

from __future__ import annotations

import compileall
from pathlib import Path
from py_compile import PycInvalidationMode

from jinja2 import Environment

from audit import render as audit
from brief import render as brief
from cli.home import ROOT
from deliver import notice as deliver
from precall.templating import CompiledLoader

CODE = (ROOT / "functions", ROOT / "layers" / "core" / "precall")


def environments() -> tuple[Environment, ...]:
    """Those of the steps that write."""
    return (brief.templates(), audit.templates(), deliver.templates())


def prepare() -> None:
    """Compile what functions run."""
    for environment in environments():
        loader = environment.loader
        assert isinstance(loader, CompiledLoader)
        kept = set(loader.compile(environment))
        for path in {old for one in kept for old in one.parent.glob("*.py")} - kept:
            path.unlink()
    for folder in CODE:
        bytecode(folder)


def bytecode(folder: Path) -> None:
    """Of all Python below `folder`."""
    compileall.compile_dir(folder, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
