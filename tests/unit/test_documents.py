"""What the documents name is there: tests, files, anchors of other pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench import template
from precall import crm
from precall.config import Retention
from precall.crm.generic.payload import LeadSent

ROOT = Path(__file__).parents[2]
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    missing = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert missing == []


def test_every_threat_has_a_test_that_is_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    threats = [line for line in text.partition("## Threats")[2].splitlines() if line.startswith("| ")][1:]
    assert len(threats) > 15
    for threat in threats:
        named = _TEST.findall(threat)
        assert named, threat
        for path, name in named:
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path} has no {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_targets_that_are_named_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    named = {*re.findall(r"`make ([a-z-]+)", text), *re.findall(r"^make ([a-z-]+)", blocks, re.MULTILINE)}
    assert named <= targets
    files = re.findall(r"`((?:tests|functions|layers|bench|events|replay|docs|cli)/[\w./-]+\.\w+)`", text)
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_the_periods_of_the_data_map_are_those_that_hold() -> None:
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    template = (ROOT / "template.yaml").read_text(encoding="utf-8")
    for name, days in Retention().model_dump().items():
        assert f"`retention.{name}` ({days} days)" in text
    for name in ("RetentionDays", "LogRetentionDays"):
        (days,) = re.findall(rf"^  {name}:\n    Type: Number\n    Default: (\d+)", template, re.MULTILINE)
        assert f"parameter `{name}` ({days} days)" in text
    (days,) = re.findall(r"Prefix: cache/\n\s+ExpirationInDays: (\d+)", template)
    assert f"S3 `cache/` | {days} days" in text


def test_the_lead_in_the_documents_is_taken() -> None:
    text = (ROOT / "docs" / "crm" / "generic.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    told = LeadSent.model_validate(json.loads(example))
    assert set(LeadSent.model_fields) - told.model_fields_set <= {"type", "as_of", "invitation"}
    assert "`invitation`" in text


def test_the_picture_and_the_table_of_the_architecture_have_every_function() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture, rows = text.split("```")[1], re.findall(r"^\| ([\w ]+) \| `([\w.]+)` \|", text, re.MULTILINE)
    functions = template.functions({})
    assert {handler for _, handler in rows} == {function.handler for function in functions.values()}
    for name, handler in rows:
        (logical,) = [key for key, function in functions.items() if function.handler == handler]
        assert logical == f"{name.title().replace(' ', '')}Function"
        assert name.replace(" ", "") in picture.replace(" ", "")


@pytest.mark.parametrize("name", crm._ADAPTERS)
def test_every_crm_is_told_step_by_step(name: str) -> None:
    text = (ROOT / "docs" / "crm" / f"{name}.md").read_text(encoding="utf-8")
    assert f"/webhooks/{name}" in text
    assert f"/precall/{crm.adapter(name).secret}" in text


def test_the_memory_sizes_are_those_of_the_measured_table() -> None:
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    sizes = [256, 512, 1024, 1769]
    table = re.findall(r"^\| (\w+) \| (.* ms, .*) \|$", text, re.MULTILINE)
    chosen = {name: sizes[[cell.startswith("**") for cell in cells.split(" | ")].index(True)] for name, cells in table}
    has = {name.removesuffix("Function").lower(): one.memory for name, one in template.functions({}).items()}
    assert len(chosen) == 8
    assert {name: has[name] for name in chosen} == chosen
