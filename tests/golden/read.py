"""The situations of the golden briefs: made-up research, written down in YAML, ranked once by the shipped models
(`make golden`; the ranking is kept beside it), composed and rendered as deployed.

Times are hours before NOW; `previous_hours` makes a last brief of the account, from what was known that long before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from brief.compose import compose
from brief.evidence import Evidence
from brief.render import as_html, as_note, as_page, as_text
from precall.config import ChecklistItem, Seller
from precall.model import (
    AccountFact,
    AccountProfile,
    Assignee,
    Assignment,
    Brief,
    Collection,
    Lead,
    Market,
    Mention,
    Prospect,
    Ranking,
    SourceReport,
)
from tests.unit.rank.given import NOW, mention

FOLDER = Path(__file__).parent / "situations"
RANKINGS = Path(__file__).parent / "rankings"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
LINK = "https://precall.example/live/leads/{name}/brief?token=abc"
SELLER = Seller(name="Loftgrid Analytics", offers=("warehouse analytics",), industries=("logistics",))
REP = {"name": "Dana Whitlock", "email": "dana@seller.example", "time_zone": "America/New_York"}
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Forms:
    """A brief in all its forms."""

    brief: Brief
    mail: str
    page: str
    text: str
    note: str


@cache
def forms(name: str) -> Forms:
    """The brief of the situation `name`, through the gate, rendered."""
    known = evidence(name)
    brief = compose(known, link=LINK.format(name=name))
    return Forms(brief, as_html(brief), as_page(brief, known), as_text(brief), as_note(brief))


def evidence(name: str) -> Evidence:
    """All that was found in the situation `name`, as it was ranked."""
    ranking = Ranking.model_validate_json((RANKINGS / f"{name}.json").read_text(encoding="utf-8"))
    known, ago = replace(unranked(name), ranking=ranking), timedelta(hours=_data(name).get("previous_hours", 0))
    return replace(known, previous=_previous(known, ago)) if ago else known


def unranked(name: str) -> Evidence:
    """All that was found in the situation `name`, before it is ranked."""
    data = _data(name)
    prospect = Prospect.model_validate(data["prospect"])
    mentions = tuple(_mention(each) for each in data.get("mentions", ()))
    collection = Collection(
        lead_id="lead-1",
        research_id="research-1",
        prospect=prospect,
        profile=AccountProfile.model_validate(data.get("profile", {})),
        market=Market.model_validate(data.get("market", {})),
        facts=_facts(data.get("facts", ()), mentions),
        as_of=NOW,
        window_days=30,
        mentions=mentions,
        reports=tuple(SourceReport.model_validate(report) for report in data["reports"]),
    )
    checklist = tuple(ChecklistItem.model_validate(item) for item in data.get("checklist", ()))
    return Evidence(_lead(data, prospect), _assignment(data), collection, None, (), NOW, SELLER, checklist)


@cache
def _data(name: str) -> Data:
    found: Data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def _previous(known: Evidence, ago: timedelta) -> Brief:
    """The newest of what was known that long before, unranked."""
    assert known.collection is not None
    then = tuple(m for m in known.mentions.values() if m.published_at is None or m.published_at < NOW - ago)
    before = replace(known, collection=known.collection.model_copy(update={"mentions": then}), ranking=None)
    return compose(before).model_copy(update={"as_of": NOW - ago})


def _lead(data: Data, prospect: Prospect) -> Lead:
    told = dict(data.get("lead", {}))
    told["activities"] = [_dated(activity, "at") for activity in told.get("activities", ())]
    known = {"id": "lead-1", "crm": "generic", "acquired_at": NOW, "correlation_id": "c-1", "prospect": prospect}
    return Lead.model_validate(known | told)


def _assignment(data: Data) -> Assignment:
    return Assignment(
        lead_id="lead-1",
        research_id="research-1",
        rep=Assignee.model_validate(REP | data.get("rep", {})),
        reason="owner in the CRM",
        call_at=NOW + timedelta(minutes=data.get("call_in_minutes", 55)),
        call_from="lead",
        assigned_at=NOW,
    )


def _mention(told: Data) -> Mention:
    fields = {**told, "title": told["title"] * told.get("times", 1)}
    fields.pop("times", None)
    return mention(fields.pop("title"), fields.pop("text", ""), **fields)


def _dated(told: Data, name: str) -> dict[str, Any]:
    return {**{key: value for key, value in told.items() if key != "hours"}, name: NOW - timedelta(hours=told["hours"])}


def _facts(told: Sequence[Data], mentions: Sequence[Mention]) -> tuple[AccountFact, ...]:
    """Each fact cites the first mention of the outlet that its `of` names."""
    by_outlet = {each.outlet: each.id for each in reversed(mentions)}
    return tuple(AccountFact(name=fact["name"], value=fact["value"], mention_id=by_outlet[fact["of"]]) for fact in told)
