"""Composing: from what was found, ranked and missed to the brief. Pure: the same input, the same brief."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from brief.bottom_line import bottom_line
from brief.evidence import SHOWN, Evidence
from brief.gate import check, sift
from brief.quotes import choose
from brief.say import SEEN, STORY_MOOD, SUBJECT, cite, say_one_of
from brief.wording import FAILED_STEP, FAILED_STEPS, NO_SOURCE_ANSWERED, REFUSED_SENTENCE, REFUSED_SENTENCES
from precall.config import Seller
from precall.headlines import headline
from precall.model import (
    Assignment,
    Brief,
    BriefStory,
    Collection,
    Lead,
    Mention,
    Proximity,
    Ranking,
    Sentence,
    Sentiment,
    StepFailure,
)


def compose(
    lead: Lead,
    assignment: Assignment | None,
    collection: Collection | None,
    ranking: Ranking | None,
    *,
    now: datetime,
    failures: Sequence[StepFailure] = (),
    link: str | None = None,
    seller: Seller | None = None,
    on_refusal: Callable[[str], object] = lambda reason: None,
) -> Brief:
    """The brief for a call, every sentence of it through the gate.

    `now` is the clock of the lead, used where there is no collection (which has its own). A sentence that the gate
    refuses is left out, told in `failures`, and its reason (ids, no texts) given to `on_refusal`; Unsupported when
    nothing is left. LookupError: a lead without prospect.
    """
    evidence = Evidence(lead, assignment, collection, ranking, tuple(failures), now)
    brief, refused = sift(_draft(evidence, link, seller), evidence)
    for reason in refused:
        on_refusal(reason)
    brief = _told(brief, evidence, len(refused))
    check(brief, evidence)
    return brief


def _draft(evidence: Evidence, link: str | None, seller: Seller | None) -> Brief:
    collection, assignment, lead = evidence.collection, evidence.assignment, evidence.lead
    return Brief(
        lead_id=lead.id,
        research_id=assignment.research_id if assignment else collection.research_id if collection else "",
        prospect=evidence.prospect,
        rep=assignment.rep if assignment else None,
        call_at=evidence.call_at,
        as_of=evidence.as_of,
        lead_source=lead.source,
        activities=lead.activities,
        subject=say_one_of(SUBJECT, evidence)[0].text,
        bottom_line=tuple(bottom_line(evidence)),
        stories=tuple(_story(evidence, story_id) for story_id in list(evidence.told)[:SHOWN]),
        coverage=collection.reports if collection else (),
        mentions_read=len(collection.mentions) if collection else 0,
        set_aside=evidence.ranking.set_aside if evidence.ranking else {},
        looked_for=evidence.identity.labels,
        window_days=collection.window_days if collection else None,
        seller=seller.name if seller else None,
        ranked=evidence.ranking is not None,
        link=link,
    )


def _story(evidence: Evidence, story_id: str) -> BriefStory:
    told = [evidence.mentions[i] for i in evidence.told[story_id]]
    ranked, best = evidence.stories.get(story_id), told[0]
    in_passing = ranked is not None and ranked.proximity is Proximity.PASSING
    quotes = choose(told, evidence.identity, must_name=in_passing)
    return BriefStory(
        story_id=story_id,
        headline=_quote(best, headline(best), "title"),
        sentences=tuple(_quote(quote.mention, quote.text, "text") for quote in quotes),
        seen=say_one_of(SEEN, evidence, told)[0],
        mood=next(iter(say_one_of(STORY_MOOD, evidence, told)), None),
        proximity=ranked.proximity.value if ranked else "",
        sentiment=ranked.sentiment if ranked else Sentiment(),
        parts=ranked.parts if ranked else (),
        score=ranked.score if ranked else 0.0,
        url=best.url,
        outlet=best.outlet_name or best.outlet,
        published_at=best.published_at,
    )


def _quote(mention: Mention, text: str, field: str) -> Sentence:
    return Sentence(text=text, kind="quote", citations=(cite(mention, field),))


def _told(brief: Brief, evidence: Evidence, refused: int) -> Brief:
    """`brief` with what went wrong, as a person reads it."""
    said = [
        FAILED_STEPS.get(failure.step, FAILED_STEP).format(step=failure.step, error=failure.error)
        for failure in evidence.failures
    ]
    if evidence.nobody_answered:
        said.append(NO_SOURCE_ANSWERED)
    if refused:
        said.append(REFUSED_SENTENCE if refused == 1 else REFUSED_SENTENCES.format(count=refused))
    return brief.model_copy(update={"failures": tuple(said), "partial": bool(said)})
