"""In-memory stand-ins for the ports of `precall`, for tests of one step's logic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from threading import Lock

from precall.briefed import Briefing, each_once
from precall.diary import Booked, Booking, Page, cells
from precall.errors import DocumentNotFound, LeadNotFound
from precall.events import Event
from precall.model import AccountProfile, Assignment, Lead
from precall.model.call import Call
from precall.model.snippet import Snippet
from precall.readiness import Ready
from precall.standings import Change, Standing
from precall.suppression import marks_of
from precall.tallies import Counted, Span
from precall.touches import Touch


class FakeDocuments:
    """`precall.documents.Documents` in a dict."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def put(self, key: str, text: str, content_type: str = "application/json") -> None:
        self.texts[key] = text

    def get(self, key: str) -> str:
        if key not in self.texts:
            raise DocumentNotFound(f"there is no document {key}")
        return self.texts[key]


class FakeBus:
    """`precall.bus.Bus` that remembers; set `down` to make it fail."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.down: Exception | None = None

    def publish(self, *events: Event) -> None:
        if self.down:
            raise self.down
        self.events += events


class FakeFacts:
    """`precall.facts.Facts` in dicts."""

    def __init__(self) -> None:
        self.leads: dict[str, Lead] = {}
        self.published: set[str] = set()
        self.assignments: dict[str, Assignment] = {}
        self.trails: dict[str, dict[str, Event]] = defaultdict(dict)
        self.turns: Counter[str] = Counter()
        self.suppression: set[str] = set()
        self.asked_erasures: dict[str, str] = {}

    def suppress(self, marks: Iterable[str]) -> None:
        self.suppression.update(marks)

    def suppressed(self, lead: Lead) -> bool:
        return bool(self.suppression & marks_of(lead))

    def add_lead(self, lead: Lead, keep_days: int) -> bool:
        self.leads.setdefault(lead.id, lead)
        return lead.id not in self.published

    def add_leads(self, leads: Sequence[Lead], keep_days: int) -> list[str]:
        return [lead.id for lead in leads if self.add_lead(lead, keep_days)]

    def mark_published(self, *lead_ids: str) -> None:
        self.published.update(lead_id for lead_id in lead_ids if lead_id in self.leads)

    def complete_lead(self, lead: Lead) -> None:
        self.leads[self.lead(lead.id).id] = lead

    def lead(self, lead_id: str) -> Lead:
        if lead_id not in self.leads:
            raise LeadNotFound(f"there is no lead {lead_id}")
        return self.leads[lead_id]

    @property
    def turn(self) -> int:
        """How many turns were taken."""
        return self.turns.total()

    def ask_erasure(self, lead_id: str, crm: str, at: datetime, keep_days: int) -> None:
        self.asked_erasures.setdefault(lead_id, crm)

    def next_turn(self, pool: str = "") -> int:
        self.turns[pool] += 1
        return self.turns[pool] - 1

    def assign(self, assignment: Assignment, keep_days: int) -> Assignment:
        return self.assignments.setdefault(assignment.lead_id, assignment)

    def assignment(self, lead_id: str) -> Assignment | None:
        return self.assignments.get(lead_id)

    def reassign(self, assignment: Assignment) -> bool:
        held = self.assignments.get(assignment.lead_id)
        if held is None or held.revision != assignment.revision - 1:
            return False
        self.assignments[assignment.lead_id] = assignment
        return True

    def append(self, event: Event, keep_days: int) -> bool:
        known = event.id in self.trails[event.lead_id]
        self.trails[event.lead_id].setdefault(event.id, event)
        return not known

    def recorded(self, lead_id: str, event_id: str) -> Event | None:
        return self.trails[lead_id].get(event_id)

    def trail(self, lead_id: str) -> list[Event]:
        return sorted(self.trails[lead_id].values(), key=lambda event: event.at)


class FakePlannedCalls:
    """`precall.crm.planned.PlannedCalls` in a dict."""

    def __init__(self) -> None:
        self.calls: dict[tuple[str, str], tuple[str, int]] = {}

    def remember(self, crm: str, activity: str, lead_id: str, until: datetime, version: int = 0) -> bool:
        if self.calls.get((crm, activity), ("", 0))[1] > version:
            return False
        self.calls[crm, activity] = (lead_id, version)
        return True

    def lead_of(self, crm: str, activity: str) -> str | None:
        return self.calls.get((crm, activity), (None, 0))[0]


class FakeCalls:
    """`precall.calls.Calls` in dicts."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[int, Call]] = {}
        self.changes: dict[date, int] = defaultdict(int)

    def put(self, call: Call, events: int, keep_days: int) -> bool:
        before = self.known.get(call.lead_id)
        if before and before[0] >= events:
            return False
        for touched in {call.call_at.date(), *([before[1].call_at.date()] if before else [])}:
            self.changes[touched] += 1
        self.known[call.lead_id] = (events, call)
        return True

    def on(self, day: date) -> list[Call]:
        found = [call for _, call in self.known.values() if call.call_at.date() == day]
        return sorted(found, key=lambda call: (call.call_at, call.lead_id))

    def between(self, start: datetime, end: datetime) -> list[Call]:
        found = [call for _, call in self.known.values() if start <= call.call_at < end]
        return sorted(found, key=lambda call: (call.call_at, call.lead_id))


