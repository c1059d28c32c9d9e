"""Composing: from what was found, ranked and missed to the brief. Pure: the same input, the same brief."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from brief import around
from brief.bottom_line import bottom_line
from brief.evidence import Evidence
from brief.frame import as_ranked, frame
from brief.gate import check, sift
from brief.quotes import choose
from brief.say import SEEN, STORY_MOOD, say_one_of
from brief.signals import signals
from brief.wording import FAILED_STEP, FAILED_STEPS, NO_SOURCE_ANSWERED, REFUSED_SENTENCE, REFUSED_SENTENCES
from precall.headlines import headline
from precall.model import Brief, BriefStory, Proximity

if TYPE_CHECKING:
    from brief.shortening import Rewrite

OnRefusal = Callable[[str], object]


def compose(
    evidence: Evidence,
    *,
    link: str | None = None,
    on_refusal: OnRefusal = lambda reason: None,
    rewrite: Rewrite | None = None,
) -> Brief:
    """The brief for a call, every sentence of it through the gate. With `rewrite`, headlines in the bottom line are
    shortened where that is sound, and where `evidence` lets them be.

    A sentence that the gate refuses is left out, told in `failures`, and its reason (ids, no texts) given to
    `on_refusal`; Unsupported when nothing is left. LookupError: a lead without prospect.
    """
    draft = _draft(evidence, link)
    if rewrite and evidence.may_shorten:
        from brief.shortening import shorter  # for teams that named a model

        lines = shorter(draft.bottom_line, evidence, rewrite, on_refusal)
        draft = draft.model_copy(update={"bottom_line": lines})
    brief, refused = sift(draft, evidence)
    for reason in refused:
        on_refusal(reason)
    brief = _told(brief, evidence, len(refused))
    check(brief, evidence)
    return brief


def _draft(evidence: Evidence, link: str | None) -> Brief:
    return Brief(
        **frame(evidence),
        link=link,
        bottom_line=tuple(bottom_line(evidence)),
        stories=tuple(_story(evidence, story_id) for story_id in evidence.shown),
        chatter=around.chatter(evidence),
        posts=around.posts(evidence),
        signals=signals(evidence),
        market=around.market(evidence),
        person=around.person(evidence),
        glance=around.glance(evidence),
        checklist=around.checklist(evidence),
        questions=around.questions(evidence),
        since=around.since(evidence),
    )


def _story(evidence: Evidence, story_id: str) -> BriefStory:
    told = [evidence.mentions[i] for i in evidence.told[story_id]]
    ranked, best = evidence.stories.get(story_id), told[0]
    in_passing = ranked is not None and ranked.proximity is Proximity.PASSING
    quotes = choose(told, evidence.identity, must_name=in_passing)
    return BriefStory(
        story_id=story_id,
        headline=around.quote(best, headline(best), "title"),
        sentences=tuple(around.quote(quote.mention, quote.text, "text") for quote in quotes),
        seen=say_one_of(SEEN, evidence, told)[0],
        mood=next(iter(say_one_of(STORY_MOOD, evidence, told)), None),
        **as_ranked(evidence, story_id),
    )


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
