"""The notice: an honest, short mail when there is no brief, with what the rep can do before the call."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from deliver.mail import Mail, mail
from precall.clock import for_people

if TYPE_CHECKING:
    from jinja2 import Environment

    from precall.config import Config
    from precall.events import ResearchFailed
    from precall.model import Assignment, Lead

_LONGEST_REASON = 200


def notice_mail(config: Config, assignment: Assignment, lead: Lead, event: ResearchFailed) -> Mail:
    """The notice to the lead's rep: with whom and when the call is, what failed, what to do."""
    who = prospect_label(lead)
    facts = {
        "team": config.team,
        "rep": assignment.rep.name,
        "who": who,
        "when": for_people(assignment.call_at, assignment.rep.time_zone, assignment.rep.locale),
        "story": event.model_copy(update={"error": _short(event.error)}).story,
        "beyond_budget": event.beyond_budget,
        "unfinished": event.unfinished,
        "site": _site(lead),
        "news": _news_search(lead),
        "research_id": event.research_id,
    }
    text, html = (templates().get_template(name).render(facts) for name in ("notice.txt", "notice.html"))
    return mail(
        config,
        assignment,
        "notice",
        f"No brief {'yet ' if event.unfinished else ''}for your call with {who}, {facts['when']}",
        text,
        html,
        event.research_id,
        event.correlation_id,
    )


def prospect_label(lead: Lead) -> str:
    """Whom the rep calls: "Ada Berg (Nordlicht Foods)", the company alone, or "your new lead"."""
    if lead.prospect is None:
        return "your new lead"
    contact = lead.prospect.contact
    with_company = contact and contact.name and lead.prospect.has_company
    name = f"{lead.prospect.person} ({lead.prospect.label})" if with_company else lead.prospect.label
    return " ".join(name.split())


def _site(lead: Lead) -> str | None:
    return f"https://{lead.prospect.account.domain}/" if lead.prospect and lead.prospect.account.domain else None


def _news_search(lead: Lead) -> str | None:
    if lead.prospect is None or not lead.prospect.has_company:
        return None
    return "https://news.google.com/search?" + urlencode({"q": f'"{" ".join(lead.prospect.label.split())}"'})


def _short(reason: str) -> str:
    line = " ".join(reason.split()) or "no reason was given"
    return line if len(line) <= _LONGEST_REASON else f"{line[: _LONGEST_REASON - 1]}…"


@cache
def templates() -> Environment:
    """The templates of the mails that deliver writes itself; a brief comes written."""
    from jinja2 import Environment, StrictUndefined, select_autoescape

    from precall.templating import CompiledLoader

    return Environment(
        loader=CompiledLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
