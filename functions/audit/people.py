"""Who may see what: managers all of the team's leads, reps their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from precall.engaged import Engaged
from precall.model.call import Call
from precall.tally import Group

if TYPE_CHECKING:
    from precall.config import Config

R = TypeVar("R", Call, Group, Engaged)


@dataclass(frozen=True)
class Person:
    """Who is signed in; `zone` is the IANA time zone that their day is counted in."""

    email: str
    name: str
    manager: bool
    zone: str

    def sees(self, rep: str) -> bool:
        """Whether the leads of the rep with this address are theirs to see."""
        return self.manager or rep.casefold() == self.email.casefold()

    def only(self, calls: Sequence[R]) -> Sequence[R]:
        """Those of the calls, or of what was counted of them, that are theirs to see."""
        return calls if self.manager else [call for call in calls if self.sees(call.rep)]


def person_of(config: Config, address: str) -> Person | None:
    """Who has the address (compared without regard to case), now; a manager who is a rep too is a manager."""
    wanted = address.strip().casefold()
    for manager in config.managers:
        if manager.email.casefold() == wanted:
            return Person(manager.email, manager.name, True, str(config.zone_of(manager)))
    for rep in config.reps:
        if rep.email.casefold() == wanted:
            return Person(rep.email, rep.name, False, rep.time_zone)
    return None
