"""The bottom line: at most three lines that a rep reads first."""

from __future__ import annotations

from brief.breaking import is_breaking
from brief.evidence import Evidence
from brief.facts import avoided_mention_id, first_mention_id, top_mention_id
from brief.say import say_one_of
from precall.model import Mention, Sentence

TOP = ("top_nothing", "top", "top_passing", "top_undated", "top_unranked")
AVOID = ("avoid_nothing", "avoid", "avoid_undated")
MOOD = ("mood", "mood_no_answer", "no_mood", "no_mood_no_answer", "lost_mood", "lost_mood_no_answer")
NOTHING = ("not_asked", "nobody_asked", "nobody_answered", "nothing", "nothing_clear")
PERSON = ("no_company", "found_person")
MOST = 3


def bottom_line(evidence: Evidence) -> list[Sentence]:
    """The one to open with, the mood and what is missing, the one to avoid; or that nothing was found where.

    What breaks and is not to be raised comes first: a rep who reads one line reads that. Of a person without a company:
    that there is none, and what was found for somebody of the name.
    """
    if not evidence.has_company:
        found = say_one_of(("found_person",), evidence, _about(evidence, first_mention_id(evidence)))
        return [*say_one_of(("no_company",), evidence), *(found or _nothing_found(evidence))][:MOST]
    if not evidence.told:
        return _nothing_found(evidence)
    top = say_one_of(TOP, evidence, _about(evidence, top_mention_id(evidence)))
    avoid = say_one_of(AVOID, evidence, _about(evidence, avoided_mention_id(evidence)))
    mood = say_one_of(MOOD, evidence)
    return [*avoid, *top, *mood] if _breaks(evidence, avoided_mention_id(evidence)) else [*top, *mood, *avoid]


def _breaks(evidence: Evidence, mention_id: str | None) -> bool:
    told = (story for story in evidence.stories.values() if mention_id in story.mention_ids)
    return any(is_breaking(story, evidence.as_of) for story in told)


def _about(evidence: Evidence, mention_id: str | None) -> tuple[Mention, ...]:
    return (evidence.mentions[mention_id],) if mention_id else ()


def _nothing_found(evidence: Evidence) -> list[Sentence]:
    lines = say_one_of(NOTHING, evidence)
    if evidence.collection is None or evidence.nobody_answered:
        return lines
    return [*lines, *say_one_of(("asked",), evidence), *say_one_of(("no_answer",), evidence)]
