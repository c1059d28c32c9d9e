from __future__ import annotations

import pytest

from bench.report import Figure, Report, percentile


def test_a_report_is_ok_while_every_limit_holds() -> None:
    report = Report("flow", [Figure("a", "x", 2.0, limit=3.0), Figure("a", "y", 2.0, limit=1.0, keep="above")])
    assert report.ok
    report.figures.append(Figure("b", "z", 3.1, limit=3.0))
    assert not report.ok
    assert report.as_dict() == {
        "bench": "flow",
        "figures": {"a": {"x": 2.0, "y": 2.0}, "b": {"z": 3.1}},
        "limits": {"a": {"x": 3.0, "y": 1.0}, "b": {"z": 3.0}},
        "skipped": [],
        "ok": False,
    }
    assert "NOT KEPT" in report.as_text()


@pytest.mark.parametrize(("share", "value"), [(0.5, 5), (0.95, 10), (1.0, 10), (0.01, 1)])
def test_percentiles_are_values_that_were_seen(share: float, value: float) -> None:
    assert percentile(list(range(10, 0, -1)), share) == value
