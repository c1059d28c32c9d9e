"""Templates that were compiled before say what they say when they are compiled anew; a changed one is compiled anew."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from jinja2 import Environment, StrictUndefined, select_autoescape

from cli.compiling import environments
from precall.templating import CompiledLoader


def environment(folder: Path) -> tuple[Environment, CompiledLoader]:
    loader = CompiledLoader(folder)
    made = Environment(loader=loader, autoescape=select_autoescape(["html"]), undefined=StrictUndefined)
    made.filters["loud"] = str.upper
    return made, loader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.html").write_text(
        "<p>{% block inner %}{% endblock %}</p>{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}"
    )
    (tmp_path / "page.html").write_text(
        "{% extends 'base.html' %}{% from 'base.html' import twice %}"
        "{% block inner %}{{ name|loud }}{{ twice(name) }}{% endblock %}"
    )
    (tmp_path / "style.css").write_text("p { }")
    return tmp_path


def test_what_was_compiled_says_the_same_and_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anew, _ = environment(folder)
    said = anew.get_template("page.html").render(name="<b>")
    assert said == "<p>&lt;B&gt;&lt;b&gt;&lt;b&gt;</p>"
    made, loader = environment(folder)
    assert len(list(loader.compile(made))) == 2
    monkeypatch.setattr(jinja2.Environment, "compile", None)  # nothing is compiled any more
    assert made.get_template("page.html").render(name="<b>") == said


def test_a_template_that_was_changed_is_compiled_anew(folder: Path) -> None:
    made, loader = environment(folder)
    list(loader.compile(made))
    (folder / "page.html").write_text("now {{ name }}")
    assert environment(folder)[0].get_template("page.html").render(name="x") == "now x"


def test_every_step_that_writes_compiles_before() -> None:
    assert len(environments()) == 3
    for one in environments():
        assert isinstance(one.loader, CompiledLoader)
        assert one.list_templates()
