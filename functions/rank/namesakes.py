"""Is a doubtful name them? "Delta" is an airline, a variant and a river; what stands near it tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from precall.identity import Form
from precall.model import Mention
from rank.words import Vector

ENOUGH = 2.0
"""Points from which a doubtful name is taken for the prospect's; see `Clue`."""
NEAR = 600
"""Characters of a text that are near its headline."""
LIKE, VERY_LIKE = 0.10, 0.16
"""Cosines to the certain mentions; lower ones find more and let namesakes in (24 ambiguous names, macro-F1 .83)."""

_CUE = re.compile(
    r"^(?:'s|’s)?\s+(?:CEO|CFO|COO|CTO|[Cc]hief [Ee]xecutive|[Cc]o-?[Ff]ounder|[Ff]ounder|[Ss]hares|"
    r"[Ee]mployees|[Ss]tores|[Cc]ustomers|[Ss]pokes(?:man|woman|person))\b"
)
_LISTED = re.compile(r"(?:NYSE|NASDAQ|Nasdaq|LSE|LON|NSE)\s*:\s*$")
_LOWER = re.compile(r"\b[a-z]{4,}\b")
_UPPER = re.compile(r"\b[A-Z][a-z]{3,}\b")


@dataclass(frozen=True)
class Usage:
    """How the sentences of a collection (not its headlines in Title Case) write a one-word form."""

    capital: int
    lower: int

    @property
    def is_word(self) -> bool:
        """A word of everyday use: one time in ten or more it has no capital."""
        return self.lower >= 3 and self.lower * 10 >= self.capital + self.lower

    @property
    def prior(self) -> float:
        """1 point when it practically always has a capital, ½ when mostly, 0 for a plain word or too few uses."""
        total = self.capital + self.lower
        if total < 5:
            return 0.0
        return 1.0 if self.lower < 0.05 * total else 0.5 if self.lower < 0.3 * total else 0.0


def usage(form: Form, mentions: Sequence[Mention]) -> Usage:
    """Counts over headlines and first lines."""
    capital = lower = 0
    anyhow = re.compile(rf"(?<![\w.@/-]){re.escape(form.text)}(?![\w-])", re.IGNORECASE)
    needle = form.text.casefold()
    for text in (text for mention in mentions for text in (mention.title, mention.text[:NEAR])):
        if needle in text.casefold() and _is_sentence_case(text):
            found = [match.group()[0] for match in anyhow.finditer(text)]
            capital += sum(letter.isupper() for letter in found)
            lower += sum(letter.islower() for letter in found)
    return Usage(capital, lower)


def likeness(weights: Sequence[Vector], certain: Sequence[bool]) -> list[float]:
    """The cosine of each vector to the centroid of the certain ones (Rocchio 1971), in 0…1."""
    centre: Vector = {}
    for vector in (vector for vector, is_certain in zip(weights, certain, strict=True) if is_certain):
        for term, weight in vector.items():
            centre[term] = centre.get(term, 0.0) + weight
    length = math.sqrt(sum(weight * weight for weight in centre.values())) or 1.0
    return [sum(w * centre.get(term, 0.0) for term, w in vector.items()) / length for vector in weights]


@dataclass(frozen=True)
class Clue:
    """What speaks for a doubtful `form` in one mention: `context`, which points to the prospect, and `style`."""

    form: Form
    context: float
    style: float

    def convinces(self, alike: float) -> bool:
        """Whether it is the prospect, given how alike the mention is to the certain ones: 1 or 2 points of context.

        There must be context, and `ENOUGH` points in all.
        """
        context = self.context + (alike >= LIKE) + (alike >= VERY_LIKE)
        return context >= 1 and context + self.style >= ENOUGH


def clue(form: Form, mention: Mention, bag: Counter[str], industry: frozenset[str], prior: float) -> Clue | None:
    """The clue of `form` in a mention, None where the form does not count.

    Context: 2 for a cue of a company ("… CEO", "… shares", "NYSE: …"), 1 for each word of the industry (at most 2).
    Style: `prior` (see `Usage`), 1 for a capital inside a sentence, −1 where every place follows another capitalised
    word ("Times Square"). A capital at the start of a sentence shows nothing, so without the form in the headline
    such a place does not count.
    """
    titled, lines = _places(form, mention.title), _places(form, mention.text[:NEAR])
    places = titled + [place for place in lines if titled or not place.first]
    if not places:
        return None
    context = 2.0 * any(place.cue for place in places) + min(2, sum(_has_stem(bag, word) for word in industry))
    inside, follows = any(place.inside for place in places), all(place.follows_name for place in places)
    return Clue(form, context, prior + inside - follows)


@dataclass(frozen=True)
class _Place:
    cue: bool
    first: bool
    inside: bool
    follows_name: bool


def _places(form: Form, text: str) -> list[_Place]:
    if not form.find(text):
        return []
    is_sentence_case = _is_sentence_case(text)
    return [
        _place(text[: match.start()], text[match.end() :], is_sentence_case) for match in form.pattern.finditer(text)
    ]


def _place(before: str, after: str, is_sentence_case: bool) -> _Place:
    last = before.rsplit(None, 1)[-1] if before[-1:] == " " and before.strip() else ""
    return _Place(
        cue=bool(_CUE.match(after) or _LISTED.search(before)),
        first=not before.strip() or before.rstrip(" \"'“‘\n")[-1:] in ".!?:" or before[-1:] == "\n",
        inside=is_sentence_case and last[:1].islower() and last[-1:].isalpha(),
        follows_name=is_sentence_case and last[:1].isupper() and last.isalpha(),
    )


def _has_stem(bag: Counter[str], word: str) -> bool:
    stem = word[:6]
    return word in bag or (len(stem) >= 5 and any(term.startswith(stem) for term in bag))


def _is_sentence_case(text: str) -> bool:
    return len(_LOWER.findall(text)) > len(_UPPER.findall(text))
