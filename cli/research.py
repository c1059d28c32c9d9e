"""The same collect → rank → brief as deployed, in one process, without AWS."""

from __future__ import annotations

import asyncio
import logging
from contextlib import nullcontext
from dataclasses import dataclass

from brief.compose import compose
from brief.evidence import Evidence
from brief.render import as_html, as_text
from cli import stack
from cli.demo import Ask
from collect.question import Question
from collect.run import collect
from collect.sources import SOURCES
from precall.clock import utc_now
from precall.config import Config
from precall.fetch import open_door
from precall.ids import derived_id
from precall.model import Account, Brief, Contact, Lead, Prospect
from rank.call import call_of
from rank.layer import layer_embed, layer_judge
from rank.logic import Situation, rank
from replay import serve


@dataclass(frozen=True)
class Made:
    """A brief in its three forms."""

    brief: Brief
    html: str
    text: str


def run(ask: Ask, replay: bool) -> Made:
    """Research `ask.company`, or a person alone, on the live web, or on the replay web with `ask.data` as corpus."""
    config = stack.local_config()
    web = serve(as_of=ask.as_of, data=ask.data) if replay else nullcontext(None)
    with web as origin:
        return asyncio.run(_research(_lead(ask), config, origin))


def _lead(ask: Ask) -> Lead:
    prospect = Prospect(
        account=Account(name=ask.company, domain=ask.domain),
        contact=Contact(name=ask.contact, title=ask.title) if ask.contact else None,
    )
    now = utc_now()
    lead_id = derived_id("by hand", prospect.label, now.isoformat())
    return Lead(
        id=lead_id, crm="none", acquired_at=now, correlation_id=lead_id, prospect=prospect, as_of=ask.as_of,
        source="asked by hand",
    )  # fmt: skip


async def _research(lead: Lead, config: Config, origin: str | None) -> Made:
    now = utc_now()
    question = Question(
        prospect=lead.known(),
        as_of=lead.as_of or now,
        window_days=config.ranking.window_days,
        asked_at=now,
        tuning=config.sources,
        markets=config.markets,
    )
    async with open_door("development", origin, config.sender) as door:
        found = await collect(question, SOURCES, door, config.collecting)
    collection, warn = found.collection(question, lead.id, lead.id), logging.getLogger(__name__).warning
    situation = Situation(call_of(lead, config.seller, config.ranking))
    ranking = rank(collection, config.ranking, layer_judge(warn), situation, layer_embed(warn))
    checklist = config.checklist(question.prospect.account.industry)
    brief = compose(Evidence(lead, None, collection, ranking, (), question.as_of, config.seller, checklist))
    return Made(brief, as_html(brief), as_text(brief))
