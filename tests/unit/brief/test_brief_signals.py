"""The trigger events of a brief: one conversation a story, shown in words that stand in the article."""

from __future__ import annotations

from dataclasses import replace

from brief.evidence import Evidence
from precall.model import Signal, SignalKind, TextOrigin
from tests.unit.brief.situation import brief_of, evidence
from tests.unit.rank.given import mention


def _showing(**signals: SignalKind) -> Evidence:
    """One story that shows each of the sentences "Kestrelon <word> …" as a signal of its kind."""
    text = " ".join(f"Kestrelon {word} 12 things in Linz this week." for word in signals)
    known = evidence([mention("A week at Kestrelon in Linz", text, text_origin=TextOrigin.ARTICLE)])
    assert known.ranking is not None
    (story,) = known.ranking.stories
    found = tuple(
        Signal(
            kind=kind, mention_id=story.mention_ids[0], field="text", confidence=0.7 + n / 10,
            sentence=f"Kestrelon {word} 12 things in Linz this week.", at=story.last_seen,
        )
        for n, (word, kind) in enumerate(signals.items())
    )  # fmt: skip
    stories = (story.model_copy(update={"signals": found}),)
    return replace(known, ranking=known.ranking.model_copy(update={"stories": stories}))


def test_a_story_opens_one_conversation() -> None:
    told = brief_of(_showing(leaves=SignalKind.PARTNERSHIP, names=SignalKind.LEADERSHIP)).signals
    assert [signal.kind for signal in told] == [SignalKind.LEADERSHIP]


def test_a_signal_is_not_shown_in_what_its_page_has_glued_to_it() -> None:
    known = _showing(buys=SignalKind.ACQUISITION)
    assert known.ranking is not None
    assert known.collection is not None
    (told,) = known.collection.mentions
    glued = f"82 with 59 posters participating {told.text}"
    (story,) = known.ranking.stories
    signal = story.signals[0].model_copy(update={"sentence": glued})
    changed = known.collection.model_copy(update={"mentions": (told.model_copy(update={"text": glued}),)})
    ranking = known.ranking.model_copy(update={"stories": (story.model_copy(update={"signals": (signal,)}),)})
    assert brief_of(known).signals
    assert not brief_of(replace(known, collection=changed, ranking=ranking)).signals
