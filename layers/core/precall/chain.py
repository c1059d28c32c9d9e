"""The chain of a lead's trail: what each record is hashed of, and what a reader can prove with that.

A record's hash covers the hash before it, its number, the digest of its content, and until when the one before is kept.
So content may be erased on request without breaking the chain (its digest stays), and records whose time of keeping is
over may be gone from the beginning, but only then: no record is kept shorter than the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple


class Record(NamedTuple):
    """One record as it is kept. `doc` is the event's JSON, None when it was erased; moments in seconds."""

    number: int
    event_id: str
    digest: str
    before: str
    before_until: int
    until: int
    hash: str
    doc: str | None


class Head(NamedTuple):
    """Where the chain ends."""

    number: int = 0
    hash: str = ""
    until: int = 0


class Broken(NamedTuple):
    """The first link that does not hold."""

    number: int
    why: str


def start_of(lead_id: str) -> Head:
    """Before the first record: each lead's chain starts elsewhere, so that none passes for another's."""
    return Head(hash=sha256(f"precall.trail\x1f{lead_id}".encode()).hexdigest())


def digest_of(doc: str) -> str:
    """What a record proves its content with."""
    return sha256(doc.encode()).hexdigest()


def link(head: Head, event_id: str, doc: str, until: int) -> Record:
    """The record that follows `head`."""
    number, digest = head.number + 1, digest_of(doc)
    own = _hash(head.hash, number, event_id, digest, head.until)
    return Record(number, event_id, digest, head.hash, head.until, max(until, head.until), own, doc)


def first_broken(lead_id: str, kept: Sequence[Record], head: Head | None, now: datetime) -> Broken | None:
    """The first link of a trail (in order of their numbers) that does not hold; None when all do."""
    records = [record for record in kept if record.until > now.timestamp()]  # the others may vanish in any order
    if head is None:
        return Broken(0, "the trail's head is gone") if records else None
    if not records:
        gone = head.until <= now.timestamp()
        return None if gone else Broken(1, "every record is gone before its time of keeping was over")
    return _at_the_start(lead_id, records[0], now) or _inside(records) or _at_the_end(records[-1], head)


def _at_the_start(lead_id: str, first: Record, now: datetime) -> Broken | None:
    if first.number == 1:
        return None if first.before == start_of(lead_id).hash else Broken(1, "it does not begin this lead's trail")
    if first.before_until <= now.timestamp():
        return None
    return Broken(1, f"it is missing: the trail begins at record {first.number}, before its time of keeping was over")


def _inside(records: Sequence[Record]) -> Broken | None:
    for record in records:
        if record.doc is not None and digest_of(record.doc) != record.digest:
            return Broken(record.number, "its content was changed")
        if _hash(record.before, record.number, record.event_id, record.digest, record.before_until) != record.hash:
            return Broken(record.number, "its hash is not that of what it holds")
    for one, other in pairwise(records):
        if other.number != one.number + 1:
            return Broken(one.number + 1, "it is missing")
        if other.before != one.hash:
            return Broken(other.number, "it does not follow the record before it")
    return None


def _at_the_end(last: Record, head: Head) -> Broken | None:
    if last.number < head.number:
        return Broken(last.number + 1, f"it is missing: the trail ends at record {last.number} of {head.number}")
    return None if last.hash == head.hash else Broken(last.number, "it is not the record that the trail's head names")


def _hash(before: str, number: int, event_id: str, digest: str, before_until: int) -> str:
    parts = (before, str(number), event_id, digest, str(before_until))
    return sha256("\x1f".join(parts).encode()).hexdigest()
