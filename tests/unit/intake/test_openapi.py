"""The API is what its document says: the document is made of the models, its paths are the deployed routes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cli import openapi
from tests.unit.collect.test_permissions import TEMPLATE
from tests.unit.intake.conftest import Stack
from tests.unit.intake.wsgi import app

EXAMPLES = int(os.environ.get("API_EXAMPLES", "0"))
"""How many requests the full run makes of each kind: `API_EXAMPLES=1000 pytest …`; a small run without it."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DOCUMENT: dict[str, Any] = yaml.safe_load(openapi.MADE.read_text(encoding="utf-8"))

api = schemathesis.openapi.from_dict(DOCUMENT)
api.app = app
api.config.phases.coverage.enabled = bool(EXAMPLES)


def test_the_published_document_is_the_one_that_the_models_make() -> None:
    assert openapi.MADE.read_text(encoding="utf-8") == openapi.text(), "run `make templates`"


def test_its_paths_are_the_routes_of_the_template() -> None:
    text = Path(TEMPLATE).read_text(encoding="utf-8")
    function = text.partition("  IntakeFunction:")[2].partition("Policies:")[0]
    routes = {line.split("Path: ")[1].split(",")[0].strip('" ') for line in function.splitlines() if "Path: " in line}
    assert routes == set(DOCUMENT["paths"])


@pytest.fixture
def served(stack: Stack) -> Stack:
    return stack


@api.include(path_regex="^/(leads|activities|invitations)$").parametrize()
@settings(max_examples=EXAMPLES or 10, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_document_allows_and_forbids_is_answered_as_it_says(served: Stack, case: Case[Any]) -> None:
    case.validate_response(case.call(), checks=CHECKS)
