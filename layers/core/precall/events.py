"""What happened, in the past tense: the messages on the bus and the records of the trail.

An event carries ids and short facts; documents are found by id in S3. `id` is derived from the business key
of what happened, so that an event that is published twice is recorded once.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, cast, get_args

from pydantic import Field, TypeAdapter, ValidationError

from precall.call_events import (
    BriefDue,
    BriefHeld,
    BriefUpdated,
    CallCancelled,
    CallMoved,
    LeadEscalated,
    LeadQueued,
    LeadReassigned,
    LeadWaited,
    ReassignmentAsked,
    ReassignmentRefused,
    ResearchAsked,
)
from precall.clock import UtcDatetime
from precall.crm_events import (
    ActivityChanged,
    BriefWrittenBack,
    CallOutcome,
    DealOpened,
    NoteErased,
    NoteErasureAsked,
    NoteErasureFailed,
    ReadBackFailed,
    WriteBackFailed,
)
from precall.emails import EmailStr
from precall.event import Event
from precall.listening_events import LookAsked, LookFailed, StoryAlerted, StoryHeard
from precall.mail_events import (
    BriefBounced,
    BriefClicked,
    BriefComplained,
    BriefDelivered,
    BriefOpened,
    BriefRead,
    BriefRelayed,
    RelayFailed,
    RepNudged,
)
from precall.model.call import Answered
from precall.model.lead import Lead
from precall.share_events import BriefShared, ShareOpened

__all__ = [
    "ActivityChanged",
    "AnyEvent",
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
    "Event",
    "LeadAcquired",
    "LeadAssigned",
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
    "parse_event",
]


class LeadAcquired(Event):
    """A verified webhook brought a lead that was not known before."""

    type: Literal["lead.acquired"] = "lead.acquired"
    crm: str
    prospect: str | None = None
    lead_source: str | None = None

    @classmethod
    def of(cls, lead: Lead) -> LeadAcquired:
        """What the bus is told about a new lead; a person's name, which the trail would keep for long, is left out."""
        return cls(
            lead_id=lead.id,
            correlation_id=lead.correlation_id,
            at=lead.acquired_at,
            crm=lead.crm,
            prospect=lead.prospect.label if lead.prospect and lead.prospect.has_company else None,
            lead_source=lead.source,
        )


class LeadRejected(Event):
    """A lead that cannot be researched; `reason` names the field and the fix."""

    type: Literal["lead.rejected"] = "lead.rejected"
    crm: str
    reason: str


class LeadAssigned(Event):
    """A rep has the lead and a call time; starts the research."""

    business_key = ("research_id",)
    type: Literal["lead.assigned"] = "lead.assigned"
    research_id: str
    rep: EmailStr
    rep_name: str
    reason: str
    call_at: UtcDatetime


class MentionsCollected(Event):
    """The sources were asked; `failed` names the ones that gave nothing because of an error."""

    business_key = ("research_id",)
    type: Literal["mentions.collected"] = "mentions.collected"
    research_id: str
    mentions: int
    asked: int
    answered: int
    failed: tuple[str, ...] = ()
    took_ms: int
    reports: tuple[Answered, ...] = ()


class StoriesRanked(Event):
    """The mentions became ranked stories."""

    business_key = ("research_id",)
    type: Literal["stories.ranked"] = "stories.ranked"
    research_id: str
    stories: int
    set_aside: dict[str, int] = Field(default_factory=dict)


class BriefReady(Event):
    """The brief is stored, in HTML, plain text and JSON."""

    business_key = ("research_id",)
    type: Literal["brief.ready"] = "brief.ready"
    research_id: str
    stories: int
    partial: bool = False


