"""Who takes part in a sentence's event: the prospect's names become one mark, and roles are read around it.

No parser: English news puts who acts before the verb and whom it befalls after it, and says "rival", "-backed",
"former" or "of" where a name only describes somebody else. What this cannot see is left out rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from precall.identity import Form

MARK = "ꙮ"
"""Stands where the prospect is named: a letter, so that it is a word, and one that no text uses."""

_WORDS_OF_A_SOURCE = 3
_OWN_WORDS = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|,[^,;:]{1,70},|\[[^\]]*\]")
_CLAUSE = re.compile(
    r"[;|]|:\s|\s[–—-]\s|\b(?:after|as|while|whereas|but|amid|because|when|where|who|which|that|if|than|before|until|"
    r"versus|vs|against|despite|unlike|says?|said|tells?|told|thinks?|believes?|expects?|hopes?|warns?|urges?)\b",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(rf"\b(?:says?|said|told|announced|confirm(?:s|ed)) (?:that )?(?:it|they|its|{MARK})\b", re.I)
_AND_TO = re.compile(r"; (?:and )?to\b")
_OTHERS = (
    r"suppliers?|vendors?|rivals?|competitors?|challengers?|opponents?|critics?|customers?|clients?|users?|owners?|"
    r"sellers?|dealers?|resellers?|investors?|backers?|shareholders?|partner|employees?|workers?|staff(?:ers)?|"
    r"union|alum(?:ni|nus)?|veterans?|alternatives?|clones?|fans?|hackers?|analysts?|leaks?|leakers?|tipsters?"
)
_PEOPLE = (
    r"(?:co-?)?founders?|c[efot]o|chief|boss|chair(?:man|woman|person)?|president|exec(?:utive)?s?|director|"
    r"managing director|md|head"
)
_DESCRIBES = re.compile(rf"^(?:['’]s)?\s*(?:-(?:backed|led|style|like|inspired|funded)\b|\s(?:{_OTHERS})\b)", re.I)
_PERSON = re.compile(rf"^(?:['’]s?)?\s(?:[\w&-]+\s)?(?:{_PEOPLE})\b", re.IGNORECASE)
_FORMER = re.compile(r"(?:\bex[- ]|\bformer(?:ly)?\s|\bonetime\s|\bone-time\s|\bnon-|\banti-)$", re.IGNORECASE)
_DEPENDENT = re.compile(
    r"\b(?:of|to|for|with|from|by|against|like|than|versus|vs\.?|unlike|on|at|via|using|through|inside|behind|"
    r"suppl(?:ies|y)|rival(?:s|ing)?|beats?|overtakes?|amid)\s+(?:the\s)?$",
    re.IGNORECASE,
)


def marked(sentence: str, forms: Iterable[Form], is_own: bool = False) -> str:
    """`sentence` with `MARK` for every name of the prospect; in what it published itself, for "we" and "our" too.

    Its own headline without any of them speaks of the prospect all the same: the mark is put first.
    """
    for form in sorted(forms, key=lambda form: -len(form.text)):
        sentence = form.pattern(sentence).sub(MARK, sentence)
    if not is_own:
        return sentence
    sentence = _OWN_WORDS.sub(MARK, sentence)
    return sentence if MARK in sentence else f"{MARK} {sentence}"


def leads(sentence: str) -> bool:
    """Whether a mark stands for itself somewhere: it neither describes nor belongs to somebody else."""
    return any(_heads(sentence, place) for place in _places(sentence))


def acts(sentence: str, start: int) -> bool:
    """Whether a mark before `start` is who does what the word at `start` says."""
    return any(
        _heads(sentence, place) and _is_one_clause(sentence[place + 1 : start])
        for place in _places(sentence)
        if place < start
    )


def concerned(sentence: str, start: int, end: int) -> bool:
    """Whether a mark takes part, before or after, in the event named in `sentence[start:end]`."""
    return any(
        not _FORMER.search(sentence[:place]) and not _DESCRIBES.match(sentence[place + 1 :])
        for place in _places(sentence)
        if _near(sentence, place, start, end)
    )


def undergoes(sentence: str, end: int, reach: int = 60) -> bool:
    """Whether a mark within `reach` characters after `end`, in the same clause, is whom it befalls."""
    return any(
        0 <= place - end <= reach
        and not _CLAUSE.search(sentence[end:place])
        and not _DESCRIBES.match(sentence[place + 1 :])
        and not _FORMER.search(sentence[:place])
        for place in _places(sentence)
    )


def _places(sentence: str) -> list[int]:
    """Where the prospect is named as more than the source of what is said ("Profit may dip: Acme Research")."""
    return [place for place, letter in enumerate(sentence) if letter == MARK and not _is_source(sentence, place)]


def _is_source(sentence: str, place: int) -> bool:
    return sentence[:place].endswith((": ", ":")) and len(sentence[place:].split()) <= _WORDS_OF_A_SOURCE


def _heads(sentence: str, place: int) -> bool:
    """Whether the name at `place` is the subject itself and does not describe or belong to another one."""
    before, after = sentence[:place], sentence[place + 1 :]
    return not (_FORMER.search(before) or _DEPENDENT.search(before) or _DESCRIBES.match(after) or _PERSON.match(after))


def _is_one_clause(between: str) -> bool:
    return not _CLAUSE.search(_AND_TO.sub(" ", _OF_ITSELF.sub(" ", _ASIDE.sub(" ", between))))


def _near(sentence: str, place: int, start: int, end: int) -> bool:
    between = sentence[place + 1 : start] if place < start else sentence[end:place]
    return len(between) <= 90 and not re.search(r"[;|]", _ASIDE.sub(" ", between))
