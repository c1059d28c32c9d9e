"""`precall.yaml`: the team's settings, validated with errors that name the field and the fix.

Secrets are not in it. `precall config push` puts the settings in force (see `precall.config_store`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from precall.before_call import BeforeCall
from precall.budget import BudgetSettings
from precall.chat_settings import AnyChat
from precall.config.checklist import Checklists
from precall.config.crm import WriteBack
from precall.config.keeping import Retention
from precall.config.mailing import Mailing
from precall.config.questions import Questions
from precall.config.seller import Seller
from precall.config.sources import Collecting, Sources
from precall.config.team import Managers, Reps
from precall.crm_activities import CrmActivities
from precall.emails import EmailStr
from precall.errors import InvalidConfiguration
from precall.events.crm import Outcome
from precall.listening_settings import Listening
from precall.market import Markets
from precall.model._base import Model
from precall.model.lead import Name
from precall.product_lines import ProductLines
from precall.ranking_settings import Ranking
from precall.routing_settings import Holidays, Routing


class Config(Questions, Model):
    """The whole of `precall.yaml`."""

    team: str = Field(default="Sales", min_length=1, max_length=120)
    reps: Reps = Field(min_length=1)
    managers: Managers = ()
    seller: Seller
    sender: EmailStr
    chat: AnyChat = None
    sources: Sources = Field(default_factory=Sources)
    collecting: Collecting = Field(default_factory=Collecting)
    ranking: Ranking = Field(default_factory=Ranking)
    retention: Retention = Field(default_factory=Retention)
    mail: Mailing = Field(default_factory=Mailing)
    write_back: WriteBack = Field(default_factory=WriteBack)
    product_lines: Annotated[ProductLines, Field(max_length=50)] = Field(default_factory=dict)
    crm_activities: CrmActivities = Field(default_factory=CrmActivities)
    outcomes: Annotated[dict[Name, Outcome], Field(max_length=100)] = Field(default_factory=dict)
    before_call: BeforeCall = Field(default_factory=BeforeCall)
    routing: Routing = Field(default_factory=Routing)
    listening: Listening = Field(default_factory=Listening)
    budget: BudgetSettings = Field(default_factory=BudgetSettings)
    holidays: Holidays = Field(default_factory=dict)
    markets: Annotated[Markets, Field(max_length=50)] = Field(default_factory=dict)
    checklists: Checklists = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> Config:
        reps = frozenset(rep.email.casefold() for rep in self.reps)
        wrong = self.routing.mistakes(reps)
        wrong += self.listening.mistakes(reps, lambda line: self.product_line(self.line_name(line)).scores)
        wrong += [
            f"reps.{number}.holidays: there is no calendar {rep.holidays} in holidays; add it, or correct the name"
            for number, rep in enumerate(self.reps)
            if rep.holidays and rep.holidays not in self.holidays
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    @model_validator(mode="after")
    def _reps_differ(self) -> Config:
        emails = [rep.email.lower() for rep in self.reps]
        twice = {email for email in emails if emails.count(email) > 1}
        if twice:
            raise ValueError(f"two reps share the address {', '.join(sorted(twice))}; each rep needs their own")
        return self


def parse_config(text: str) -> Config:
    """The settings in YAML `text`; InvalidConfiguration lists every wrong field, one a line."""
    import yaml  # only the command line reads YAML

    try:
        raw: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InvalidConfiguration(f"precall.yaml is not YAML: {error}") from None
    if not isinstance(raw, dict):
        raise InvalidConfiguration("precall.yaml is empty or not a mapping; start from precall.example.yaml")
    try:
        return Config.model_validate(_with_names(raw))
    except ValidationError as error:
        raise InvalidConfiguration("\n".join(_lines(error))) from None


def _with_names(value: Any) -> Any:
    """`value` with names for keys: YAML 1.1 reads an unquoted `on` as true, there too."""
    if isinstance(value, dict):
        return {"on" if key is True else key: _with_names(one) for key, one in value.items()}
    return [_with_names(one) for one in value] if isinstance(value, list) else value


def _lines(error: ValidationError) -> Iterator[str]:
    """One line for each mistake; that a list lacks the items which are wrong themselves is none of its own."""
    found = error.errors()
    for one in found:
        inside = any(other["loc"][:-1][: len(one["loc"])] == one["loc"] for other in found)
        if not (one["type"] == "too_short" and inside):
            yield _line(one["loc"], one["type"], one["msg"])


def _line(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    path = ".".join(str(part) for part in loc) or "precall.yaml"
    if kind == "missing":
        return f"{path}: is missing; add it"
    if kind == "extra_forbidden":
        return f"{path}: is not a setting; remove it or correct its spelling"
    return f"{path}: {message.removeprefix('Value error, ')}"
