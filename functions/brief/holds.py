"""When a template may be said at all: composing picks by it, and the gate refuses a true number in a false sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brief.evidence import Evidence
from brief.facts import avoided_mention_id, copies_of, only_in_passing, top_mention_id
from brief.mood import of_story, overall
from precall.clock import age
from precall.model import Mention, SourceState

Holds = Callable[[Evidence, Sequence[Mention]], bool]


def _is_dated(about: Sequence[Mention]) -> bool:
    return bool(about) and about[0].published_at is not None


def _is_ranked(evidence: Evidence) -> bool:
    return evidence.ranking is not None


def _is_scored(evidence: Evidence) -> bool:
    """Without the mood nobody knows that there is nothing to avoid."""
    return bool(evidence.told) and overall(evidence).state == "scored"


def _someone_failed(evidence: Evidence) -> bool:
    return bool(evidence.reports(SourceState.FAILED))


def _mood(state: str, failed: bool) -> Holds:
    def holds(evidence: Evidence, _: Sequence[Mention]) -> bool:
        return bool(evidence.told) and overall(evidence).state == state and _someone_failed(evidence) is failed

    return holds


def _story_mood(state: str, general: bool = False) -> Holds:
    def holds(evidence: Evidence, about: Sequence[Mention]) -> bool:
        found = of_story(evidence, about)
        return found is not None and (found.state, found.general_tone) == (state, general)

    return holds


def _seen(copied: bool, at_once: bool) -> Holds:
    def holds(evidence: Evidence, about: Sequence[Mention]) -> bool:
        ages = {age(mention.published_at, evidence.as_of) for mention in about if mention.published_at}
        return bool(ages) and bool(copies_of(evidence, about)) is copied and (len(ages) == 1) is at_once

    return holds


HOLDS: dict[str, Holds] = {
    "subject": lambda e, _: e.call_at is not None,
    "subject_unscheduled": lambda e, _: e.call_at is None,
    "top": lambda e, about: _is_ranked(e) and _is_dated(about) and not only_in_passing(e),
    "top_passing": lambda e, about: _is_ranked(e) and _is_dated(about) and only_in_passing(e),
    "top_undated": lambda e, about: bool(about) and not _is_dated(about),
    "top_unranked": lambda e, about: not _is_ranked(e) and _is_dated(about),
    "top_nothing": lambda e, _: bool(e.told) and top_mention_id(e) is None,
    "no_company": lambda e, _: not e.has_company,
    "nobody_asked": lambda e, _: e.nobody_asked,
    "found_person": lambda e, about: bool(about) and not e.has_company,
    "avoid": lambda e, about: _is_dated(about) and avoided_mention_id(e) is not None,
    "avoid_undated": lambda e, about: bool(about) and not _is_dated(about) and avoided_mention_id(e) is not None,
    "avoid_nothing": lambda e, _: _is_scored(e) and avoided_mention_id(e) is None,
    "chatter": lambda e, _: bool(e.told) and _is_ranked(e),
    "chatter_unranked": lambda e, _: bool(e.told) and not _is_ranked(e),
    "mood": _mood("scored", failed=False),
    "mood_no_answer": _mood("scored", failed=True),
    "no_mood": _mood("not_scored", failed=False),
    "no_mood_no_answer": _mood("not_scored", failed=True),
    "lost_mood": _mood("unavailable", failed=False),
    "lost_mood_no_answer": _mood("unavailable", failed=True),
    "not_asked": lambda e, _: e.collection is None,
    "nobody_answered": lambda e, _: e.nobody_answered,
    "nothing": lambda e, _: e.collection is not None and not (e.about_them or e.nobody_answered or e.nobody_asked),
    "nothing_clear": lambda e, _: bool(e.about_them) and not e.told,
    "asked": lambda e, _: not e.told and bool(e.reports(SourceState.ANSWERED, SourceState.PARTIAL)),
    "no_answer": lambda e, _: _someone_failed(e),
    "seen": _seen(copied=False, at_once=False),
    "seen_copied": _seen(copied=True, at_once=False),
    "seen_once": _seen(copied=False, at_once=True),
    "seen_copied_once": _seen(copied=True, at_once=True),
    "story_mood": _story_mood("scored"),
    "story_tone": _story_mood("scored", general=True),
    "story_mood_not_scored": _story_mood("not_scored"),
    "story_mood_lost": _story_mood("unavailable"),
    "seen_undated": lambda e, about: not any(mention.published_at for mention in about),
}
"""For each template, the condition under which it is true. Those that start alike exclude each other."""
