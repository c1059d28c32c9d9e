"""The team in `precall.yaml`: reps and managers."""

from __future__ import annotations

from datetime import time as TimeOfDay  # noqa: N812
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from precall.chat_settings import Chat
from precall.emails import EmailStr
from precall.locales import LOCALES
from precall.model._base import Model
from precall.routing_settings import Dates
from precall.wall_clock import ClockTime

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


Reps = tuple[Rep, ...]
Managers = tuple[Manager, ...]
