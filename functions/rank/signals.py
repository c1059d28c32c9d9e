"""Trigger events: which sentence of a mention shows one in which the prospect takes part, and how sure that is.

Each sentence of the headline and the first lines that names the prospect is tried against `rank.triggers`; the
prospect must have the trigger's part (`rank.clauses`), and the sentence must state the event (`rank.hedges`):

    confidence = weight of the trigger · certainty of the sentence · place (headline 1, text 0.9)

A kind is a signal from `SURE_ENOUGH` on; of several sentences that show it the surest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from precall.headlines import headline
from precall.identity import Form
from precall.model import Kind, Mention, Signal, SignalKind
from precall.sentences import sentences
from rank.clauses import MARK, acts, concerned, marked, undergoes
from rank.hedges import certainty
from rank.stems import kinds_named
from rank.trigger import Trigger
from rank.triggers import TRIGGERS

SURE_ENOUGH = 0.5
MOST_CHARACTERS = 400
"""Characters of a sentence that are looked at; longer ones are lists and tables."""
FIRST_CHARACTERS = 1500
"""Characters of a text that are looked at: what happened is told first."""
IN_TEXT = 0.9
MOST_MENTIONS = 3
"""Mentions of a story that are looked at, best first: what happened is told by any of them."""
OPENING = 0.9
"""How sure an opening on the account's own job board is to mean that it hires."""


_ORDER = {kind: place for place, kind in enumerate(SignalKind)}
_ACROSS = re.compile(r"[.?!]\s+[A-Z]|[;|]")


@dataclass(frozen=True)
class Shown:
    """A kind of event that one sentence shows, and how sure that is."""

    kind: SignalKind
    confidence: float


def story_signals(mentions: Sequence[Mention], forms: Sequence[Form], is_own: Iterable[bool]) -> tuple[Signal, ...]:
    """The signals of one story, the surest first; each kind once, with the sentence that shows it best.

    `mentions` come best first, `is_own` says of each whether the prospect published it.
    """
    best: dict[SignalKind, Signal] = {}
    for mention, own in list(zip(mentions, is_own, strict=True))[:MOST_MENTIONS]:
        for signal in mention_signals(mention, forms, own):
            known = best.get(signal.kind)
            if known is None or signal.confidence > known.confidence:
                best[signal.kind] = signal
    return tuple(sorted(best.values(), key=lambda signal: (-signal.confidence, _ORDER[signal.kind])))


def mention_signals(mention: Mention, forms: Sequence[Form], is_own: bool = False) -> Iterator[Signal]:
    """What the headline and the first sentences show."""
    if mention.kind is Kind.JOB:
        yield _signal(mention, "title", headline(mention), Shown(SignalKind.HIRING, OPENING))
        return
    for field, sentence, place in _sentences(mention, forms, is_own):
        for shown in shows(sentence, forms, mention, is_own):
            if shown.confidence * place >= SURE_ENOUGH:
                yield _signal(mention, field, sentence, Shown(shown.kind, round(shown.confidence * place, 4)))


def shows(sentence: str, forms: Sequence[Form], mention: Mention, is_own: bool = False) -> list[Shown]:
    """The kinds of event that a sentence shows, each with its confidence before its place counts, surest first."""
    text = marked(sentence[:MOST_CHARACTERS], forms, is_own)
    if MARK not in text:
        return []
    best: dict[SignalKind, float] = {}
    named = kinds_named(text)
    for trigger in TRIGGERS:
        if trigger.kind in named and trigger.weight > best.get(trigger.kind, 0.0):
            found = _confidence(trigger, text, mention)
            if found > best.get(trigger.kind, 0.0):
                best[trigger.kind] = found
    return [
        Shown(kind, round(found, 4))
        for kind, found in sorted(best.items(), key=lambda item: (-item[1], _ORDER[item[0]]))
    ]


def _confidence(trigger: Trigger, text: str, mention: Mention) -> float:
    spans = [match.span() for match in trigger.pattern.finditer(text) if not _ACROSS.search(match.group())]
    if not spans:
        return 0.0
    return max(
        (
            trigger.weight * certainty(text, start, end, mention.published_at)
            for start, end in spans
            if _takes_part(trigger, text, start, end) and not (trigger.unless and trigger.unless.search(text[:start]))
        ),
        default=0.0,
    )


def _takes_part(trigger: Trigger, text: str, start: int, end: int) -> bool:
    match trigger.part:
        case "acts":
            return acts(text, start)
        case "undergoes":
            return undergoes(text, end)
        case "concerned":
            return MARK in text[start:end] or concerned(text, start, end)


def _sentences(
    mention: Mention, forms: Sequence[Form], is_own: bool
) -> Iterator[tuple[Literal["title", "text"], str, float]]:
    """The headline, and the first sentences where any may be about the prospect."""
    yield "title", headline(mention), 1.0
    text = mention.text[:FIRST_CHARACTERS]
    if is_own or any(form.find(text) for form in forms):
        for sentence in sentences(text):
            yield "text", sentence, IN_TEXT


def _signal(mention: Mention, field: Literal["title", "text"], sentence: str, shown: Shown) -> Signal:
    return Signal(
        kind=shown.kind,
        mention_id=mention.id,
        field=field,
        sentence=sentence,
        at=mention.published_at,
        confidence=shown.confidence,
    )