class FakeTallies:
    """`precall.tallies.Tallies` of fake calls."""

    def __init__(self, calls: FakeCalls) -> None:
        self.calls = calls
        self.known: dict[tuple[Span, date], Counted] = {}

    def changes(self, first: date, last: date) -> dict[date, int]:
        return {day: changes for day, changes in self.calls.changes.items() if first <= day <= last}

    def counted(self, span: Span, first: date, last: date) -> dict[date, Counted]:
        return {day: counted for (of, day), counted in self.known.items() if of == span and first <= day <= last}

    def count(self, span: Span, begins: date, counted: Counted, now: datetime) -> None:
        self.known[span, begins] = counted


class FakeTouchBook:
    """`precall.touches.TouchBook` in dicts."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], tuple[int, tuple[Touch, ...]]] = {}
        self.called: dict[str, str] = {}

    def put(
        self, account: str, name: str, touches: Sequence[Touch], events: int, now: datetime, keep_days: int
    ) -> None:
        for lead_id in {touch.lead_id for touch in touches}:
            self.called[account] = name
            if self.known.get((account, lead_id), (0, ()))[0] <= events:
                self.known[account, lead_id] = (events, tuple(touches))

    def of(self, account: str) -> list[Touch]:
        found = [touch for (of, _), (_, touches) in self.known.items() if of == account for touch in touches]
        return sorted(found, key=lambda touch: (touch.at, touch.lead_id), reverse=True)

    def names(self, accounts: Sequence[str]) -> dict[str, str]:
        return {account: self.called[account] for account in accounts if account in self.called}


class FakeAccounts:
    """`precall.accounts.Accounts` in a dict; set `down` to make it fail."""

    def __init__(self) -> None:
        self.profiles: dict[str, AccountProfile] = {}
        self.down: Exception | None = None

    def profile(self, key: str) -> AccountProfile | None:
        if self.down:
            raise self.down
        return self.profiles.get(key)

    def keep(self, key: str, profile: AccountProfile, keep_days: int) -> None:
        if self.down:
            raise self.down
        if profile.checked_at is None:
            raise ValueError("a profile that was never resolved is not kept; set checked_at")
        known = self.profiles.get(key)
        if known is None or known.checked_at is None or known.checked_at <= profile.checked_at:
            self.profiles[key] = profile


class FakeBriefed:
    """`precall.briefed.Briefed` in dicts."""

    def __init__(self) -> None:
        self.briefings: dict[str, set[Briefing]] = defaultdict(set)

    def note(self, key: str, briefing: Briefing, keep_days: int) -> None:
        self.briefings[key].add(briefing)

    def before(self, key: str, briefing: Briefing) -> Briefing | None:
        earlier = [found for found in self.briefings[key] if found.as_of < briefing.as_of]
        return max(earlier, key=lambda found: found.as_of, default=None)

    def told(self, key: str) -> tuple[Snippet, ...]:
        return each_once(sorted(self.briefings[key], key=lambda found: found.as_of, reverse=True))


class FakeBaselines:
    """`precall.baselines.Baselines` in dicts."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[date, int]] = defaultdict(dict)
        self.researches: dict[str, set[str]] = defaultdict(set)

    def days(self, key: str, research_id: str) -> dict[date, int]:
        return dict(self.counts[key]) if self.researches[key] - {research_id} else {}

    def keep(self, key: str, research_id: str, counts: Mapping[date, int], at: datetime, keep_days: int) -> None:
        self.researches[key].add(research_id)
        self.counts[key].update(counts)


