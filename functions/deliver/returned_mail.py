"""The mail to a manager about a rep's mail that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliver.letters import Case
from deliver.mail import Mail, plain_mail
from deliver.notice import prospect_label, templates
from precall.clock import for_people
from precall.events import BriefBounced, BriefComplained

if TYPE_CHECKING:
    from precall.config import Config, Manager


def returned_mail(
    config: Config, manager: Manager, case: Case, event: BriefBounced | BriefComplained, relayed: bool
) -> Mail:
    """Tells that a rep's mail came back, or was called spam, what was done, and what to do."""
    rep, came_back = case.assignment.rep, isinstance(event, BriefBounced)
    facts = {
        "team": config.team,
        "manager": manager.name,
        "rep": rep.name,
        "who": prospect_label(case.lead),
        "when": for_people(case.assignment.call_at, rep.time_zone),
        "came_back": came_back,
        "stopped": not isinstance(event, BriefBounced) or event.permanent,
        "reason": event.reason,
        "relayed": relayed,
    }
    text, html = (templates().get_template(name).render(facts) for name in ("returned.txt", "returned.html"))
    what = "came back" if came_back else "was marked as spam"
    subject = f"A brief for {rep.name} {what}: call with {facts['who']}, {facts['when']}"
    return plain_mail(config, manager.email, "manager", subject, text, html)
