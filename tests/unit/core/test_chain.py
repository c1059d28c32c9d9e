"""The chain of a trail: nothing removed, changed, added in between or moved passes unseen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.chain import Broken, Head, Record, first_broken, link, start_of

NOW = datetime(2026, 3, 12, tzinfo=UTC)
LATER = int(NOW.timestamp()) + 1000


def chained(docs: list[str], until: int = LATER, lead_id: str = "lead-1") -> tuple[list[Record], Head]:
    head, records = start_of(lead_id), []
    for number, doc in enumerate(docs):
        records.append(link(head, f"event-{number}", doc, until))
        head = Head(records[-1].number, records[-1].hash, records[-1].until)
    return records, head


RECORDS, HEAD = chained(["a", "b", "c", "d"])


def broken(records: list[Record], head: Head | None = HEAD, lead_id: str = "lead-1") -> Broken | None:
    return first_broken(lead_id, records, head, NOW)


def test_a_whole_trail_holds() -> None:
    assert broken(RECORDS) is None
    assert broken([], None) is None


@pytest.mark.parametrize("gone", range(4))
def test_a_removed_record_is_named(gone: int) -> None:
    found = broken([record for record in RECORDS if record.number != gone + 1])
    assert found
    assert (found.number, "it is missing" in found.why) == (gone + 1, True)


@pytest.mark.parametrize("number", range(4))
def test_a_changed_record_is_named(number: int) -> None:
    changed = [record._replace(doc="x") if record.number == number + 1 else record for record in RECORDS]
    assert broken(changed) == Broken(number + 1, "its content was changed")


def test_a_change_with_a_new_digest_is_named() -> None:
    other = chained(["a", "x"])[0][1]
    assert broken([RECORDS[0], RECORDS[1]._replace(doc="x", digest=other.digest), *RECORDS[2:]]) == Broken(
        2, "its hash is not that of what it holds"
    )


def test_a_change_with_a_new_hash_breaks_the_next_link() -> None:
    other = chained(["a", "x"])[0][1]
    assert broken([RECORDS[0], other, *RECORDS[2:]]) == Broken(3, "it does not follow the record before it")


def test_a_rewritten_trail_needs_its_head_rewritten() -> None:
    found = broken(chained(["a", "b", "c", "x"])[0])
    assert found == Broken(4, "it is not the record that the trail's head names")


def test_another_leads_trail_is_not_this_ones() -> None:
    records, head = chained(["a"], lead_id="lead-2")
    assert broken(records, head) == Broken(1, "it does not begin this lead's trail")


def test_a_trail_without_its_head_or_without_records_is_broken() -> None:
    assert broken(RECORDS, None)
    assert broken([])


def test_what_was_erased_on_request_leaves_its_digest_and_breaks_nothing() -> None:
    assert broken([RECORDS[0], RECORDS[1]._replace(doc=None), *RECORDS[2:]]) is None


def test_records_may_go_from_the_beginning_once_their_time_is_over_and_only_then() -> None:
    over = int(NOW.timestamp()) - 1
    first = link(start_of("lead-1"), "e1", "a", over)
    second = link(Head(1, first.hash, first.until), "e2", "b", LATER)
    head = Head(2, second.hash, second.until)
    assert broken([second], head) is None
    assert broken([first, second], head) is None
    still_kept = link(start_of("lead-1"), "e1", "a", LATER)
    after = link(Head(1, still_kept.hash, still_kept.until), "e2", "b", LATER)
    assert broken([after], Head(2, after.hash, after.until))


def forged(record: Record, field: str) -> Record:
    changed: dict[str, Any] = {field: "forged"}
    return record._replace(**changed)


@given(st.lists(st.text(max_size=3), min_size=2, max_size=6), st.data())
def test_whatever_one_record_is_exchanged_for_is_seen(docs: list[str], data: st.DataObject) -> None:
    records, head = chained(docs)
    at = data.draw(st.integers(0, len(docs) - 1))
    field = data.draw(st.sampled_from(["doc", "digest", "before", "hash", "event_id"]))
    changed = [forged(record, field) if n == at else record for n, record in enumerate(records)]
    assert first_broken("lead-1", changed, head, NOW)
