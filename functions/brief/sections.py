"""The facts of a brief's sections beside its stories: openers, the person, the account, questions, what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from brief.evidence import Evidence, Slots
from brief.facts import prospect_name
from brief.raising import KNOW_ONLY, may_raise
from brief.when import day
from precall.errors import Unsupported
from precall.model import AccountFact, Mention, Signal, SignalKind

Source = Callable[[Evidence, Sequence[Mention]], Slots]
Holds = Callable[[Evidence, Sequence[Mention]], bool]
RECENT = timedelta(days=7)
THIN_STORIES = 2
"""Stories mainly about the prospect below which, without a trigger event, a file is thin."""
BASES = {"history": "by their own history with us", "window": "by the weeks before"}


def signal_of(kind: SignalKind, evidence: Evidence, about: Sequence[Mention]) -> Signal | None:
    """The signal of a kind that the one mention shows, where it may be raised."""
    for story in evidence.stories.values():
        for signal in story.signals:
            if [mention.id for mention in about] == [signal.mention_id] and signal.kind is kind and may_raise(story):
                return signal
    return None


def opener(evidence: Evidence, about: Sequence[Mention]) -> Slots:
    """Where and when the event of an opener was told."""
    mention = about[0]
    published = day(mention.published_at, evidence.reader) if mention.published_at else ""
    return {"outlet": mention.outlet_name or mention.outlet, "day": published}


def opens_with(kind: SignalKind) -> Holds:
    """A dated signal of the kind, in a story that may be raised."""

    def holds(evidence: Evidence, about: Sequence[Mention]) -> bool:
        return bool(about) and about[0].published_at is not None and bool(signal_of(kind, evidence, about))

    return holds


def volume(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """Mentions of the last week, and of a usual one."""
    said = evidence.chatter
    last = (evidence.as_of - RECENT).date()
    recent = sum(day.mentions for day in said.days if day.day > last)
    slots = {"recent": evidence.counted(recent, "mention")}
    if said.normal is not None and said.normal_from:
        slots |= {"normal": evidence.reader.locale.number(said.normal * 7), "basis": BASES[said.normal_from]}
    return slots


def person(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """Whom the lead names."""
    contact = evidence.prospect.contact
    beside = " or ".join(form.text for form in evidence.identity.beside)
    return {"contact": (contact.name or "") if contact else "", "prospect": prospect_name(evidence), "beside": beside}


def account_fact(name: str) -> Source:
    """The value that exactly the cited mention has of the fact `name`."""

    def source(evidence: Evidence, about: Sequence[Mention]) -> Slots:
        found = fact_in(name, evidence, about)
        if found is None:
            raise Unsupported(f"no cited mention has the {name} of the account")
        return {"value": found.value}

    return source


def has_fact(name: str) -> Holds:
    """Whether the cited mention has the fact `name`."""
    return lambda evidence, about: fact_in(name, evidence, about) is not None


def fact_in(name: str, evidence: Evidence, about: Sequence[Mention]) -> AccountFact | None:
    """The fact that the one cited mention states, verbatim in the field that the fact names."""
    for fact in evidence.account_facts:
        if fact.name == name and [mention.id for mention in about] == [fact.mention_id]:
            return fact if fact.value in getattr(about[0], fact.field) else None
    return None


def question(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """What questions are built from: the newest activity, the first thing that the seller offers, the prospect."""
    activities = [activity for activity in evidence.lead.activities if activity.summary]
    offers = evidence.seller.offers if evidence.seller else ()
    return {
        "summary": (activities[0].summary or "") if activities else "",
        "offer": offers[0] if offers else "",
        "prospect": prospect_name(evidence),
    }


def since(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """The day of the last brief, and how many stories are new since."""
    if evidence.previous is None:
        return {}
    new = sum(evidence.is_new(story_id) for story_id in evidence.shown)
    return {"day": day(evidence.previous.as_of, evidence.reader), "new": evidence.counted(new, "story", "stories")}


def is_thin(evidence: Evidence) -> bool:
    """Whether there is too little to tell for more than questions: hardly a story of theirs, and no trigger event; or
    no company, so that nothing is surely theirs."""
    if not evidence.has_company:
        return True
    near = [story for story in evidence.stories.values() if story.proximity != "passing"]
    return len(near) < THIN_STORIES and not any(story.signals for story in near)


OPENABLE = tuple(kind for kind in SignalKind if kind not in KNOW_ONLY)
FACTS = (
    "description", "industry", "employees", "headquarters", "founded", "listed", "owner", "revenue", "products",
    "openings", "filing", "technology", "code",
)  # fmt: skip
"""The facts of an account, in the order in which they are told."""
QUESTIONS = ("question_company", "question_activity", "question_reason", "question_offer", "question_change")

SOURCES: dict[str, Source] = {
    **{f"opener_{kind}": opener for kind in OPENABLE},
    **{f"fact_{name}": account_fact(name) for name in FACTS},
    **dict.fromkeys(QUESTIONS, question),
    **dict.fromkeys(("volume", "volume_unknown"), volume),
    **dict.fromkeys(("person_nothing", "person_unknown", "person_alone"), person),
    **dict.fromkeys(("since", "since_nothing"), since),
}
HOLDS: dict[str, Holds] = {
    **{f"opener_{kind}": opens_with(kind) for kind in OPENABLE},
    **{f"fact_{name}": has_fact(name) for name in FACTS},
    "question_company": lambda e, _: not e.has_company,
    "question_reason": lambda e, _: not e.has_company and not any(activity.summary for activity in e.lead.activities),
    "question_activity": lambda e, _: is_thin(e) and any(activity.summary for activity in e.lead.activities),
    "question_offer": lambda e, _: is_thin(e) and bool(e.seller and e.seller.offers),
    "question_change": lambda e, _: is_thin(e) and e.has_company,
    "volume": lambda e, _: bool(e.told and e.chatter.days) and e.chatter.normal is not None,
    "volume_unknown": lambda e, _: bool(e.told and e.chatter.days) and e.chatter.normal is None,
    "person_nothing": lambda e, _: e.has_company and e.identity.contact is not None and not e.about_contact,
    "person_alone": lambda e, _: e.identity.contact is not None and bool(e.identity.beside),
    "person_unknown": lambda e, _: not (e.prospect.contact and e.prospect.contact.name),
    "since": lambda e, _: e.previous is not None and any(e.is_new(story_id) for story_id in e.shown),
    "since_nothing": lambda e, _: e.previous is not None and not any(e.is_new(story_id) for story_id in e.shown),
}
