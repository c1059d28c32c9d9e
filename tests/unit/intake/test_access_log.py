"""The API's access log says what was called, never at which address: paths and queries hold secrets."""

from __future__ import annotations

import json
import re

from tests.unit.collect.test_permissions import TEMPLATE

SAID = {"requestId", "requestTime", "httpMethod", "resourcePath", "status", "responseLatency"}


def test_the_access_log_has_the_route_and_neither_address_nor_person() -> None:
    text = TEMPLATE.read_text(encoding="utf-8").partition("AccessLogSetting:")[2].partition("MethodSettings:")[0]
    form = " ".join(text.partition("Format: >-")[2].partition("- !Ref")[0].split())
    assert set(re.findall(r"\$context\.(\w+)", form)) == SAID
    assert json.loads(form)["route"] == "$context.resourcePath"
