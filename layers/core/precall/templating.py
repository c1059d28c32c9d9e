"""Jinja's templates, as Python where that was made before: to compile the brief's takes longer than to write the brief.

Building for a deployment makes it (`cli.compiling`), in `compiled` below the templates. A file
there is named after what its template says, so that a template that was changed since is compiled when it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
from jinja2 import Environment, FileSystemLoader, Template

KINDS = ("html", "txt", "j2")


class CompiledLoader(FileSystemLoader):
    """Templates of one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._compiled = folder / "compiled"

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """See Jinja."""
        path = self._place(self.get_source(environment, name)[0])
        if not path.is_file():
            return super().load(environment, name, globals)
        return environment.template_class.from_module_dict(environment, vars(_module(path)), globals or {})

    def compile(self, environment: Environment) -> Iterator[Path]:
        """Write every template as Python; the files that hold them."""
        self._compiled.mkdir(exist_ok=True)
        for name in environment.list_templates(extensions=KINDS):
            source, filename, _ = self.get_source(environment, name)
            path = self._place(source)
            path.write_text(environment.compile(source, name, filename, raw=True, defer_init=True), encoding="utf-8")
            yield path

    def _place(self, source: str) -> Path:
        return self._compiled / f"t{sha256(f'{jinja2.__version__} {source}'.encode()).hexdigest()[:24]}.py"


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