class ResearchFailed(Event):
    """No brief could be made; `step` and `error` say where and why."""

    business_key = ("research_id",)
    type: Literal["research.failed"] = "research.failed"
    research_id: str
    step: str
    error: str

    @property
    def beyond_budget(self) -> bool:
        """Whether nothing was tried, as the day's budget of researches was used up (`research.asl.json`)."""
        return self.step == "budget"

    @property
    def story(self) -> str:
        """What happened, as a person says it."""
        if self.beyond_budget:
            return "the lead was not researched, because the day's budget of researches is used up"
        return f"the research failed while {self.doing} ({self.error})"

    @property
    def doing(self) -> str:
        """What the research was doing when it failed, as a person says it: "ranking the stories"."""
        said = {"collect": "asking the sources", "rank": "ranking the stories", "brief": "writing the brief"}
        said |= {"research": "asking the sources and ranking the stories"}
        return said.get(self.step, self.step)


class BriefSent(Event):
    """SES took the mail, `message_id` is SES's. `partial_because`: why it is less than it could be."""

    business_key = ("research_id", "call_at", "to")
    type: Literal["brief.sent"] = "brief.sent"
    research_id: str
    to: EmailStr
    call_at: UtcDatetime
    message_id: str
    minutes_before_call: int
    notice_only: bool = False
    partial_because: str | None = None


class BriefMissed(Event):
    """Nothing was sent, and why: the call was over, or the mail was refused."""

    business_key = ("research_id", "call_at")
    type: Literal["brief.missed"] = "brief.missed"
    research_id: str
    call_at: UtcDatetime
    reason: str


class BriefAcknowledged(Event):
    """Who holds the brief's link said that it was read."""

    business_key = ("research_id",)
    type: Literal["brief.acknowledged"] = "brief.acknowledged"
    research_id: str


class CompanyDisputed(Event):
    """Who holds the brief's link said that it is about another company."""

    business_key = ("research_id",)
    type: Literal["company.disputed"] = "company.disputed"
    research_id: str


class ErasureAsked(Event):
    """The CRM told that the lead's person must be forgotten: they are suppressed, what is kept waits to be erased."""

    type: Literal["erasure.asked"] = "erasure.asked"
    crm: str


class LeadErased(Event):
    """All that was kept about the lead's person or company is gone, but for this trail: how much, by class of data."""

    type: Literal["lead.erased"] = "lead.erased"
    documents: int
    by: Literal["operator", "crm"] = "operator"
    counts: dict[str, int] = Field(default_factory=dict)


AnyEvent = Annotated[
    LeadAcquired
    | ErasureAsked
    | LeadErased
    | LeadRejected
    | LeadAssigned
    | MentionsCollected
    | StoriesRanked
    | BriefReady
    | ResearchFailed
    | BriefSent
    | BriefMissed
    | BriefAcknowledged
    | CompanyDisputed
    | BriefDelivered
    | BriefBounced
    | BriefComplained
    | BriefOpened
    | BriefClicked
    | BriefRead
    | BriefRelayed
    | RelayFailed
    | RepNudged
    | ReadBackFailed
    | ActivityChanged
    | BriefWrittenBack
    | WriteBackFailed
    | NoteErasureAsked
    | NoteErased
    | NoteErasureFailed
    | CallOutcome
    | DealOpened
    | BriefDue
    | BriefHeld
    | BriefUpdated
    | CallCancelled
    | CallMoved
    | LeadEscalated
    | LeadQueued
    | LeadReassigned
    | LeadWaited
    | LookAsked
    | LookFailed
    | ReassignmentAsked
    | ReassignmentRefused
    | ResearchAsked
    | BriefShared
    | ShareOpened
    | StoryAlerted
    | StoryHeard,
    Field(discriminator="type"),
]

_KINDS: dict[object, type[Event]] = {
    kind.model_fields["type"].default: kind for kind in get_args(get_args(AnyEvent)[0])
}


@cache
def _any() -> TypeAdapter[AnyEvent]:
    return TypeAdapter(AnyEvent)


def parse_event(detail: object) -> AnyEvent:
    """The event in a bus message's `detail`; pydantic's ValidationError when it is none of ours."""
    kind = _KINDS.get(detail.get("type")) if isinstance(detail, dict) else None
    try:
        if kind:  # only this one is built: all of them would cost a cold start a tenth of a second
            return cast("AnyEvent", kind.model_validate(detail))
    except ValidationError:
        pass  # told below, as of one among all
    return _any().validate_python(detail)
