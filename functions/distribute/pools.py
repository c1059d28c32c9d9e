"""Who may have a lead, and why: its owner in the CRM, else whom a rule names, else whose territory it is, else all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from distribute.conditions import fits, told
from precall.config import Rep
from precall.countries import country_code
from precall.model import Lead
from precall.routing_settings import Rule

if TYPE_CHECKING:
    from precall.config import Config


class Pool(NamedTuple):
    """Reps who may have a lead, and why these. `name` is what their turns are counted under; an `owner` has it whatever
    they have already; without reps people take it from the queue `queue`."""

    name: str
    reps: tuple[Rep, ...]
    reason: str
    owner: bool = False
    queue: str | None = None


def pool_for(lead: Lead, config: Config) -> Pool:
    """The first of these that there is; the order of the rules is the team's."""
    if owner := owner_among(lead, config.reps):
        return Pool(f"rep {owner.email}", (owner,), "owner in the CRM", owner=True)
    for number, rule in enumerate(config.routing.rules, 1):
        if fits(lead, rule.when):
            return _by_rule(rule, f"rule {number} ({told(rule.when)})", config)
    return _by_territory(lead, config) or Pool("", config.reps, _why_all(lead))


def owner_among(lead: Lead, reps: Sequence[Rep]) -> Rep | None:
    """The rep whom the CRM's owner id names, else the one with the owner's e-mail address (in any case)."""
    return rep_called(lead.owner or "", reps) or rep_called(lead.owner_email or "", reps)


def rep_called(name: str, reps: Sequence[Rep]) -> Rep | None:
    """The rep with this id in the CRM, else with this address (in any case); None when that is nobody."""
    wanted = name.strip()
    if not wanted:
        return None
    by_id = (rep for rep in reps if rep.crm_owner == wanted)
    by_address = (rep for rep in reps if rep.email.casefold() == wanted.casefold())
    return next(by_id, None) or next(by_address, None)


def _by_rule(rule: Rule, reason: str, config: Config) -> Pool:
    if rule.queue:
        return Pool("", (), reason, queue=rule.queue)
    addresses = (rule.rep,) if rule.rep else config.routing.teams[rule.team or ""]
    named = [rep for address in addresses if (rep := rep_called(address, config.reps))]
    return Pool(f"team {rule.team}" if rule.team else f"rep {rule.rep}", tuple(named), reason)


def _by_territory(lead: Lead, config: Config) -> Pool | None:
    """Those whose territory has the country; else those who have none, and take any; None where nobody has one."""
    country = lead.prospect.account.country if lead.prospect else None
    if not country or not any(rep.territory for rep in config.reps):
        return None
    code = country_code(country)
    theirs = tuple(rep for rep in config.reps if code in map(country_code, rep.territory))
    if theirs:
        return Pool(f"territory {code}", theirs, f"territory {code}")
    anywhere = tuple(rep for rep in config.reps if not rep.territory)
    return Pool("anywhere", anywhere, f"no territory has {code}", queue=None if anywhere else config.routing.fallback)


def _why_all(lead: Lead) -> str:
    named = lead.owner or lead.owner_email
    return "the owner in the CRM is not in the team" if named else "the CRM names no owner"
