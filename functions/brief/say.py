"""Saying something: a named template, filled with facts that are derived from the evidence, and what it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from string import Formatter

from brief import facts, sections
from brief.evidence import Evidence, Slots
from brief.holds import HOLDS
from brief.wording import SENTENCES
from precall.errors import Unsupported
from precall.model import Citation, Mention, Sentence

_SOURCES: dict[str, Callable[[Evidence, Sequence[Mention]], Slots]] = {
    "subject": facts.subject,
    "subject_unscheduled": facts.subject,
    "top": facts.top,
    "top_passing": facts.top,
    "top_undated": facts.top,
    "top_unranked": facts.top,
    "top_nothing": facts.nothing,
    "avoid": facts.avoided,
    "avoid_undated": facts.avoided,
    "avoid_nothing": facts.nothing,
    "chatter": facts.chatter,
    "chatter_unranked": facts.chatter,
    "mood": facts.mood,
    "mood_no_answer": facts.mood,
    "lost_mood": facts.no_answer,
    "lost_mood_no_answer": facts.no_answer,
    "no_mood": facts.no_answer,
    "no_mood_no_answer": facts.no_answer,
    "no_company": facts.nothing,
    "nobody_asked": facts.nothing,
    "found_person": facts.found_person,
    "nothing": facts.nothing,
    "nothing_clear": facts.nothing,
    "asked": facts.asked,
    "no_answer": facts.no_answer,
    "nobody_answered": facts.nothing,
    "not_asked": facts.nothing,
    "seen": facts.seen,
    "seen_copied": facts.seen,
    "seen_once": facts.seen,
    "seen_copied_once": facts.seen,
    "seen_undated": facts.seen,
    "story_mood": facts.story_mood,
    "story_tone": facts.story_mood,
    "story_mood_not_scored": facts.story_mood,
    "story_mood_lost": facts.story_mood,
    **sections.SOURCES,
}
"""For each template, where its facts come from."""


_HOLDS = {**HOLDS, **sections.HOLDS}
_CITING = re.compile(r"top(?!_nothing)|avoid(?!_nothing)|found_|seen|story_|opener_|fact_")
SUBJECT = ("subject", "subject_unscheduled")
SEEN = ("seen", "seen_copied", "seen_once", "seen_copied_once", "seen_undated")
STORY_MOOD = ("story_mood", "story_tone", "story_mood_not_scored", "story_mood_lost")


def say_one_of(names: Sequence[str], evidence: Evidence, about: Sequence[Mention] = ()) -> list[Sentence]:
    """The first template of `names` that holds, as one sentence; none when none of them does."""
    true = next((name for name in names if _HOLDS[name](evidence, about)), None)
    return [say(true, evidence, about)] if true else []


def say(name: str, evidence: Evidence, about: Sequence[Mention] = (), field: str = "title") -> Sentence:
    """The template `name`, filled with facts and citing the `field` of the mentions that it is `about`."""
    slots = facts_for(name, evidence, about)
    return Sentence(
        text=SENTENCES[name].format_map(slots),
        kind="template",
        template=name,
        slots=slots,
        citations=tuple(cite(mention, field) for mention in about),
    )


def cite(mention: Mention, field: str) -> Citation:
    """Where something comes from: `field` is "title" or "text"."""
    return Citation.model_validate(
        {
            "mention_id": mention.id,
            "field": field,
            "url": mention.url,
            "outlet": mention.outlet_name or mention.outlet,
            "published_at": mention.published_at,
        }
    )


def facts_for(name: str, evidence: Evidence, about: Sequence[Mention]) -> Slots:
    """The slots of the template `name`, derived; Unsupported: unknown, not true, or without its facts."""
    if name not in _SOURCES:
        raise Unsupported(f"there is no template {name!r}")
    if not _HOLDS[name](evidence, about):
        raise Unsupported(f"the template {name!r} is not true of the evidence")
    if bool(about) is not bool(_CITING.match(name)):
        raise Unsupported(f"the template {name!r} cites {len(about)} mentions")
    slots = _SOURCES[name](evidence, about)
    needed = [slot for _, slot, _, _ in Formatter().parse(SENTENCES[name]) if slot]
    missing = [slot for slot in needed if not slots.get(slot)]
    if missing:
        raise Unsupported(f"the evidence has no {', '.join(missing)} for the template {name!r}")
    return {slot: slots[slot] for slot in needed}
