"""The day's budget of researches is used up: each manager is told, once a day."""

from __future__ import annotations

from deliver.mail import Mail, plain_mail
from deliver.notice import templates
from deliver.to_managers import ToManagers
from precall.config import Manager
from precall.events import ResearchFailed


def tell_if_spent(managers: ToManagers, event: ResearchFailed) -> None:
    """A mail on the first lead of the day (UTC) that was not researched for that reason. Errors as of `ToManagers`."""
    if event.beyond_budget:
        managers.tell({"kind": "budget", "day": event.at.date().isoformat()}, lambda manager: _mail(managers, manager))


def _mail(managers: ToManagers, manager: Manager) -> Mail:
    config = managers.config()
    facts = {"team": config.team, "manager": manager.name, "limit": config.budget.researches_a_day}
    text, html = (templates().get_template(name).render(facts) for name in ("spent.txt", "spent.html"))
    subject = f"The day's {config.budget.researches_a_day} researches are used up"
    return plain_mail(config, manager.email, "manager", subject, text, html)
