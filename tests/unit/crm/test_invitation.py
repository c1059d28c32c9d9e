"""Invitations: when the call is, in whichever zone; which call; and nothing that is sent takes long or crashes."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precall.crm.invitation import Invitation, invitation_in
from precall.errors import InvalidLead

TWO = datetime(2026, 3, 12, 14, tzinfo=UTC)
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def ics(start: str = "DTSTART:20260312T140000Z", *more: str, method: str = "REQUEST", zone: str = "") -> str:
    event = ["BEGIN:VEVENT", "UID:call-1@seller.example", "DTSTAMP:20260310T090000Z", start, *more, "END:VEVENT"]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *([f"METHOD:{method}"] if method else [])]
    return "\r\n".join([*head, *zone.splitlines(), *event, "END:VCALENDAR", ""])


def starts(invitation: Invitation) -> datetime | None:
    return invitation.starts(ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("DTSTART:20260312T140000Z", ""),
        ("DTSTART;TZID=Europe/Vienna:20260312T150000", ""),
        ('DTSTART;TZID="Europe/Vienna":20260312T150000', ""),
        ("DTSTART;TZID=W. Europe Standard Time:20260312T150000", ""),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Vienna:20260312T150000", ""),
        ("DTSTART;TZID=Customized Time Zone:20260312T150000", OWN_ZONE),
        ("DTSTART:20260312T100000", ""),
    ],
    ids=["utc", "iana", "quoted", "windows", "globally unique", "described", "floating in New York"],
)
def test_the_time_is_the_same_in_whichever_zone_it_is_written(start: str, zone: str) -> None:
    assert starts(invitation_in(ics(start, zone=zone))) == TWO


def test_a_described_zone_has_its_summer_and_is_forgotten_afterwards() -> None:
    start = "DTSTART;TZID=Customized Time Zone:20260712T160000"
    assert starts(invitation_in(ics(start, zone=OWN_ZONE))) == datetime(2026, 7, 12, 14, tzinfo=UTC)
    other = OWN_ZONE.replace("+0200", "-0700").replace("+0100", "-0800")
    assert starts(invitation_in(ics(start, zone=other))) == datetime(2026, 7, 12, 23, tzinfo=UTC)
    with pytest.raises(InvalidLead, match="is no time zone that is known"):
        invitation_in(ics(start))


def test_the_call_is_the_uids_and_a_later_sequence_says_so() -> None:
    first = invitation_in(ics())
    later = invitation_in(ics("DTSTART:20260312T150000Z", "SEQUENCE:3"))
    assert (first.call, first.sequence, later.sequence) == (later.call, 0, 3)
    assert first.said_at == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert "seller" not in first.call


@pytest.mark.parametrize("sent", [ics(method="CANCEL"), ics("STATUS:CANCELLED"), ics("DTSTART:x", method="CANCEL")])
def test_a_cancelled_one_has_no_time(sent: str) -> None:
    assert starts(invitation_in(sent)) is None


def test_of_a_series_the_first_date_counts() -> None:
    changed = (
        "BEGIN:VEVENT\r\nUID:call-1@seller.example\r\nRECURRENCE-ID:20260319T140000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    series = ics("DTSTART:20260312T140000Z", "RRULE:FREQ=WEEKLY").replace("END:VCALENDAR", changed)
    assert starts(invitation_in(series)) == TWO


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("", "is not one whole VCALENDAR"),
        ("hello", "is not iCalendar"),
        (ics()[:-20], "was it cut off"),
        (ics(method="REPLY"), "METHOD: REPLY sets no time; send REQUEST or CANCEL"),
        (ics("DTSTART;VALUE=DATE:20260312"), "DTSTART: is missing, malformed or a whole day"),
        (ics("DTSTART:20260231T100000Z"), "DTSTART: is no such day"),
        (ics("DTSTART:00010101T000000"), "DTSTART: is no such day"),
        (ics("SUMMARY:x"), "DTSTART: is missing"),
        (ics("DTSTART;TZID=../../etc/passwd:20260312T150000"), "TZID: ../../etc/passwd is no time zone"),
        (ics().replace("UID:call-1@seller.example\r\n", ""), "UID: is missing"),
        (ics("RECURRENCE-ID:20260312T140000Z"), "RECURRENCE-ID: one date of a series is passed over"),
        (ics() + ics(), "is not one whole VCALENDAR"),
        (ics("DESCRIPTION:" + "x" * 50_000), "at most 50,000"),
        (ics("X-A:1\r\n" * 1_600), "at most 1,500"),
    ],
    ids=[str(number) for number in range(14)],
)
def test_what_is_no_invitation_is_told_by_its_property(sent: str, says: str) -> None:
    with pytest.raises(InvalidLead, match=r"^invitation: ") as refused:
        invitation_in(sent)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYSECOND=1",
        "FREQ=YEARLY;BYDAY=53SU;COUNT=9",
    ],
)
def test_a_rule_of_the_clock_that_could_be_looked_for_for_ever_is_refused(rule: str) -> None:
    zone = OWN_ZONE.replace("FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", rule)
    began = time.monotonic()
    with pytest.raises(InvalidLead, match="RRULE is not a yearly one"):
        invitation_in(ics("DTSTART;TZID=Customized Time Zone:20260312T150000", zone=zone))
    assert time.monotonic() - began < 1


LINES = ics("DTSTART;TZID=Customized Time Zone:20260312T150000", zone=OWN_ZONE).splitlines()
ODD = st.one_of(
    st.sampled_from(LINES), st.text(max_size=40), st.sampled_from(["RRULE:FREQ=YEARLY", "DTSTART:0001", "END:"])
)


@settings(max_examples=150, deadline=1_000)
@given(
    st.lists(st.tuples(st.integers(0, len(LINES)), ODD), max_size=6),
    st.sets(st.integers(0, len(LINES) - 1), max_size=3),
)
def test_no_calendar_whatsoever_crashes_or_takes_long(added: list[tuple[int, str]], gone: set[int]) -> None:
    lines = [line for number, line in enumerate(LINES) if number not in gone]
    for place, line in added:
        lines.insert(place, line)
    with suppress(InvalidLead):
        starts(invitation_in("\r\n".join(lines)))
