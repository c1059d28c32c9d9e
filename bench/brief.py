"""Bench `brief`: from 200 ranked stories to HTML, text and JSON; the gate; equal bytes for equal input."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.report import Figure, Report
from brief.compose import compose
from brief.evidence import Evidence
from brief.gate import check
from brief.ledger import ledger
from brief.render import as_html, as_text
from precall.config import ChecklistItem, Seller
from precall.ids import mention_id
from precall.model import (
    Account,
    AccountFact,
    Activity,
    Chatter,
    Collection,
    Contact,
    DayCount,
    Kind,
    KindCount,
    Lead,
    Mention,
    Prospect,
    Proximity,
    Ranking,
    ScorePart,
    Sentiment,
    Signal,
    SignalKind,
    SourceReport,
    SourceState,
    Story,
    TextOrigin,
)

STORIES, MENTIONS_EACH, ROUNDS = 200, 3, 15
ALL_MS, GATE_MS = 60.0, 20.0
_NOW = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
_VERBS = "opens|closes|buys|sells|plans|delays|praises|questions|names|moves".split("|")
_THINGS = "a depot in Graz|its fleet of vans|the Baltic forwarder|a night shift|new docks|a board of three".split("|")


def run(data: Path | None = None) -> Report:
    """All figures; needs no data."""
    evidence = made_up()
    brief = compose(evidence)
    forms = _forms(evidence)
    report = Report("brief")
    report.figures += [
        Figure("200 stories", "compose_and_render_ms", _milliseconds(lambda: _forms(evidence)), ALL_MS),
        Figure("200 stories", "gate_ms", _milliseconds(lambda: check(brief, evidence)), GATE_MS),
        Figure("200 stories", "ledger_ms", _milliseconds(lambda: ledger(brief, evidence))),
        Figure("200 stories", "differing_bytes", sum(_forms(made_up()) != forms for _ in range(3)), 0),
        *(Figure(name, "kilobytes", len(text.encode()) / 1000) for name, text in forms.items()),
    ]
    return report


def _forms(evidence: Evidence) -> dict[str, str]:
    brief = compose(evidence)
    return {"html": as_html(brief), "text": as_text(brief), "json": brief.model_dump_json()}


def _milliseconds(work: Callable[[], object]) -> float:
    """The median of warm rounds."""
    work()
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken) * 1000


def made_up() -> Evidence:
    """A research with 200 stories of three mentions each, where every section has something to tell."""
    rng = random.Random(7)
    account = Account(name="Kestrelon Logistics GmbH", domain="kestrelon.example", industry="logistics")
    prospect = Prospect(account=account, contact=Contact(name="Ada Berg", title="Head of Operations"))
    told = [[_mention(rng, number, copy) for copy in range(MENTIONS_EACH)] for number in range(STORIES)]
    mentions = tuple(mention for story in told for mention in story)
    collection = Collection(
        lead_id="lead-1",
        research_id="research-1",
        prospect=prospect,
        as_of=_NOW,
        window_days=30,
        mentions=mentions,
        facts=(AccountFact(name="employees", value="1,240", mention_id=mentions[0].id),),
        reports=(SourceReport(source="news", label="News", state=SourceState.ANSWERED, mentions=len(mentions)),),
    )
    stories = tuple(_story(rng, number, story) for number, story in enumerate(told))
    ranking = Ranking(
        lead_id="lead-1", research_id="research-1", as_of=_NOW, stories=stories, chatter=_chatter(mentions)
    )
    activity = Activity(kind="attended", at=_NOW - timedelta(days=1), summary="Five ways to cut dwell time")
    lead = Lead(
        id="lead-1", crm="generic", acquired_at=_NOW, correlation_id="c-1", prospect=prospect, source="Webinar",
        activities=(activity,),
    )  # fmt: skip
    checklist = (ChecklistItem(ask="How many people work there?", fact="employees"), ChecklistItem(ask="Which WMS?"))
    return Evidence(lead, None, collection, ranking, (), _NOW, Seller(name="Loftgrid Analytics"), checklist)


def _mention(rng: random.Random, number: int, copy: int) -> Mention:
    outlet = f"outlet{number * MENTIONS_EACH + copy}.example"
    happening = f"Kestrelon {rng.choice(_VERBS)} {rng.choice(_THINGS)}"
    sentences = [f"Kestrelon {rng.choice(_VERBS)} {rng.choice(_THINGS)}, said Ada Berg on day {n}." for n in range(12)]
    return Mention(
        id=mention_id(f"https://{outlet}/{number}"),
        source="news",
        kind=Kind.FORUM if copy == 2 else Kind.NEWS,
        url=f"https://{outlet}/{number}",
        outlet=outlet,
        outlet_name=f"Outlet {number}",
        title=f"{happening}, part {number}",
        text=f"Kestrelon has 1,240 people in {number} places. {' '.join(sentences)}",
        text_origin=TextOrigin.ARTICLE,
        published_at=_NOW - timedelta(hours=rng.randint(1, 600)),
        fetched_at=_NOW,
    )


def _story(rng: random.Random, number: int, told: list[Mention]) -> Story:
    best = told[0]
    shown = Signal(
        kind=rng.choice(list(SignalKind)), mention_id=best.id, field="title", sentence=best.title,
        at=best.published_at, confidence=0.9,
    )  # fmt: skip
    return Story(
        id=f"story-{number}",
        headline=best.title,
        mention_ids=tuple(mention.id for mention in told),
        first_seen=min(mention.published_at for mention in told if mention.published_at),
        last_seen=max(mention.published_at for mention in told if mention.published_at),
        outlets=tuple(mention.outlet for mention in told),
        kinds=(Kind.FORUM, Kind.NEWS),
        signals=(shown,),
        proximity=Proximity.ACCOUNT,
        sentiment=Sentiment(state="scored", value=0.2, positive=2, neutral=1),
        parts=(ScorePart(name="recency", value=0.9, weight=1.0, because="3 h old"),),
        score=1 - number / STORIES,
    )


def _chatter(mentions: tuple[Mention, ...]) -> Chatter:
    days = tuple(DayCount(day=(_NOW - timedelta(days=n)).date(), mentions=n % 7) for n in range(29, -1, -1))
    kinds = tuple(KindCount(kind=kind, mentions=len(mentions) // 2, outlets=9) for kind in (Kind.NEWS, Kind.FORUM))
    return Chatter(kinds=kinds, days=days, normal=2.0, normal_from="history", burst=1.2)
