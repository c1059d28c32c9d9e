"""Where a text names the prospect, and what stands around the name: an actor, or a part of another name?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from precall.common_words import DESCRIPTORS
from precall.identity import Form, words

LEGAL_FORMS = frozenset("co company corp corporation group holdings inc incorporated limited llc ltd plc".split())
"""After a name that was cut short ("Delta" of "Delta Air Lines"), one of these makes somebody else ("Delta Corp")."""
OTHER_COMPANIES = DESCRIPTORS | frozenset(
    "airlines county institute mutual labs news securities steel television tv university".split()
)

_COMPANY = re.compile(
    r"^(?:'s|’s)?\s+(?:CEO|CFO|COO|CTO|[Cc]hief [Ee]xecutive|[Cc]o-?[Ff]ounder|[Ff]ounder|[Ss]hares|"
    r"[Ee]mployees|[Ss]tores|[Cc]ustomers|[Ss]pokes(?:man|woman|person))\b"
)
_LISTED = re.compile(r"(?:NYSE|NASDAQ|Nasdaq|LSE|LON|NSE)\s*:\s*$")
_POSSESSIVE = re.compile(r"^['’]s\b")
_LOWER = re.compile(r"\b[a-z]{4,}\b")
_UPPER = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NO_NAME_BEFORE = frozenset(
    """
    a an the this that these those his her their our its your my every each any no some what which another first latest
    new to will would can could may might must should not and or i you we they help helps
    """.split()
)
_NO_VERB = frozenset("a against an at between by down for from in of on price prices the up with".split())
_BESIDE = 60
"""Characters beside a name in which the next word is looked for."""


@dataclass(frozen=True)
class Place:
    """One place of a name: what its neighbours say."""

    at: int
    opens: bool
    acts: bool
    possessive: bool
    company: bool
    after_name: bool
    before_name: bool
    other: bool


def places(forms: Sequence[Form], own_words: frozenset[str], text: str, others: Iterable[str] = ()) -> list[Place]:
    """The places of any of `forms` in `text`, in order; of forms that begin together, the longest counts.

    `own_words` are the words of the prospect's full name; a place inside one of `others`, namesakes, is theirs.
    """
    found: dict[int, tuple[re.Match[str], Form]] = {}
    for form in (form for form in forms if _may_name(form, text)):
        for match in form.pattern(text).finditer(text):
            known = found.get(match.start())
            if known is None or match.end() > known[0].end():
                found[match.start()] = match, form
    if not found:
        return []
    theirs = [span.span() for name in others for span in named(name).finditer(text)]
    sentence_case = is_sentence_case(text)
    return [
        _place(text, match, form, own_words, sentence_case)
        for _, (match, form) in sorted(found.items())
        if not any(start <= match.start() and match.end() <= end for start, end in theirs)
    ]


def _may_name(form: Form, text: str) -> bool:
    """False where the first word of a name certainly stands nowhere in `text`, which is faster to see than to match."""
    return not text.isascii() or _first_word(form.text) in text.lower()


@lru_cache(maxsize=256)
def _first_word(name: str) -> str:
    return next(iter(words(name)), "")


def _place(text: str, match: re.Match[str], form: Form, own_words: frozenset[str], sentence_case: bool) -> Place:
    before, after = text[max(0, match.start() - _BESIDE) : match.start()], text[match.end() : match.end() + _BESIDE]
    last = before.rsplit(None, 1)[-1] if before[-1:] == " " and before.strip() else ""
    following = after.split(None, 1)[0] if after[:1] == " " and after.strip() else ""
    word = following.strip(".,:;)'’\"")
    alone = not form.sure
    return Place(
        at=match.start(),
        opens=not before.strip() or before.rstrip(" \"'“‘\n")[-1:] in ".!?:|",
        acts=following[:1].islower() and following.lower() not in _NO_VERB,
        possessive=bool(_POSSESSIVE.match(after)),
        company=bool(_COMPANY.match(after) or _LISTED.search(before)),
        after_name=alone and last[:1].isupper() and last[-1:].isalpha() and last.lower() not in _NO_NAME_BEFORE,
        before_name=alone and sentence_case and following[:1].isupper() and not following.isupper(),
        other=len(form.text.split()) == 1 and word[:1].isupper() and _makes_another(word.lower(), form, own_words),
    )


def _makes_another(word: str, form: Form, own_words: frozenset[str]) -> bool:
    if word in own_words:
        return False
    return word in OTHER_COMPANIES or (word in LEGAL_FORMS and own_words - LEGAL_FORMS != {form.text.casefold()})


@lru_cache(maxsize=256)
def named(name: str) -> re.Pattern[str]:
    """A pattern for `name` as it is written, as a whole word."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


@lru_cache(maxsize=256)
def written_anyhow(name: str) -> re.Pattern[str]:
    """A pattern for `name` with and without capitals, as a whole word and no part of an address."""
    return re.compile(rf"(?<![\w.@/-]){re.escape(name)}(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=4096)  # places and uses without a capital are looked for in the same texts
def is_sentence_case(text: str) -> bool:
    """Whether `text` is written as sentences are, so that a capital tells something; a Headline Like This is not."""
    return len(_LOWER.findall(text)) > len(_UPPER.findall(text))
