"""What holds for every source: who adds one (CONTRIBUTING.md) is told here what is still missing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from collect.batch import Batch, Source
from collect.sources import SOURCES
from precall.config import Sources
from precall.fetch import Page
from precall.model import Prospect
from tests.unit.collect.support import about, page

DOCS = Path(__file__).parents[3] / "docs" / "sources.md"
PARSERS: dict[str, Callable[..., Batch]] = {
    source.name: parse for source in SOURCES if (parse := getattr(inspect.getmodule(type(source)), "parse", None))
}
ANSWERS = {
    "nothing": "",
    "an error page": "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>",
    "half an object": '{"hits": [{"title": "Marlbrook"',
    "half a feed": "<rss><channel><item><title>Marlbrook",
    "bytes": "\x00\x01\x02\ufffd" * 50,
    "a deep one": "[" * 50_000,
}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_it_has_a_name_a_label_a_switch_and_a_row_in_the_documents(source: Source) -> None:
    assert source.label.strip() == source.label != ""
    assert source.name in Sources.model_fields, "add its switch to precall.config.Sources"
    assert f"| `{source.name}` |" in DOCS.read_text(encoding="utf-8"), "add its row to docs/sources.md"


def test_names_and_labels_differ_and_no_switch_is_left_over() -> None:
    assert len({source.label for source in SOURCES}) == len(SOURCES)
    assert [source.name for source in SOURCES] == list(Sources.model_fields)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_what_it_lacks_is_a_clause(source: Source) -> None:
    nameless = about(None, domain=None, contact="Ada Penrose")
    assert isinstance(nameless.prospect, Prospect)
    for question in (about(), about(domain="marlbrook.example"), nameless):
        lacking = source.lacks(question)
        assert lacking is None or (lacking == lacking.strip(" .") != "" and not lacking[0].isupper())


def _called(parse: Callable[..., Batch], answer: Page) -> Batch:
    """The parser with what else it asks for: texts are names of a site, a board, an app."""
    known = {"page": answer, "question": about(domain="marlbrook.example")}
    wanted = inspect.signature(parse).parameters.values()
    needed = [each for each in wanted if each.default is inspect.Parameter.empty]
    return parse(**{each.name: known.get(each.name, "greenhouse") for each in needed})


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", PARSERS)
def test_a_broken_answer_is_a_flaw_and_no_error(name: str, answer: str) -> None:
    batch = _called(PARSERS[name], page(ANSWERS[answer], "text/html"))
    assert batch.mentions == ()
    assert batch.flaw


def test_most_sources_parse_apart_from_asking() -> None:
    assert len(PARSERS) * 2 > len(SOURCES)
