"""`precall.yaml`: the team's settings, validated with errors that name the field and the fix.

Secrets are not in it. `precall config push` puts the settings in force (see `precall.config_store`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from datetime import time as TimeOfDay  # noqa: N812
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationError, model_validator

from precall.before_call import BeforeCall
from precall.budget import BudgetSettings
from precall.chat_settings import Chat
from precall.crm_activities import CrmActivities
from precall.crm_events import Outcome
from precall.emails import EmailStr
from precall.errors import InvalidConfiguration
from precall.listening_settings import Listening
from precall.locales import LOCALES
from precall.market import MarketSettings
from precall.model._base import Model
from precall.model.account import FactName
from precall.model.lead import Name
from precall.product_lines import ANY, ProductLine
from precall.ranking_settings import HalfLives, Ranking, Weights
from precall.routing_settings import Dates, Routing
from precall.wall_clock import ClockTime

__all__ = ["Config", "HalfLives", "Ranking", "Weights", "parse_config"]

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones
        raise ValueError(f"{name!r} is not an IANA time zone; write for example Europe/Vienna") from None
    return name


def _locale(tag: str) -> str:
    if tag not in LOCALES:
        raise ValueError(f"{tag!r} is not a locale that Precall writes; take one of {', '.join(LOCALES)}")
    return tag


TimeZone = Annotated[str, AfterValidator(_time_zone)]


class WorkingHours(Model):
    """When a rep calls, in the rep's own time zone. `end` is after `start`, on the same day."""

    days: tuple[Weekday, ...] = Field(default=("mon", "tue", "wed", "thu", "fri"), min_length=1)
    start: ClockTime = TimeOfDay(9, 0)
    end: ClockTime = TimeOfDay(17, 0)

    @model_validator(mode="after")
    def _in_order(self) -> WorkingHours:
        if self.end <= self.start:
            raise ValueError("working hours end before they start; give end a later time than start")
        return self


class Rep(Model):
    """An inside sales rep. `crm_owner` is the id that the CRM uses for this rep as an owner, `locale` how dates and
    numbers are written for them; without one, as where their time zone is. `chat` gets their briefs too, `lead_minutes`
    before the call where that differs from the team's. `territory`: countries whose leads are this rep's; `capacity`:
    calls a day; `holidays`: a calendar of the team's, `days_off` this rep's own days."""

    name: str = Field(min_length=1, max_length=120)
    email: EmailStr
    time_zone: TimeZone = "UTC"
    locale: Annotated[str, AfterValidator(_locale)] | None = None
    hours: WorkingHours = Field(default_factory=WorkingHours)
    territory: tuple[str, ...] = ()
    capacity: int = Field(default=20, ge=0, le=500)
    crm_owner: str | None = None
    chat: Chat | None = None
    lead_minutes: int | None = Field(default=None, ge=5, le=7 * 24 * 60)
    holidays: str | None = None
    days_off: Dates = ()

    @property
    def zone(self) -> ZoneInfo:
        """The rep's time zone."""
        return ZoneInfo(self.time_zone)


class Manager(Model):
    """A sales manager. Without a time zone: that which they have as a rep, else that of most reps."""

    name: str = Field(min_length=1, max_length=120)
    email: EmailStr
    time_zone: TimeZone | None = None


class Seller(Model):
    """Who is calling: what the brief is read for."""

    name: str = Field(min_length=1, max_length=120)
    offers: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


class SourceSwitch(Model):
    """One source: whether it is asked, and its deadline in seconds."""

    on: bool = True
    deadline: float = Field(default=8.0, gt=0, le=60)


class MastodonSwitch(SourceSwitch):
    """`instances` are the hosts whose public timelines and search are asked."""

    instances: tuple[str, ...] = Field(default=("mastodon.social",), max_length=5)


class LemmySwitch(SourceSwitch):
    """`instances` are the hosts whose search is asked."""

    instances: tuple[str, ...] = Field(default=("lemmy.world",), max_length=5)


class StackExchangeSwitch(SourceSwitch):
    """`sites` are those of the network, as its API names them."""

    sites: tuple[str, ...] = Field(default=("stackoverflow", "serverfault"), max_length=5)


class GdeltSwitch(SourceSwitch):
    """`sentences` also asks for the sentences that name the prospect, which GDELT allows 5 s after the articles only:
    such a brief takes that much longer."""

    sentences: bool = False


class WiresSwitch(SourceSwitch):
    """`feeds` are press-release wires; what names the prospect is taken from them."""

    feeds: tuple[str, ...] = Field(
        default=(
            "https://www.prnewswire.com/rss/news-releases-list.rss",
            "https://www.globenewswire.com/RssFeed/orgclass/1/feedTitle/GlobeNewswire%20-%20News%20about%20Public%20Companies",
            "https://feed.businesswire.com/rss/home/?rss=G1QFDERJXkJeEFpRWw==",
        ),
        max_length=20,
    )


class Sources(Model):
    """The sources, by name, in the order in which a brief lists them."""

    site: SourceSwitch = Field(default_factory=SourceSwitch)
    wikipedia: SourceSwitch = Field(default_factory=SourceSwitch)
    google_news: SourceSwitch = Field(default_factory=SourceSwitch)
    bing_news: SourceSwitch = Field(default_factory=SourceSwitch)
    gdelt: GdeltSwitch = Field(default_factory=GdeltSwitch)
    wires: WiresSwitch = Field(default_factory=WiresSwitch)
    sec_edgar: SourceSwitch = Field(default_factory=SourceSwitch)
    job_boards: SourceSwitch = Field(default_factory=SourceSwitch)
    github: SourceSwitch = Field(default_factory=SourceSwitch)
    hacker_news: SourceSwitch = Field(default_factory=SourceSwitch)
    reddit: SourceSwitch = Field(default_factory=SourceSwitch)
    mastodon: MastodonSwitch = Field(default_factory=MastodonSwitch)
    lemmy: LemmySwitch = Field(default_factory=LemmySwitch)
    bluesky: SourceSwitch = Field(default_factory=SourceSwitch)
    stack_exchange: StackExchangeSwitch = Field(default_factory=StackExchangeSwitch)
    youtube: SourceSwitch = Field(default_factory=SourceSwitch)
    podcasts: SourceSwitch = Field(default_factory=SourceSwitch)
    app_store: SourceSwitch = Field(default_factory=SourceSwitch)
    market_news: SourceSwitch = Field(default_factory=lambda: SourceSwitch(deadline=6))


