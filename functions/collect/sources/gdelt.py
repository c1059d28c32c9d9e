"""GDELT's searches of the world's news: articles (DOC 2.0) and the sentences that matched (Context 2.0).

Formats as in its announcements (blog.gdeltproject.org); errors come as plain text with status 200. It wants no more
than one request in 5 s from an address, which the door sees to; so one request is all that is sent, unless
`gdelt.sentences` is set: then the sentences come that much later.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterable
from dataclasses import replace
from functools import partial

from collect.batch import Batch
from collect.dates import from_iso
from collect.feed_entries import Entry
from collect.json_answers import Row, batch_of, needed, string
from collect.languages import language_code
from collect.links import canonical_url
from collect.mentions import from_entry
from collect.plain import text_of_html
from collect.question import Question
from collect.sources.searching import Inquiry, inquired
from precall.fetch import Door, Page
from precall.model import DateOrigin, Kind, Mention, Precision, TextOrigin

ARTICLES = "https://api.gdeltproject.org/api/v2/doc/doc"
SENTENCES = "https://api.gdeltproject.org/api/v2/context/context"
_SENTENCES_BACK = 3
"""Days that Context 2.0 looks back."""
_MOST_TERMS = 5
_SHORTEST_WORD, _SHORTEST_PHRASE = 3, 5
_STRAY = re.compile(r"\\(?![\"\\/bfnrtu])")
"""A backslash that begins no escape: titles bring it into the answer unescaped, and raw control characters too."""
_CONTROL = re.compile("[\x00-\x1f]")
_SPACED = re.compile(r" (?=[.,;:!?%)](?:\s|$)|['’]s\b)")
_UTF8 = {"content-type": "application/json; charset=utf-8"}
_COMPLAINTS = (
    ("limit requests", "asks for fewer requests (one every 5 s)"),
    ("too many requests", "asks for fewer requests (one every 5 s)"),
    ("too short", "refused the query: a name in it is too short"),
    ("too common", "refused the query: a name in it is too common"),
    ("illegal character", "refused the query: a name in it has a character that it does not know"),
    ("quer", "refused the query"),
    ("keyword", "refused the query"),
)


class Gdelt:
    """See the module."""

    name = "gdelt"
    label = "GDELT"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a company's name that is long enough."""
        if not question.company:
            return "the lead names no company that could be searched for"
        return None if query_of(question) else "GDELT searches for no name as short as this one"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for the articles; the sentences only after an answer that was one."""
        read = partial(parse, question=question)
        articles = await inquired(door, Inquiry(ARTICLES, read, _params(question)))
        yield articles
        if question.tuning.gdelt.sentences and not articles.flaw:
            recent = replace(question, window_days=min(question.window_days, _SENTENCES_BACK))
            yield await inquired(door, Inquiry(SENTENCES, read, _params(recent)))


def query_of(question: Question) -> str:
    """All names that stand alone, else the best one beside its context; "" where each is too short.

    What is said of the contact with the company is among what is said of the company; where only a context makes a name
    the company's, the contact's name is one too, so that no second request is needed.
    Brackets go around alternatives only, quotation marks around several words and around signs inside one.
    """
    alone = _terms(phrase.text for phrase in question.company if not phrase.context)
    if alone:
        return _any_of(alone)
    contact = [question.contact.text] if question.contact else []
    narrowed = ((_terms([phrase.text]), _terms([*contact, *phrase.context])) for phrase in question.company)
    return next((f"{name[0]} {_any_of(context)}" for name, context in narrowed if name and context), "")


def parse(page: Page, question: Question) -> Batch:
    """The mentions of either search's answer. Pure."""
    text = page.text.strip()
    complaint = _complaint(text)
    if complaint:
        return Batch(flaw=complaint)
    if text == "{}":
        return Batch()
    mended = _STRAY.sub(r"\\\\", _CONTROL.sub(" ", text))
    whole = replace(page, body=mended.encode("utf-8", "replace"), headers=_UTF8)
    return batch_of(whole, "articles", partial(_mention, question=question), question.limit)


def _params(question: Question) -> dict[str, str]:
    return {
        "query": query_of(question),
        "mode": "artlist",
        "format": "json",
        "sort": "datedesc",
        "maxrecords": str(question.limit),
        "startdatetime": f"{question.since:%Y%m%d%H%M%S}",
        "enddatetime": f"{question.as_of:%Y%m%d%H%M%S}",
    }


def _terms(texts: Iterable[str]) -> list[str]:
    found = []
    for text in texts:
        is_word = text.isalnum()
        if len(text) >= (_SHORTEST_WORD if is_word else _SHORTEST_PHRASE):
            found.append(text if is_word else f'"{text}"')
    return found[:_MOST_TERMS]


def _any_of(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


def _complaint(text: str) -> str | None:
    if text.startswith(("{", "<")) or len(text) > 1_000:
        return None
    said = text.lower()
    return next((meaning for sign, meaning in _COMPLAINTS if sign in said), None)


def _mention(article: Row, question: Question) -> Mention:
    """`seendate` is when GDELT saw the article, which tells the day that it was published rather than the hour."""
    language = language_code(string(article, "language"))
    url = canonical_url(string(article, "url"))
    if not url:
        raise ValueError("an article without an address")
    title, seen = needed(article, "title"), from_iso(string(article, "seendate"))
    day = seen.replace(hour=0, minute=0, second=0, microsecond=0) if seen else None
    told = title if language == "fr" else _SPACED.sub("", title)
    mention = from_entry(
        Entry(told, url, day, Precision.DAY if day else Precision.SECOND),
        question,
        source=Gdelt.name,
        kind=Kind.NEWS,
        text=text_of_html(string(article, "sentence") or string(article, "context")),
        text_origin=TextOrigin.SNIPPET,
        language=language,
    )
    return mention.model_copy(update={"published_from": DateOrigin.API if mention.published_at else None})
