"""What happened, in the past tense: the messages on the bus and the records of the trail.

An event carries ids and short facts; documents are found by id in S3. `id` is derived from the business key
of what happened, so that an event that is published twice is recorded once. Kinds that are used together share a
module, which is imported when one of them is asked for: all of them would cost a cold start a twentieth of its time.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from precall.events.base import Event
from precall.when_asked import when_asked

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from precall.events.brief import BriefAcknowledged, BriefMissed, BriefSent, CompanyDisputed
    from precall.events.call import CallCancelled, CallMoved
    from precall.events.crm import ActivityChanged, CallOutcome, DealOpened, ReadBackFailed
    from precall.events.due import BriefDue, BriefHeld, BriefUpdated, ResearchAsked
    from precall.events.lead import ErasureAsked, LeadAcquired, LeadAssigned, LeadErased, LeadRejected
    from precall.events.listening import LookAsked, LookFailed, StoryAlerted, StoryHeard
    from precall.events.mail import (
        BriefBounced,
        BriefClicked,
        BriefComplained,
        BriefDelivered,
        BriefOpened,
        BriefRead,
        RepNudged,
    )
    from precall.events.relay import BriefRelayed, RelayFailed
    from precall.events.rep import (
        LeadEscalated,
        LeadQueued,
        LeadReassigned,
        LeadWaited,
        ReassignmentAsked,
        ReassignmentRefused,
    )
    from precall.events.research import BriefReady, ResearchFailed
    from precall.events.share import BriefShared, ShareOpened
    from precall.events.steps import MentionsCollected, StoriesRanked
    from precall.events.written_back import (
        BriefWrittenBack,
        NoteErased,
        NoteErasureAsked,
        NoteErasureFailed,
        WriteBackFailed,
    )

__all__ = [
    "ActivityChanged",
    "BriefAcknowledged",
    "BriefBounced",
    "BriefClicked",
    "BriefComplained",
    "BriefDelivered",
    "BriefDue",
    "BriefHeld",
    "BriefMissed",
    "BriefOpened",
    "BriefRead",
    "BriefReady",
    "BriefRelayed",
    "BriefSent",
    "BriefShared",
    "BriefUpdated",
    "BriefWrittenBack",
    "CallCancelled",
    "CallMoved",
    "CallOutcome",
    "CompanyDisputed",
    "DealOpened",
    "ErasureAsked",
    "Event",
    "LeadAcquired",
    "LeadAssigned",
    "LeadErased",
    "LeadEscalated",
    "LeadQueued",
    "LeadReassigned",
    "LeadRejected",
    "LeadWaited",
    "LookAsked",
    "LookFailed",
    "MentionsCollected",
    "NoteErased",
    "NoteErasureAsked",
    "NoteErasureFailed",
    "ReadBackFailed",
    "ReassignmentAsked",
    "ReassignmentRefused",
    "RelayFailed",
    "RepNudged",
    "ResearchAsked",
    "ResearchFailed",
    "ShareOpened",
    "StoriesRanked",
    "StoryAlerted",
    "StoryHeard",
    "WriteBackFailed",
    "kinds",
    "parse_event",
]

_HOMES = {
    ".brief": "BriefAcknowledged BriefMissed BriefSent CompanyDisputed",
    ".call": "CallCancelled CallMoved",
    ".crm": "ActivityChanged CallOutcome DealOpened ReadBackFailed",
    ".due": "BriefDue BriefHeld BriefUpdated ResearchAsked",
    ".lead": "ErasureAsked LeadAcquired LeadAssigned LeadErased LeadRejected",
    ".listening": "LookAsked LookFailed StoryAlerted StoryHeard",
    ".mail": "BriefBounced BriefClicked BriefComplained BriefDelivered BriefOpened BriefRead RepNudged",
    ".relay": "BriefRelayed RelayFailed",
    ".rep": "LeadEscalated LeadQueued LeadReassigned LeadWaited ReassignmentAsked ReassignmentRefused",
    ".research": "BriefReady ResearchFailed",
    ".share": "BriefShared ShareOpened",
    ".steps": "MentionsCollected StoriesRanked",
    ".written_back": "BriefWrittenBack NoteErased NoteErasureAsked NoteErasureFailed WriteBackFailed",
}
_NAMES = {name for names in _HOMES.values() for name in names.split()}
__getattr__ = when_asked(__name__, _HOMES)


def parse_event(detail: object) -> Event:
    """The event in a bus message's `detail`; pydantic's ValidationError when it is none of ours."""
    kind = _kind(str(detail.get("type"))) if isinstance(detail, dict) else None
    try:
        if kind:
            return kind.model_validate(detail)
    except ValidationError:
        pass  # told below, as of one among all
    return _any().validate_python(detail)


def _kind(told: str) -> type[Event] | None:
    """The class of a `type`: "note.erasure_asked" is told by NoteErasureAsked."""
    name = "".join(word.capitalize() for word in told.replace(".", "_").split("_"))
    found: type[Event] | None = __getattr__(name) if name in _NAMES else None
    return found if found and found.model_fields["type"].default == told else None


@cache
def _any() -> TypeAdapter[Event]:
    """Any kind: its errors name the kind, or all that there are."""
    from pydantic import TypeAdapter  # whom every other event does without

    return TypeAdapter(Annotated[reduce(or_, kinds()), Field(discriminator="type")])


def kinds() -> list[type[Event]]:
    """All that can happen."""
    return [__getattr__(name) for name in sorted(_NAMES)]
