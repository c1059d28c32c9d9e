"""News search queries: `"Acme" OR "Acme Robotics" after:2026-01-31 before:2026-03-02`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from collect.phrases import Phrase
from collect.question import Question

MOST_QUERIES = 4


def news_queries(question: Question) -> list[str]:
    """All names that stand alone in one query, each narrowed name in its own, then the contact's.

    `OR` binds tighter than words side by side, so that brackets are needed around alternatives only, never nested.
    """
    alone = [phrase.text for phrase in question.company if not phrase.context]
    narrowed = [phrase for phrase in question.company if phrase.context]
    together = [any_of(alone)] if alone else []
    contact = [_narrowed(question.contact)] if question.contact else []
    return [*[*together, *map(_narrowed, narrowed)][: MOST_QUERIES - len(contact)], *contact]


def with_dates(query: str, question: Question) -> str:
    """`query` restricted to the days of the window; `before:` is exclusive."""
    last = question.as_of.date() + timedelta(days=1)
    return f"{query} after:{question.since.date().isoformat()} before:{last.isoformat()}"


def quoted(text: str) -> str:
    """`text` as a phrase."""
    return f'"{text}"'


def any_of(texts: Iterable[str]) -> str:
    """`("a" OR "b")`, or just `"a"`."""
    phrases = [quoted(text) for text in texts]
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"


def _narrowed(phrase: Phrase) -> str:
    return f"{quoted(phrase.text)} {any_of(phrase.context)}" if phrase.context else quoted(phrase.text)
