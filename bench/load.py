"""Two thousand leads through the deployed template on the local stack, in bad weather: does each end, and end once?

Everything between a function and AWS, and between it and the web, goes through a proxy (`bench.weather`): services
throttle in storms and fail by chance, connections and answers get lost, functions are killed in the middle of a step,
sources err, refuse, fall silent and send garbage. Webhooks come twice, by clocks that are wrong, and again until they
are taken; events are said again later and out of order; each queue has messages that nobody can handle; SES is out
until letters are dead. Then `precall redrive`; at last all deliveries, and the events of a share of the leads, come
once more.

PRECALL_LOAD says how many leads (2,000), PRECALL_MINUTES for how long leads are sent at most (90), PRECALL_SEED which
chance. On two cores that have nothing else to do about one lead goes through in a second and a half.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from bench.load_run import Run
from bench.load_stack import Stage, stage
from bench.load_state import Memory, documents, items
from bench.report import Figure, Report, percentile
from cli.processes import Background

_SETTINGS = {"PRECALL_LOAD": "2000", "PRECALL_MINUTES": "90", "PRECALL_SEED": "7"}
AGAIN = 0.1
"""Share of the leads of which all events come again at the end."""
FAILURES = ("brief.missed", "lead.rejected")


def run(data: Path) -> Report:
    """`data` is not needed."""
    leads, minutes, seed = (float(os.environ.get(name, value)) for name, value in _SETTINGS.items())
    report = Report("load")
    with tempfile.TemporaryDirectory(prefix="precall-load-") as folder, stage(Path(folder), int(seed), 4866) as made:
        memory = Memory(Background(made.home, "emulator").pid() or 0)
        began = time.monotonic()

        def tick() -> None:
            memory.look()
            _say(course, began)

        course = Run(made, int(leads), minutes, int(seed), tick)
        course.load()
        course.finish()
        took = time.monotonic() - began
        before = _state(made)
        course.again(AGAIN)
        report.figures += [*_ends(course, took), *_letters(course), *_growth(made, course, before, memory)]
        report.figures += [Figure("what befell", name, count) for name, count in sorted(_befell(course).items())]
    return report


def _ends(course: Run, took: float) -> list[Figure]:
    """How the leads ended, by their trails and by the mails that SES took."""
    accepted, trails = course.sender.accepted, _trails(course.made)
    mails = Counter((mail.lead, mail.kind) for mail in course.made.mails if mail.kind in ("brief", "notice"))
    told = {lead: {event["type"] for event in trails.get(lead, ())} for lead in accepted}
    briefs = {lead for lead in accepted if mails[lead, "brief"]}
    failures = {lead for lead in accepted if mails[lead, "notice"] or told[lead] & set(FAILURES)}
    for lead in sorted(failures & briefs):
        said = sorted(trails[lead], key=lambda event: event["at"])
        print(f"told both: {lead}", *(f"  {event}" for event in said), sep="\n", file=sys.stderr)
    waited = [course.told.ended[lead] - at for lead, at in accepted.items() if lead in course.told.ended]
    return [
        Figure("leads", "accepted", len(accepted), course.leads, keep="above"),
        Figure("leads", "lost: neither a brief nor a visible failure", len(accepted.keys() - briefs - failures), 0),
        Figure("leads", "without their end in the trail", sum(not kinds & _ENDS for kinds in told.values()), 0),
        Figure("leads", "briefed", len(briefs)),
        Figure("leads", "failed visibly, no brief", len(failures - briefs)),
        Figure("leads", "told that there is no brief, and briefed later", len(failures & briefs), 0),
        Figure("mails", "sent twice", sum(count > 1 for count in mails.values()), 0),
        Figure("mails", "of leads that nobody sent", sum(lead not in accepted for lead, _ in mails), 0),
        Figure("time", "minutes until all had ended", took / 60),
        Figure("time", "webhook to end, p50 s", percentile(waited, 0.5)),
        Figure("time", "webhook to end, p95 s", percentile(waited, 0.95)),
    ]


_ENDS = {"brief.sent", *FAILURES, "brief.relayed"}


def _letters(course: Run) -> list[Figure]:
    """What is dead at the end must be the poison, all of it."""
    left = [letter.body for letter in course.letters.take()]
    poison = sum("poison" in body for body in left)
    return [
        Figure("dead letters", "most that were redriven at once", course.dead, 1, keep="above"),
        Figure("dead letters", "left that are no poison", len(left) - poison, 0),
        Figure("dead letters", "poison that got lost", course.poisons - poison, 0),
    ]


def _growth(made: Stage, course: Run, before: Kept, memory: Memory) -> list[Figure]:
    """What everything once more adds to what is kept, and what the processes grew by."""
    after, kept = _state(made), items(made.local)
    forever = [item for item in kept if "expires_at" not in item and item["pk"] not in _FOREVER]
    for lead, item in sorted(after.items - before.items):
        print(f"added by a redelivery: {lead} {item}", file=sys.stderr)
    grown = memory.growth()
    return [
        Figure("state", "items a lead", len(before.items) / course.leads),
        Figure("state", "documents a lead", before.documents / course.leads),
        Figure("state", "items of leads that a redelivery adds", len(after.items - before.items), 0),
        Figure("state", "documents that a redelivery adds", after.documents - before.documents, 0),
        Figure("state", "items that never go", len(forever), 0),
        *(Figure("memory, MB that the largest process grew by", name, grown[name], 40) for name in sorted(grown)),
    ]


_FOREVER = ("TEAM", "SUPPRESSED")


class Kept(NamedTuple):
    """Keys of the items that belong to leads, and how many documents do."""

    items: set[tuple[str, str]]
    documents: int


def _state(made: Stage) -> Kept:
    leads = {(str(item["pk"]), str(item["sk"])) for item in items(made.local)}
    return Kept({key for key in leads if key[0].startswith("LEAD#")}, documents(made.local)["research"])


def _trails(made: Stage) -> dict[str, list[dict[str, Any]]]:
    trails: dict[str, list[dict[str, Any]]] = {}
    for item in items(made.local):
        if str(item["sk"]).startswith("TRAIL#") and "doc" in item:
            trails.setdefault(str(item["pk"]).removeprefix("LEAD#"), []).append(json.loads(str(item["doc"])))
    return trails


def _befell(course: Run) -> Counter[str]:
    refused = {f"webhook answered {status or 'nothing'}": count for status, count in course.sender.refused.items()}
    return course.made.aws.befell + course.made.web.befell + Counter(refused)


def _say(course: Run, began: float) -> None:
    """How far it is, once in a while, to whoever waits."""
    told, minute = course.told, int(time.monotonic() - began) // 15
    if course.__dict__.setdefault("said", -1) != minute:
        course.__dict__["said"] = minute
        print(
            f"{minute / 4:6.2f} min: {len(course.sender.accepted)} accepted, {len(told.ended)} ended", file=sys.stderr
        )
