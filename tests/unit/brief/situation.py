"""Leads and what was found about them, for the tests of brief."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from brief.compose import compose
from brief.evidence import Evidence
from precall.config import Ranking as RankingConfig
from precall.config import Seller
from precall.model import (
    Activity,
    Assignee,
    Assignment,
    Brief,
    Collection,
    Lead,
    Mention,
    Prospect,
    Ranking,
    SourceReport,
    SourceState,
    StepFailure,
)
from rank.logic import rank
from rank.mood import JudgeMood
from tests.unit.rank.given import KESTREL, NOW, collection, mention

LINK = "https://precall.example/live/leads/lead-1/brief?token=abc"
SELLER = Seller(name="Loftgrid Analytics")
RICH: tuple[Mention, ...] = (
    mention(
        "Kestrelon buys Nordfracht for 80 million euros",
        "Nordfracht, a Baltic forwarder, has 400 workers in Riga and Tallinn. Kestrelon did not say when the cartel "
        "office will decide. He said nothing more.",
        hours=5,
    ),
    mention(
        "Baltic forwarder Nordfracht goes to Kestrelon",
        "The price of Nordfracht is 80 million euros, Kestrelon said on Monday. But its owners wanted more.",
        hours=3,
        outlet="baltic.example",
    ),
    mention(
        "Kestrelon strike halts Linz depot",
        "Drivers at Kestrelon walked out over night shifts.",
        hours=26,
        outlet="d.example",
    ),
    mention(
        "Linz port plans a new quay", "Tenants such as Kestrelon were asked for 12 ideas.", hours=50, outlet="e.example"
    ),
    mention(
        "Kestrelon names Ada Berg to its board",
        "Ada Berg joins the board of Kestrelon in May.",
        hours=70,
        outlet="f.example",
    ),
    mention("Rain in Linz", "It rains.", hours=1, outlet="g.example"),
)
FAILED = SourceReport(
    source="bing_news", label="Bing News", state=SourceState.FAILED, reason="no complete answer before the deadline"
)


def lead(prospect: Prospect | None = KESTREL, **other: Any) -> Lead:
    known = {
        "id": "lead-1",
        "crm": "generic",
        "acquired_at": NOW,
        "correlation_id": "c-1",
        "prospect": prospect,
        "source": "Webinar sign-up",
        "activities": (Activity(kind="attended", at=NOW - timedelta(days=1), summary="Five ways to cut dwell time"),),
    }
    return Lead.model_validate(known | other)


def assignment(call_at: datetime = NOW + timedelta(minutes=55)) -> Assignment:
    return Assignment(
        lead_id="lead-1",
        research_id="research-1",
        rep=Assignee(name="Dana Whitlock", email="dana@seller.example", time_zone="America/New_York"),
        reason="owner in the CRM",
        call_at=call_at,
        call_from="lead",
        assigned_at=NOW,
    )


def ranking_of(found: Collection, judge: JudgeMood | None = None) -> Ranking:
    return rank(found, RankingConfig(), judge)


def evidence(mentions: Sequence[Mention] = RICH, judge: JudgeMood | None = None, **other: Any) -> Evidence:
    """The evidence of a research in which everything went well."""
    found = collection(mentions, **other)
    return Evidence(lead(found.prospect), assignment(), found, ranking_of(found, judge), (), NOW, SELLER)


def brief_of(known: Evidence, **other: Any) -> Brief:
    """The brief that `known` gives."""
    return compose(known, link=LINK, **other)


def brief(mentions: Sequence[Mention] = RICH, **other: Any) -> Brief:
    """The brief of a research in which everything went well."""
    return brief_of(evidence(mentions, **other))


def failure(step: str, error: str = "StorageUnavailable") -> StepFailure:
    return StepFailure(step=step, error=error)
