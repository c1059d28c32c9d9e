"""What `precall show --json` prints is what docs/brief.schema.json says, in every situation."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from brief.evidence import Evidence
from cli.schema import MADE
from precall.model import Brief
from tests.unit.brief.full import full, full_again
from tests.unit.brief.situation import brief_of, evidence, failure
from tests.unit.brief.test_person_only import known_of

SITUATIONS: dict[str, Evidence] = {
    "rich": full_again(),
    "empty": evidence([]),
    "person only": known_of(),
    "unranked": replace(full(), ranking=None, failures=(failure("rank"),)),
    "nothing collected": replace(full(), collection=None, ranking=None, failures=(failure("collect"),)),
}


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(MADE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_brief_is_of_the_published_form(situation: str) -> None:
    text = brief_of(SITUATIONS[situation]).model_dump_json()
    validator().validate(json.loads(text))
    assert Brief.model_validate_json(text).model_dump_json() == text


@pytest.mark.parametrize(
    "change",
    [{"version": 1}, {"stories": "none"}, {"since": 7}, {"invented": True}, {"bottom_line": [{"text": "x"}]}],
)
def test_what_is_no_brief_is_not_of_that_form(change: dict[str, Any]) -> None:
    brief = json.loads(brief_of(SITUATIONS["empty"]).model_dump_json())
    assert list(validator().iter_errors(brief | change))