class Collecting(Model):
    """How long a research asks, in seconds: `deadline` for all sources together, `identity` until the sources that
    need to know who the account is are asked with what is known, `reading` for the pages of articles at the end (0:
    none is read). What was found out about an account is believed for `refresh_days`."""

    deadline: float = Field(default=12.0, gt=0, le=30)
    identity: float = Field(default=3.0, ge=0, le=10)
    reading: float = Field(default=3.0, ge=0, le=10)
    refresh_days: int = Field(default=7, ge=0, le=365)


class Retention(Model):
    """Days after which data goes. The trail outlives the content."""

    documents: int = Field(default=90, ge=1, le=3650)
    trail: int = Field(default=730, ge=1, le=3650)


class Mailing(Model):
    """What is mailed beside briefs. `calendar`: each brings an entry of `call_minutes` for the call's slot. `agenda`:
    at `agenda_at` on the rep's clock, on the rep's working days, a mail with all of the day's calls. `digest`: at
    `digest_at` on each manager's clock, on Mondays or from Monday to Friday, how calls were prepared since the last."""

    calendar: bool = False
    call_minutes: int = Field(default=30, ge=5, le=240)
    agenda: bool = False
    agenda_at: ClockTime = TimeOfDay(7, 30)
    digest: Literal["none", "weekly", "daily"] = "none"
    digest_at: ClockTime = TimeOfDay(8, 0)


class WriteBack(Model):
    """What a CRM gets of a brief: with `on` a note on the lead's records; with `fields` also when it was ready, its
    link and its top signal, in fields that were made for them (docs/crm.md)."""

    on: bool = False
    fields: bool = False


class ChecklistItem(Model):
    """A fact that a quote needs. `ask` is the question to the prospect, `fact` what answers it where it is known."""

    ask: str = Field(min_length=1, max_length=200)
    fact: FactName | None = None


class Config(Model):
    """The whole of `precall.yaml`."""

    team: str = Field(default="Sales", min_length=1, max_length=120)
    reps: tuple[Rep, ...] = Field(min_length=1)
    managers: tuple[Manager, ...] = ()
    seller: Seller
    sender: EmailStr
    chat: Chat | None = None
    sources: Sources = Field(default_factory=Sources)
    collecting: Collecting = Field(default_factory=Collecting)
    ranking: Ranking = Field(default_factory=Ranking)
    retention: Retention = Field(default_factory=Retention)
    mail: Mailing = Field(default_factory=Mailing)
    write_back: WriteBack = Field(default_factory=WriteBack)
    product_lines: Annotated[dict[str, ProductLine], Field(max_length=50)] = Field(default_factory=dict)
    crm_activities: CrmActivities = Field(default_factory=CrmActivities)
    outcomes: Annotated[dict[Name, Outcome], Field(max_length=100)] = Field(default_factory=dict)
    before_call: BeforeCall = Field(default_factory=BeforeCall)
    routing: Routing = Field(default_factory=Routing)
    listening: Listening = Field(default_factory=Listening)
    budget: BudgetSettings = Field(default_factory=BudgetSettings)
    holidays: dict[str, Dates] = Field(default_factory=dict)
    markets: Annotated[dict[str, MarketSettings], Field(max_length=50)] = Field(default_factory=dict)
    checklists: dict[str, Annotated[tuple[ChecklistItem, ...], Field(max_length=20)]] = Field(default_factory=dict)

    def checklist(self, industry: str | None) -> tuple[ChecklistItem, ...]:
        """What a quote needs in an industry (compared without regard to case), with what is needed in `any`."""
        wanted = {"any", (industry or "").casefold().strip()}
        return tuple(item for name, items in self.checklists.items() if name.casefold() in wanted for item in items)

    def line_name(self, said: str | None) -> str:
        """The product line that an activity counts in: the one that it names, if that has settings, else `any`."""
        wanted = (said or ANY).casefold()
        return next((name for name in self.product_lines if name.casefold() == wanted), ANY)

    def product_line(self, name: str) -> ProductLine:
        """The settings of a product line, as `line_name` gives it."""
        return self.product_lines.get(name) or ProductLine()

    def outcome(self, said: str) -> Outcome | None:
        """What the team says that a status or a call's result means (compared without regard to case)."""
        return next((means for word, means in self.outcomes.items() if word.casefold() == said.casefold()), None)

    def zone_of(self, manager: Manager) -> ZoneInfo:
        """The time zone that a manager's days are counted in."""
        own = {rep.email.casefold(): rep.time_zone for rep in self.reps}.get(manager.email.casefold())
        usual = Counter(rep.time_zone for rep in self.reps).most_common(1)[0][0]
        return ZoneInfo(manager.time_zone or own or usual)

    def days_off(self, rep: Rep) -> frozenset[date]:
        """The days on which a rep does not work, beside those of the week."""
        return frozenset(rep.days_off) | frozenset(self.holidays.get(rep.holidays or "", ()))

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
