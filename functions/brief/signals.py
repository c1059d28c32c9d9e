"""Trigger events: for each kind the clearest one, the words that show it, and what to open with."""

from __future__ import annotations

from collections.abc import Iterator

from brief.evidence import Evidence
from brief.prose import is_prose, sentences
from brief.raising import KNOW_ONLY, may_raise
from brief.say import cite, say_one_of
from precall.headlines import headline
from precall.model import BriefSignal, Mention, Proximity, Sentence, Signal, Story

MOST = 5
SURE = 0.6
"""Probability from which a signal is told."""


def signals(evidence: Evidence) -> tuple[BriefSignal, ...]:
    """At most five, one of a kind, those that may be raised first, else in the order of their stories.

    A story opens one conversation: of what it shows, only the clearest has an opener and the others are left out.
    """
    told: dict[str, BriefSignal] = {}
    opened: set[str] = set()
    for story, signal in _found(evidence):
        if signal.kind not in told and (quote := quoted(signal, evidence.mentions[signal.mention_id])):
            opener = _opener(story, signal, evidence)
            if not opener or story.id not in opened:
                told[signal.kind] = BriefSignal(kind=signal.kind, quote=quote, opener=opener)
            opened |= {story.id} if opener else set()
    return tuple(sorted(told.values(), key=lambda signal: signal.opener is None)[:MOST])


def quoted(signal: Signal, mention: Mention) -> Sentence | None:
    """The words that show a signal as a quote; None where they are no whole sentence of prose and no headline."""
    in_title = signal.field == "title"
    spans = {headline(mention), mention.title} if in_title else set(filter(is_prose, sentences(mention.text)))
    text = headline(mention) if in_title and signal.sentence == mention.title else signal.sentence
    return Sentence(text=text, kind="quote", citations=(cite(mention, signal.field),)) if text in spans else None


def _found(evidence: Evidence) -> Iterator[tuple[Story, Signal]]:
    for story_id in evidence.told:
        story = evidence.stories.get(story_id)
        if story and story.proximity is not Proximity.PASSING and not story.doubtful:
            sure = [s for s in story.signals if s.confidence >= SURE and s.mention_id in evidence.mentions]
            yield from ((story, signal) for signal in sorted(sure, key=lambda signal: -signal.confidence))


def _opener(story: Story, signal: Signal, evidence: Evidence) -> Sentence | None:
    if signal.kind in KNOW_ONLY or not may_raise(story):
        return None
    return next(iter(say_one_of([f"opener_{signal.kind}"], evidence, (evidence.mentions[signal.mention_id],))), None)
