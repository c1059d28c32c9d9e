"""Asking for the company where a search knows no "or", and telling what names it from what only looks like it."""

from __future__ import annotations

from collections.abc import Iterable

from collect.phrases import Phrase
from collect.queries import quoted
from collect.question import Question
from precall.naming import is_unspaced, words

_CONTEXTS = 2
"""With how many words of its context a common name is asked for, in a query each."""
_SHORTEST_TAG = 3


def plain_queries(question: Question, most: int, *, domain: bool = True, contact: bool = False) -> list[str]:
    """At most `most` queries of phrases that must all match: names and, where wanted, the domain and the contact's.

    A name that holds another one is found by that one; a common word is asked for only beside its context.
    """
    site = question.domain
    last = [quoted(site)] if domain and site else []
    if contact and question.contact:
        last.append(_together(question.contact.text, *question.contact.context[:1]))
    names = [query for phrase in _broadest(question.company) for query in _queries(phrase, site)]
    kept = [name for name in dict.fromkeys(names) if name not in last][: max(0, most - len(last))]
    return [*kept, *last][:most]


def hashtags(question: Question, most: int) -> list[str]:
    """The company's names as hashtags, best first, without their `#`."""
    tags = dict.fromkeys("".join(words(phrase.text)) for phrase in question.company if "." not in phrase.text)
    return [tag for tag in tags if len(tag) >= _SHORTEST_TAG and not tag.isdecimal()][:most]


def names_company(text: str, question: Question) -> bool:
    """Whether `text` has a name of the company, as a hashtag too, or its domain; a common word counts only beside its
    context."""
    said = _as_said(text)
    domain = question.domain
    return bool(domain and _says(said, domain)) or any(
        _says(said, phrase.text) and (not phrase.context or any(_says(said, near) for near in phrase.context))
        for phrase in question.company
    )


def _broadest(phrases: Iterable[Phrase]) -> list[Phrase]:
    alone = [_as_said(phrase.text) for phrase in phrases if not phrase.context]
    return [
        phrase
        for phrase in phrases
        if not any(name in (said := _as_said(phrase.text)) and name != said for name in alone)
    ]


def _queries(phrase: Phrase, domain: str | None) -> list[str]:
    """The domain finds by itself what it would find beside the name."""
    context = [near for near in phrase.context if near != domain][:_CONTEXTS]
    if phrase.context:
        return [_together(phrase.text, near) for near in context]
    return [quoted(phrase.text)]


def _together(*texts: str) -> str:
    return " ".join(map(quoted, texts))


def _as_said(text: str) -> str:
    return f" {' '.join(words(text))} "


def _says(said: str, name: str) -> bool:
    spoken = words(name)
    if not spoken:
        return False
    if is_unspaced(name):
        return " ".join(spoken) in said
    return f" {' '.join(spoken)} " in said or f" {''.join(spoken)} " in said
