"""Briefs made false in one place: what the gate must catch."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from precall.model import Brief, Sentence

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_NUMBER = re.compile(r"\d+")
_DAY = re.compile(r"\b(?:[A-Z][a-z]{2,8}day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|yesterday|today)\b")
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_CLAUSES = (
    " The deal is done.",
    ", and profits doubled",
    " (they are for sale)",
    " It was denied.",
    " for the last time",
)
_OTHER_DAYS = ("Monday", "Friday", "Jan", "Oct")

Mutation = Callable[[Sentence, random.Random, Brief], Sentence | None]


def placed(brief: Brief, place: str, sentence: Sentence) -> Brief:
    """`brief` with another sentence at a place, as `Brief.sentences` names places."""
    changed: Brief = _put(brief, _STEP.findall(place), sentence)
    return changed


def _put(whole: Any, steps: list[tuple[str, str]], sentence: Sentence) -> Any:
    if not steps:
        return sentence
    (name, index), *rest = steps
    inside = getattr(whole, name)
    if not index:
        return whole.model_copy(update={name: _put(inside, rest, sentence)})
    items = list(inside)
    items[int(index)] = _put(items[int(index)], rest, sentence)
    return whole.model_copy(update={name: tuple(items)})


def changed_number(sentence: Sentence, rng: random.Random, _: Brief) -> Sentence | None:
    """A number is one more, in the slots as well."""
    return _replaced(sentence, _NUMBER, rng, lambda found: str(int(found) + 1))


def changed_date(sentence: Sentence, rng: random.Random, _: Brief) -> Sentence | None:
    """A weekday or month is another one."""
    return _replaced(sentence, _DAY, rng, lambda found: next(day for day in _OTHER_DAYS if day != found))


def changed_name(sentence: Sentence, rng: random.Random, brief: Brief) -> Sentence | None:
    """A name becomes another one of the brief."""
    others = [name for _, other in brief.sentences() for name in _NAME.findall(other.text)]
    return _replaced(sentence, _NAME, rng, lambda found: rng.choice([n for n in others if n != found] or ["Globex"]))


def swapped_source(sentence: Sentence, rng: random.Random, brief: Brief) -> Sentence | None:
    """The first mention that it cites is another one of the brief."""
    if not sentence.citations:
        return None
    first = sentence.citations[0]
    others = [c for _, other in brief.sentences() for c in other.citations if c.mention_id != first.mention_id]
    return sentence.model_copy(update={"citations": (rng.choice(others), *sentence.citations[1:])}) if others else None


def changed_source(sentence: Sentence, rng: random.Random, _: Brief) -> Sentence | None:
    """A citation names another outlet, or leads elsewhere."""
    if not sentence.citations:
        return None
    change = rng.choice(({"outlet": "The Daily Rumour"}, {"url": "https://elsewhere.example/1"}))
    first = sentence.citations[0].model_copy(update=change)
    return sentence.model_copy(update={"citations": (first, *sentence.citations[1:])})


def added_clause(sentence: Sentence, rng: random.Random, _: Brief) -> Sentence | None:
    """It says more than its source does."""
    return sentence.model_copy(update={"text": sentence.text + rng.choice(_CLAUSES)})


def dropped_word(sentence: Sentence, rng: random.Random, _: Brief) -> Sentence | None:
    """A word is missing: "not", for example."""
    words = sentence.text.split(" ")
    if len(words) < 3:
        return None
    del words[words.index("not") if "not" in words else rng.randrange(len(words))]
    return sentence.model_copy(update={"text": " ".join(words)})


MUTATIONS: dict[str, Mutation] = {
    "changed number": changed_number,
    "changed date": changed_date,
    "changed name": changed_name,
    "swapped source": swapped_source,
    "changed source": changed_source,
    "added clause": added_clause,
    "dropped word": dropped_word,
}


def mutated(brief: Brief, how: Mutation, rng: random.Random) -> Brief | None:
    """`brief` with one sentence made false; None where no sentence lends itself to it."""
    sentences = list(brief.sentences())
    rng.shuffle(sentences)
    for place, sentence in sentences:
        false = how(sentence, rng, brief)
        if false is not None and false != sentence:
            return placed(brief, place, false)
    return None


def _replaced(
    sentence: Sentence, pattern: re.Pattern[str], rng: random.Random, other: Callable[[str], str]
) -> Sentence | None:
    """The text, and the slots with it: a forger who knows the format."""
    found = sorted(set(pattern.findall(sentence.text)))
    if not found:
        return None
    old = rng.choice(found)
    new = other(old)
    whole = re.compile(rf"\b{re.escape(old)}\b")
    slots = {name: whole.sub(new, value) for name, value in sentence.slots.items()}
    return sentence.model_copy(update={"text": whole.sub(new, sentence.text), "slots": slots})
