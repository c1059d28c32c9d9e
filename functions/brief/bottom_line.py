"""The bottom line: at most three lines that a rep reads first."""

from __future__ import annotations

from brief.evidence import Evidence
from brief.facts import top_mention_id
from brief.say import say_one_of
from precall.model import Sentence

_TOP = ("top", "top_passing", "top_undated", "top_unranked")
_CHATTER = ("chatter", "chatter_unranked")
_MOOD = ("mood", "mood_no_answer", "no_mood", "no_mood_no_answer", "lost_mood", "lost_mood_no_answer")
_NOTHING = ("not_asked", "nobody_answered", "nothing", "nothing_clear")


def bottom_line(evidence: Evidence) -> list[Sentence]:
    """The one to know, how much is said and where, the mood and what is missing; or that nothing was found where."""
    if not evidence.told:
        return _nothing_found(evidence)
    top = evidence.mentions[top_mention_id(evidence) or ""]
    return [
        *say_one_of(_TOP, evidence, (top,)),
        *say_one_of(_CHATTER, evidence),
        *say_one_of(_MOOD, evidence),
    ]


def _nothing_found(evidence: Evidence) -> list[Sentence]:
    lines = say_one_of(_NOTHING, evidence)
    if evidence.collection is None or evidence.nobody_answered:
        return lines
    return [*lines, *say_one_of(("asked",), evidence), *say_one_of(("no_answer",), evidence)]
