"""`make brief`: the whole way of one lead, with progress, from nothing to the mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from cli import stack, trail, webhook
from cli.home import Home
from cli.show import Shown, console
from precall.clock import for_people, utc_now
from precall.secrets import GENERIC_WEBHOOK
from replay.world import companies

SAYS = {
    "lead.acquired": "the lead is in",
    "lead.assigned": "{rep_name} has it; the call is at {call_at}",
    "mentions.collected": "{mentions} mentions from {answered} of {asked} sources",
    "stories.ranked": "{stories} stories, ranked",
    "brief.ready": "the brief is written, every sentence checked",
    "brief.sent": "mailed to {to}",
    "brief.held": "waits until {send_at}, shortly before the call",
    "research.failed": "the research failed in {step}: {error}",
    "brief.missed": "nothing was mailed: {reason}",
    "lead.rejected": "the lead was rejected: {reason}",
}
_BAD = {"research.failed", "brief.missed", "lead.rejected"}
_TIMES = ("call_at", "send_at")


def said(event: Mapping[str, Any]) -> str:
    """An event of `SAYS` in a line, its times in UTC as people read them."""
    times = {name: for_people(datetime.fromisoformat(event[name]), "UTC") for name in _TIMES if event.get(name)}
    return SAYS[event["type"]].format(**{**event, **times})


@dataclass(frozen=True)
class Ask:
    """About whom, and against which internet."""

    company: str | None = None
    domain: str | None = None
    contact: str | None = None
    as_of: datetime | None = None
    data: Path | None = None
    title: str | None = None

    @property
    def replay(self) -> stack.Replay | None:
        """The bundled world, the corpus, or None for the live web (a company and no corpus)."""
        return None if self.company and not self.data else stack.Replay(data=self.data)

    def payload(self) -> dict[str, Any]:
        """The lead that a CRM would send; about the bundled world's own prospect when no company is given."""
        if not self.company:
            return world_lead("tarnmoor")
        return {
            "company": {"name": self.company, "domain": self.domain},
            "contact": {"name": self.contact} if self.contact else None,
            "source": "demo request on the website",
            **({"as_of": self.as_of.isoformat()} if self.as_of else soon()),
        }


def soon() -> dict[str, str]:
    """A call of the first rep's in half an hour, so that its brief goes at once, on whatever day this is."""
    return {"owner": stack.local_config().reps[0].email, "call_at": (utc_now() + timedelta(minutes=30)).isoformat()}


def world_lead(key: str, **more: Any) -> dict[str, Any]:
    """The lead that a CRM would send about one of the bundled world's companies and its first contact."""
    company = companies[key]
    contact = company.contact
    return {
        "company": {"name": company.name, "domain": company.domain, "industry": company.industry.capitalize()},
        "contact": {"name": contact.name, "email": contact.email, "title": contact.title},
        "source": "webinar sign-up",
        "activities": [{"kind": "attended", "summary": "Webinar: forecasting maintenance in the warehouse"}],
        **({} if "as_of" in more else soon()),
        **more,
    }


def run(home: Home, ask: Ask) -> None:
    """Bring the stack up, send the lead, wait for the mail, show the brief."""
    with spinner() as progress:
        task = progress.add_task("Starting")
        local = stack.up(home, ask.replay, lambda step: progress.update(task, description=step))
    say("the local stack is up", good=True)
    lead_id = webhook.post_lead(local.api, home.secrets()[GENERIC_WEBHOOK], ask.payload())
    for event in trail.follow(local, lead_id):
        say(said(event), good=event["type"] not in _BAD)
    Shown(home, local, lead_id).in_terminal()


def spinner() -> Progress:
    """A line that says what is being done, and for how long."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def say(text: str, good: bool) -> None:
    """One finished step."""
    console.print(f"{'[green]✓[/]' if good else '[red]✗[/]'} {text}", highlight=False, soft_wrap=True)
