"""How fast the manager's pages are with 100,000 leads in the table.

The table is the local stack's emulator, over HTTP, in a process of its own. Every lead has its own item, its call's
place and its call, as the recorder writes them, over a year, 200 reps and four sources of leads. What is measured is
the wall time of making a page, the table's answers included; the limit is on the 95th percentile. `CPU ms` is what of
it the page itself computes: the same on a busy machine. `first look` is the coverage of 8 weeks when no day was counted
yet: it happens after a bulk of changes, and is not held to the limit.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import boto3

from audit.engagement import EngagementPages
from audit.managing import Managing
from audit.people import Person
from audit.table import CSV
from bench.report import Figure, Report, percentile
from cli import stack
from cli.deployment import REGION, Local
from cli.home import Home
from precall.calls import DynamoCalls
from precall.config import Config, Manager, Rep, Seller
from precall.counting import AT_ONCE, PREP, Counting
from precall.engaged import ENGAGED
from precall.model.call import Answered, Call, PrepState
from precall.tallies import DynamoTallies
from precall.touches import DynamoTouchBook, Touch

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LEADS, REPS, ACCOUNTS, YEAR = 100_000, 200, 5_000, 365
ROUNDS = 20
LIMIT_MS = 300
NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
SOURCES = ("site", "google_news", "bing_news", "gdelt", "hacker_news", "reddit")
BROUGHT_BY = ("webinar", "trade fair", "download", None)
MANAGER = Person("priya@seller.example", "Priya Raman", True, "Europe/Vienna")
TEAM = tuple(Rep(name=f"Rep {number}", email=f"rep{number}@seller.example") for number in range(REPS))
CONFIG = Config(
    reps=TEAM,
    managers=(Manager(name=MANAGER.name, email=MANAGER.email),),
    seller=Seller(name="Loftgrid"),
    sender="briefs@seller.example",
)


def run(data: Path | None) -> Report:
    """Seed a table of its own and look at each page; `data` is not needed."""
    report = Report("audit")
    with tempfile.TemporaryDirectory(prefix="precall-bench-") as folder:
        home = Home.at(Path(folder))
        try:
            table = _seeded(stack.start_emulator(home, print, port=4766))
            report.figures += _looks(table)
        finally:
            stack.down(home)
    return report


def _looks(table: Table) -> Iterator[Figure]:
    calls = DynamoCalls(table)
    managing = Managing(calls, Counting(calls, DynamoTallies(table), PREP), lambda: CONFIG, lambda: NOW)
    engaged = Counting(calls, DynamoTallies(table), ENGAGED)
    engagement = EngagementPages(engaged, DynamoTouchBook(table), lambda: CONFIG, lambda: NOW)
    rep = Person(TEAM[7].email, TEAM[7].name, False, "UTC")
    yield Figure("coverage, 8 weeks", "first look ms", _took(lambda: managing.coverage(MANAGER, {})))
    for _ in range(YEAR // 2 // AT_ONCE):
        managing.coverage(MANAGER, {"weeks": "26"})
        engagement.show(MANAGER, {"weeks": "12"})
    pages: dict[str, Callable[[], Any]] = {
        "today": lambda: managing.today(MANAGER, {}),
        "today of a rep": lambda: managing.today(rep, {}),
        "coverage, 8 weeks": lambda: managing.coverage(MANAGER, {}),
        "coverage, 26 weeks": lambda: managing.coverage(MANAGER, {"weeks": "26"}),
        "coverage of a rep": lambda: managing.coverage(rep, {}),
        "sources": lambda: managing.sources(MANAGER, {}),
        "engagement": lambda: engagement.show(MANAGER, {}),
        "engagement, 12 weeks": lambda: engagement.show(MANAGER, {"weeks": "12"}),
        "an account": lambda: engagement.show(MANAGER, {"account": "account-7"}),
        "coverage as CSV": lambda: managing.coverage(MANAGER, {"as": "csv", "table": "by-rep"}),
    }
    assert managing.today(MANAGER, {"as": "csv"}).content_type == CSV
    for name, page in pages.items():
        computed = time.process_time()
        took = [_took(page) for _ in range(ROUNDS)]
        yield Figure(name, "CPU ms", (time.process_time() - computed) * 1000 / ROUNDS)
        yield Figure(name, "p50 ms", percentile(took, 0.5))
        yield Figure(name, "p95 ms", percentile(took, 0.95), limit=LIMIT_MS)


def _took(page: Callable[[], Any]) -> float:
    began = time.perf_counter()
    assert page().status == 200
    return (time.perf_counter() - began) * 1000


def _seeded(local: Local) -> Table:
    resource = boto3.resource("dynamodb", **{**local.reached, "region_name": REGION})
    table = resource.create_table(
        TableName="bench",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
    )
    chance = random.Random(7)
    days: dict[str, int] = {}
    with table.batch_writer() as batch:
        for number in range(LEADS):
            call = _call(number, chance)
            day, at = str(call.call_at.date()), f"{call.call_at.isoformat()}#{call.lead_id}"
            days[day] = days.get(day, 0) + 1
            batch.put_item(Item={"pk": f"LEAD#{call.lead_id}", "sk": "LEAD", "doc": "{}", "published": True})
            batch.put_item(Item={"pk": f"LEAD#{call.lead_id}", "sk": "CALL", "day": day, "at": at, "events": 8})
            batch.put_item(Item={"pk": f"CALLS#{day}", "sk": at, "doc": call.model_dump_json(exclude_defaults=True)})
        for number in range(ACCOUNTS):
            batch.put_item(Item={"pk": f"ACCOUNT#account-{number}", "sk": "NAME", "name": f"Company {number}"})
        for day, changes in days.items():
            batch.put_item(Item={"pk": "TALLY", "sk": day, "changes": changes})
    book = DynamoTouchBook(table)
    for number in range(LEADS // ACCOUNTS):  # of one account: what others have is not read for its page
        book.put("account-7", "Company 7", _touches(f"lead-{number * ACCOUNTS + 7:06}", chance), 8, NOW, 730)
    return table


def _touches(lead_id: str, chance: random.Random) -> list[Touch]:
    at = NOW - timedelta(minutes=chance.randrange(YEAR * 24 * 60))
    said = ("attended", "became a lead", "brief sent to the rep", "brief read by the rep", "call: reached")
    return [Touch(lead_id=lead_id, at=at, way="in", what=what, rep=TEAM[7].email) for what in said]


def _call(number: int, chance: random.Random) -> Call:
    """A call within the year before, or in the hours ahead; most are briefed, half of those prepared."""
    rep = TEAM[number % REPS]
    call_at = NOW + timedelta(hours=8) - timedelta(minutes=chance.randrange(YEAR * 24 * 60))
    states: tuple[PrepState, ...] = get_args(PrepState)
    return Call(
        lead_id=f"lead-{number:06}",
        research_id=f"research-{number:06}",
        who=f"Company {number % ACCOUNTS}",
        account=f"account-{number % ACCOUNTS}",
        contact=f"Contact {number % 9000}",
        rep=rep.email,
        rep_name=rep.name,
        time_zone="Europe/Vienna",
        source=chance.choice(BROUGHT_BY),
        call_at=call_at,
        acquired_at=call_at - timedelta(hours=9),
        brief_at=call_at - timedelta(hours=1),
        state=chance.choices(states, weights=(0, 40, 45, 5, 4, 6))[0],
        outcome=chance.choice(("reached", "not_reached", None)),
        sources=tuple(
            Answered(source=name, state="answered", took_ms=chance.randrange(90, 3000), mentions=3) for name in SOURCES
        ),
    )
