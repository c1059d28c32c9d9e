"""What `make brief` says of its lead's events."""

from __future__ import annotations

from cli.demo import said


def test_a_calls_time_is_told_as_people_read_it() -> None:
    event = {"type": "lead.assigned", "rep_name": "Tamsin", "call_at": "2026-12-01T12:20:47.530599Z"}
    assert said(event) == "Tamsin has it; the call is at Tue 1 Dec 2026, 12:20 UTC"


def test_what_has_no_time_is_told_as_it_is() -> None:
    assert said({"type": "stories.ranked", "stories": 3}) == "3 stories, ranked"