class FakeStandings:
    """`precall.standings.Standings` in a dict; as in DynamoDB, who comes second reads again."""

    def __init__(self, facts: FakeFacts) -> None:
        self.facts = facts
        self.standings: dict[tuple[str, str], Standing] = {}
        self._lock = Lock()

    def change(self, key: str, line: str, change: Change, at: datetime, keep_days: int) -> None:
        while True:
            before = self.standings.get((key, line), Standing())
            after, leads = change(before)
            with self._lock:
                if self.standings.get((key, line), Standing()) == before:
                    self.standings[key, line] = after
                    self.facts.leads.update({lead.id: lead for lead in leads})
                    return


class FakeReadiness:
    """`precall.readiness.Readiness` in a dict."""

    def __init__(self) -> None:
        self.known: dict[str, Ready] = {}

    def note(self, lead_id: str, ready: Ready, until: datetime) -> None:
        known = self.known.get(lead_id)
        if known is None or known.as_of <= ready.as_of:
            self.known[lead_id] = ready

    def newest(self, lead_id: str) -> Ready | None:
        return self.known.get(lead_id)


class FakeSchedules:
    """`precall.schedules.Schedules` in a dict; set `down` to make it fail."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[datetime, Event]] = {}
        self.down: Exception | None = None

    def put(self, name: str, moment: datetime, event: Event) -> None:
        if self.down:
            raise self.down
        self.held[name] = (moment, event)

    def cancel(self, name: str) -> None:
        self.held.pop(name, None)

    def due(self, now: datetime) -> list[Event]:
        """The events whose time has come; each comes once."""
        names = sorted(name for name, (moment, _) in self.held.items() if moment <= now)
        return [self.held.pop(name)[1] for name in names]


class FakeSqs:
    """What was asked of SQS about messages that are to come again: their wait in seconds."""

    def __init__(self) -> None:
        self.waits: list[int] = []

    def change_message_visibility(self, *, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> None:  # noqa: N803
        self.waits.append(VisibilityTimeout)


class FakeDiary:
    """`precall.diary.Diary` in dicts; a booking is one step, as DynamoDB's conditional write is."""

    def __init__(self) -> None:
        self.pages: dict[Page, Booked] = defaultdict(Booked)
        self.noted: dict[str, dict[Booking, None]] = defaultdict(dict)
        self._lock = Lock()

    def of(self, lead_id: str) -> list[tuple[Page, datetime]]:
        """Where the lead is booked, and from when."""
        return [(page, booked.starts[lead_id]) for page, booked in self.pages.items() if lead_id in booked.starts]

    def tried(self, lead_id: str) -> list[Booking]:
        return [*self.noted[lead_id]]

    def read(self, pages: Sequence[Page]) -> dict[Page, Booked]:
        return {page: self.pages.get(page, Booked()) for page in pages}

    def book(self, booking: Booking) -> bool:
        with self._lock:
            self.noted[booking.lead_id][booking._replace(at_most=None)] = None
            known = self.pages.get(booking.page, Booked())
            taken = cells(booking.start, booking.length)
            full = booking.at_most is not None and (known.calls > booking.at_most or not known.taken.isdisjoint(taken))
            if full or booking.lead_id in known.starts:
                return False
            starts = {**known.starts, booking.lead_id: booking.start.replace(microsecond=0)}
            self.pages[booking.page] = Booked(known.calls + 1, known.taken | {*taken}, starts)
            return True

    def release(self, booking: Booking) -> None:
        with self._lock:
            known = self.pages.get(booking.page, Booked())
            if known.has(booking):
                starts = {lead: start for lead, start in known.starts.items() if lead != booking.lead_id}
                taken = frozenset(cell for start in starts.values() for cell in cells(start, booking.length))
                self.pages[booking.page] = Booked(known.calls - 1, taken, starts)
