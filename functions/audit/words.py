"""What a person reads about a lead's trail: every string of the pages is here or in the templates."""

from __future__ import annotations

from functools import singledispatch

from audit.call_words import PROVES_NOTHING, told
from audit.erasing_words import crm_name
from audit.prep import Prep
from precall import events
from precall.clock import for_people
from precall.model._base import Model

STATES = {
    "preparing": "In preparation",
    "acknowledged": "Prepared",
    "briefed": "Briefed",
    "late": "Late",
    "failed": "Failed",
    "missing": "Missing",
}

_SAYS = {
    "preparing": "The research is on its way.",
    "acknowledged": "The rep read the brief {before} the call.",
    "briefed": "The brief was sent {before} the call.",
    "late": "There was a brief, but only after the call had begun.",
    "failed": "There is no brief for this call",
    "missing": "The time of the call has passed, and no brief was sent.",
}


class Line(Model):
    """An event in plain words, and its facts as pairs of a name and a value."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()


def prep_line(prep: Prep) -> str:
    """The state of the call's preparation in one sentence."""
    says = _SAYS[prep.state].format(before=f"{_span(prep.minutes_before_call or 0)} before")
    return f"{says}: {_sentence(prep.reason or 'no reason was given')}" if prep.state == "failed" else says


@singledispatch
def line(event: events.Event, time_zone: str) -> Line:
    """`event` in plain words, with times as read in the IANA `time_zone`."""
    title, facts = told(event, time_zone)
    return Line(title=title, facts=_known(**facts))


@line.register
def _(event: events.LeadAcquired, time_zone: str) -> Line:
    return Line(title=f"The lead came in by {crm_name(event.crm)}", facts=_known(Source=event.lead_source))


@line.register
def _(event: events.LeadRejected, time_zone: str) -> Line:
    return Line(title="The lead cannot be researched", facts=_known(Why=event.reason))


@line.register
def _(event: events.LeadAssigned, time_zone: str) -> Line:
    return Line(
        title=f"Given to {event.rep_name}",
        facts=_known(Why=event.reason, Call=for_people(event.call_at, time_zone)),
    )


@line.register
def _(event: events.MentionsCollected, time_zone: str) -> Line:
    return Line(
        title=f"{_count(event.mentions, 'mention')} collected",
        facts=_known(
            Sources=f"{event.answered} of {event.asked} answered",
            Failed=", ".join(name.replace("_", " ") for name in event.failed),
            Took=f"{event.took_ms / 1000:.1f} s",
        ),
    )


@line.register
def _(event: events.StoriesRanked, time_zone: str) -> Line:
    aside = ", ".join(f"{reason.replace('_', ' ')} ({number})" for reason, number in event.set_aside.items())
    return Line(title=f"{_count(event.stories, 'story', 'stories')} ranked", facts=_known(Set_aside=aside))


@line.register
def _(event: events.BriefReady, time_zone: str) -> Line:
    told = str(event.stories) if event.stories else "none found: the brief says so"
    partial = "yes, a part of the research failed" if event.partial else None
    return Line(title="The brief is ready", facts=_known(Stories=told, Partial=partial))


@line.register
def _(event: events.ResearchFailed, time_zone: str) -> Line:
    if event.beyond_budget:
        return Line(title="It was not researched", facts=_known(Why="the day's budget of researches is used up"))
    return Line(title="The research failed", facts=_known(While=event.doing, Why=event.error))


@line.register
def _(event: events.BriefSent, time_zone: str) -> Line:
    what = "A notice that there is no brief was sent" if event.notice_only else "The brief was sent"
    return Line(
        title=what,
        facts=_known(To=event.to, Before_the_call=_span(event.minutes_before_call), Mail=event.message_id),
    )


@line.register
def _(event: events.BriefMissed, time_zone: str) -> Line:
    return Line(title="No mail was sent", facts=_known(Why=event.reason))


@line.register
def _(event: events.BriefAcknowledged, time_zone: str) -> Line:
    return Line(title="The brief was acknowledged")


@line.register
def _(event: events.CompanyDisputed, time_zone: str) -> Line:
    return Line(title="The brief was called one about another company")


@line.register
def _(event: events.BriefDelivered, time_zone: str) -> Line:
    return Line(title="The mail arrived", facts=_known(At=event.to))


@line.register
def _(event: events.BriefBounced, time_zone: str) -> Line:
    after = "it gets no more mail" if event.permanent else None
    return Line(title="The mail came back", facts=_known(From=event.to, Why=event.reason, The_address=after))


@line.register
def _(event: events.BriefComplained, time_zone: str) -> Line:
    return Line(title="The mail was marked as spam: the address gets no more", facts=_known(By=event.to))


@line.register
def _(event: events.BriefOpened, time_zone: str) -> Line:
    what = "mail" if event.where == "mail" else "brief's page"
    return Line(title=f"The {what} was opened", facts=_known(Unreliable=PROVES_NOTHING))


@line.register
def _(event: events.BriefClicked, time_zone: str) -> Line:
    return Line(title="A link in the mail was followed", facts=_known(Unreliable=PROVES_NOTHING))


@line.register
def _(event: events.BriefRead, time_zone: str) -> Line:
    return Line(title="The brief was read", facts=_known(For=f"{event.seconds} seconds or more"))


@line.register
def _(event: events.BriefRelayed, time_zone: str) -> Line:
    what = "A notice that there is no brief" if event.notice_only else "The brief"
    return Line(title=f"{what} was sent by {event.channel}", facts=_known(To=event.to, Why=event.reason))


@line.register
def _(event: events.RelayFailed, time_zone: str) -> Line:
    return Line(title=f"The brief could not be sent by {event.channel}", facts=_known(Why=event.reason))


@line.register
def _(event: events.BriefWrittenBack, time_zone: str) -> Line:
    told = {"Records": ", ".join(event.records), "Fields": "written" if event.fields else None}
    return Line(title=f"{crm_name(event.crm)} has the brief as a note", facts=_known(**told))


@line.register
def _(event: events.WriteBackFailed, time_zone: str) -> Line:
    title = f"{crm_name(event.crm)} did not take the brief's {event.part}"
    return Line(title=title, facts=_known(Why=event.reason))


@line.register
def _(event: events.ReadBackFailed, time_zone: str) -> Line:
    title = f"{crm_name(event.crm)} did not give all that it knows of the lead"
    return Line(title=title, facts=_known(Why=event.reason))


@line.register
def _(event: events.CallOutcome, time_zone: str) -> Line:
    title = f"The call's outcome: {event.outcome.replace('_', ' ')}"
    if event.source == "rep":
        return Line(title=title, facts=_known(By="the rep"))
    return Line(title=title, facts=_known(Said=event.said, By="the CRM"))


@line.register
def _(event: events.DealOpened, time_zone: str) -> Line:
    return Line(title="The CRM has an open deal", facts=_known(Said=event.said))


@line.register
def _(event: events.RepNudged, time_zone: str) -> Line:
    return Line(title="The rep was reminded of the call", facts=_known(By=event.by, To=event.to))


def _known(**facts: str | None) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", " "), value) for name, value in facts.items() if value)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _span(minutes: int) -> str:
    """47 minutes; 1 hour 5 minutes; 2 days 3 hours."""
    if minutes < 1:
        return "less than a minute"
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (rest if not days else 0, "minute")]
    return " ".join(_count(number, unit) for number, unit in parts if number)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
