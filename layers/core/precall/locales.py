"""How people write dates, times and numbers where they live; the words around them stay English.

The forms are those of the Unicode CLDR (https://cldr.unicode.org); months keep their English names, as a number alone
("3/9/2026") is read in two ways.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Locale(NamedTuple):
    """One way to write. `group` stands between thousands, `point` before decimals, `half_days` are the words of a
    12-hour clock."""

    group: str = ","
    point: str = "."
    month_first: bool = False
    half_days: tuple[str, str] | None = None

    def day(self, on: date) -> str:
        """ "9 Mar 2026", "Mar 9, 2026"."""
        return f"{self.short_day(on)}{',' if self.month_first else ''} {on.year}"

    def short_day(self, on: date) -> str:
        """ "9 Mar", "Mar 9"."""
        return f"{on:%b} {on.day}" if self.month_first else f"{on.day} {on:%b}"

    def weekday(self, on: date, year: bool) -> str:
        """ "Mon 9 Mar 2026", "Mon, Mar 9, 2026", or without the year."""
        return f"{on:%a}{',' if self.month_first else ''} {self.day(on) if year else self.short_day(on)}"

    def clock(self, at: time) -> str:
        """ "14:30", "2:30 PM"."""
        if self.half_days is None:
            return f"{at:%H:%M}"
        return f"{(at.hour - 1) % 12 + 1}:{at:%M} {self.half_days[at.hour >= 12]}"

    def number(self, value: float, places: int = 0) -> str:
        """ "1,234", "1.234", "0,92"."""
        return f"{value:,.{places}f}".translate({ord(","): self.group, ord("."): self.point})


_PM, _AMERICAN = ("am", "pm"), ("AM", "PM")
_POINTS, _SPACES = Locale(group=".", point=","), Locale(group="\N{NO-BREAK SPACE}", point=",")
LOCALES = {
    "en-US": Locale(month_first=True, half_days=_AMERICAN),
    "en-CA": Locale(month_first=True, half_days=("a.m.", "p.m.")),
    "en-GB": Locale(),
    "en-IE": Locale(),
    "en-AU": Locale(half_days=_PM),
    "de-DE": _POINTS,
    "de-AT": _POINTS,
    "de-CH": Locale(group="’"),
    "da-DK": _POINTS,
    "es-ES": _POINTS,
    "fr-FR": Locale(group="\N{NARROW NO-BREAK SPACE}", point=","),
    "it-IT": _POINTS,
    "nb-NO": _SPACES,
    "nl-NL": _POINTS,
    "pt-PT": _SPACES,
    "sv-SE": _SPACES,
}
"""By their BCP 47 tag."""
ELSEWHERE = "en-GB"
"""Day first and 24 hours, which nobody misreads."""
_ZONES = {
    "en-US": "America/Anchorage America/Boise America/Chicago America/Denver America/Detroit America/Los_Angeles "
    "America/New_York America/Phoenix Pacific/Honolulu",
    "en-CA": "America/Edmonton America/Halifax America/Montreal America/Regina America/St_Johns America/Toronto "
    "America/Vancouver America/Winnipeg",
    "de-DE": "Europe/Berlin",
    "de-AT": "Europe/Vienna",
    "de-CH": "Europe/Zurich",
    "en-IE": "Europe/Dublin",
    "da-DK": "Europe/Copenhagen",
    "es-ES": "Europe/Madrid",
    "fr-FR": "Europe/Paris",
    "it-IT": "Europe/Rome",
    "nb-NO": "Europe/Oslo",
    "nl-NL": "Europe/Amsterdam",
    "pt-PT": "Europe/Lisbon",
    "sv-SE": "Europe/Stockholm",
}
_BY_ZONE = {zone: tag for tag, zones in _ZONES.items() for zone in zones.split()}
_BY_REGION = {"US/": "en-US", "America/Indiana/": "en-US", "America/Kentucky/": "en-US", "Canada/": "en-CA"}
_BY_REGION |= {"America/North_Dakota/": "en-US", "Australia/": "en-AU"}


def locale_of(time_zone: str, tag: str | None = None) -> Locale:
    """The locale `tag`; without one that is known, that of the IANA time zone's country, else `ELSEWHERE`."""
    if tag in LOCALES:
        return LOCALES[tag]
    region = next((tag for prefix, tag in _BY_REGION.items() if time_zone.startswith(prefix)), ELSEWHERE)
    return LOCALES[_BY_ZONE.get(time_zone, region)]


class Reader(NamedTuple):
    """Who reads: the IANA time zone, and the locale where one was set."""

    zone: str
    tag: str | None = None

    @property
    def locale(self) -> Locale:
        """How dates and numbers are written for them."""
        return locale_of(self.zone, self.tag)

    def local(self, moment: datetime) -> datetime:
        """The moment on their clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    def full(self, moment: datetime) -> str:
        """ "Thu 12 Mar 2026, 09:30 CET", "Thu, Mar 12, 2026, 9:30 AM EDT"."""
        local = self.local(moment)
        name = local.tzname() or ""
        zone = name if name.isalpha() else f"UTC{name}"
        return f"{self.locale.weekday(local, year=True)}, {self.locale.clock(local.time())} {zone}"
