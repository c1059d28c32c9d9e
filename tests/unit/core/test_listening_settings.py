"""The manager's settings for listening: mistakes are named with their field and the fix."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from precall.config import Config, parse_config
from precall.errors import InvalidConfiguration
from precall.model import Account, SignalKind

REST: dict[str, Any] = {
    "reps": [{"name": "Jonas Ferber", "email": "jonas@seller.example"}],
    "seller": {"name": "Loftgrid"},
    "sender": "briefs@seller.example",
    "product_lines": {"forecasts": {"scores": {"webinar": 5}}},
}


def parsed(**listening: Any) -> Config:
    return parse_config(yaml.safe_dump({**REST, "listening": listening}))


def test_it_is_off_until_somebody_wants_it() -> None:
    assert not parsed().listening.on
    assert parsed(on=True).listening.on


def test_an_account_is_known_by_the_domain_that_leads_are_known_by() -> None:
    (named,) = parsed(accounts=[{"domain": "WWW.Acme.example", "owner": "jonas@seller.example"}]).listening.accounts
    assert named.account.key == Account(domain="acme.example").key


def test_quiet_hours_are_written_as_people_write_them() -> None:
    quiet = parsed(quiet={"start": "9:00", "end": 1050}).listening.quiet
    assert quiet is not None
    assert f"{quiet.start:%H:%M}-{quiet.end:%H:%M}" == "09:00-17:30"


def test_a_rule_needs_a_kind_only_for_activities() -> None:
    rules = parsed(rules=[{"signal": "funding", "do": "lead"}, {"do": "activity", "where": "social"}]).listening.rules
    assert (rules[0].signal, rules[1].kind) == (SignalKind.FUNDING, "mention")


@pytest.mark.parametrize(
    ("listening", "says"),
    [
        ({"accounts": [{"owner": "jonas@seller.example"}]}, "listening.accounts.0: names nobody"),
        ({"accounts": [{"domain": "acme", "owner": "jonas@seller.example"}]}, "'acme' is not a domain"),
        ({"accounts": [{"name": "A", "owner": "e@seller.example"}]}, "accounts.0.owner: e@seller.example is no rep"),
        ({"rules": [{"do": "activity", "product_line": "forecasts"}]}, "rules.0.kind: mention has no score; write one"),
        ({"rules": [{"do": "shout"}]}, "listening.rules.0.do:"),
        ({"quiet": {"start": "09:00", "end": "09:00"}}, "listening.quiet: quiet hours end when they start"),
        ({"threshold": 2}, "listening.threshold:"),
        ({"every_hours": 0}, "listening.every_hours:"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(listening: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidConfiguration, match=says.replace(".", r"\.")):
        parsed(**listening)
