"""Quotes: whole sentences, verbatim, that can stand alone and say something about the prospect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from brief.prose import sentences, stands_alone
from precall.headlines import headline
from precall.identity import Identity, words
from precall.model import Mention

_FIGURE = re.compile(r"\d|\b(?:million|billion|percent|per cent|doubled?|tripled?)\b", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z]{4,}(?:,? [A-Z][a-z.]+){0,2} [A-Z][a-z]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OPENING = 2
_ALIKE = 0.6
_MENTIONS_READ = 6
_SENTENCES_READ = 15


class Quote(NamedTuple):
    """A sentence of a mention's text."""

    mention: Mention
    text: str


def choose(
    told: Sequence[Mention], identity: Identity, limit: int = 2, must_name: bool = False, below_headline: bool = True
) -> list[Quote]:
    """At most `limit` quotes from the mentions of a story, best mention first.

    A quote names the prospect, or carries a figure in a text whose headline opens with the prospect (`must_name`: it
    names), stands without its neighbours, and repeats neither the headline that it stands below nor the other quote.
    """
    said = [frozenset(words(headline(told[0])))] if below_headline else []
    chosen: list[Quote] = []
    for _, quote in sorted(_candidates(told, identity, must_name), key=lambda scored: -scored[0]):
        own = frozenset(words(quote.text))
        if len(chosen) < limit and not any(_alike(own, other) for other in said):
            chosen.append(quote)
            said.append(own)
    return chosen


def _candidates(told: Sequence[Mention], identity: Identity, must_name: bool) -> Iterator[tuple[float, Quote]]:
    is_latin = _is_latin(headline(told[0]))
    for place, mention in enumerate(told[:_MENTIONS_READ]):
        opens_with_them = identity.names_account(" ".join(mention.title.split()[:_OPENING]))
        for number, sentence in enumerate(sentences(mention.text)[:_SENTENCES_READ]):
            names = identity.names_account(sentence) or identity.names_contact(sentence)
            has_figure = bool(_FIGURE.search(sentence))
            is_telling = names or (has_figure and opens_with_them and not must_name)
            if is_telling and stands_alone(sentence) and _is_latin(sentence) is is_latin:
                worse = 2 * ("!" in sentence[-3:]) + bool(_DATELINE.match(sentence)) + 2 * _is_past(sentence, mention)
                yield 3 * names + has_figure - worse - 0.15 * number - 0.3 * place, Quote(mention, sentence)


def _is_past(sentence: str, mention: Mention) -> bool:
    """Whether all years that a sentence names had gone by when it was published: background, not what is new."""
    years = [int(year) for year in _YEAR.findall(sentence)]
    return bool(years) and mention.published_at is not None and max(years) < mention.published_at.year


def _is_latin(text: str) -> bool:
    """Whether most letters are ASCII: a headline is not explained by a quote in another script."""
    letters = [character for character in text if character.isalpha()]
    return sum(letter.isascii() for letter in letters) * 2 >= len(letters)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one of two sentences says hardly more than the other: overlap coefficient (Szymkiewicz–Simpson)."""
    return bool(one and other) and len(one & other) / min(len(one), len(other)) >= _ALIKE
