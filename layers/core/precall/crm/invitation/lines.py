"""An iCalendar object (RFC 5545) as components with their properties, no more of it than an invitation needs.

icalendar's own reader keeps every time zone that it ever read, by name, for as long as the process lives, so that one
sender's "Customized Time Zone" would be another's; its parser of lines keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from precall.crm.invitation import MOST_LETTERS

_MOST_LINES = 1_500
_DEEPEST = 4


class NoCalendar(ValueError):
    """What was sent is no calendar object; the text names the property."""


@dataclass(frozen=True)
class Property:
    """One line: parameters with upper-case names, the value as it stands."""

    parameters: Mapping[str, str]
    value: str


@dataclass
class Component:
    """`properties` by upper-case name, the first of each."""

    name: str
    properties: dict[str, Property] = field(default_factory=dict)
    inner: list[Component] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A property's value; "" without it."""
        found = self.properties.get(name)
        return found.value.strip() if found else ""

    def all(self, name: str) -> Iterator[Component]:
        """The components of a name that lie in it."""
        return (one for one in self.inner if one.name == name)


def calendar_in(text: str) -> Component:
    """The VCALENDAR in `text`; NoCalendar."""
    if len(text) > MOST_LETTERS:
        raise NoCalendar(f"has {len(text):,} characters; send the event alone, at most {MOST_LETTERS:,}")
    root = Component("")
    open_ones = [root]
    for name, parameters, value in _lines(text):
        if name == "BEGIN":
            if len(open_ones) > _DEEPEST:
                raise NoCalendar("BEGIN: is nested too deeply")
            open_ones.append(Component(value.strip().upper()))
            open_ones[-2].inner.append(open_ones[-1])
        elif name == "END":
            if len(open_ones) == 1 or open_ones.pop().name != value.strip().upper():
                raise NoCalendar("END: does not match its BEGIN; was it cut off?")
        else:
            open_ones[-1].properties.setdefault(name, Property(parameters, value))
    calendars = list(root.all("VCALENDAR"))
    if len(open_ones) != 1 or len(calendars) != 1:
        raise NoCalendar("is not one whole VCALENDAR; was it cut off?")
    return calendars[0]


def _lines(text: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
    from icalendar.parser import Contentlines  # a sixth of a second to import, for those who send invitations

    try:
        lines: list[Any] = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
        if len(lines) > _MOST_LINES:
            raise NoCalendar(f"has {len(lines):,} lines; send the event alone, at most {_MOST_LINES:,}")
        for line in filter(None, lines):
            name, parameters, value = line.parts()
            given = {str(key).upper(): str(said) for key, said in parameters.items()}
            yield str(name).upper(), given, str(value)
    except NoCalendar:
        raise
    except (ValueError, TypeError, KeyError, IndexError):
        raise NoCalendar("is not iCalendar; send what a calendar program attaches (RFC 5545)") from None
