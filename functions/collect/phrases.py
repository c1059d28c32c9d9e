"""What to search for: phrases that name the prospect, narrowed where a phrase alone would find everything else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from precall.model import AccountProfile, Prospect
from precall.names import short_name
from precall.naming import is_ambiguous, names_of
from precall.persons import beside

MOST_PHRASES = 6
_ANY_BUSINESS = ("company", "CEO", "chief executive", "shares", "startup")
"""What is written near the name of a company of which nothing else is known, or only the domain: few articles carry
one."""
_FILLERS = frozenset("and company consumer for group industry of online other products services solutions the".split())


@dataclass(frozen=True)
class Phrase:
    """A phrase to be searched for verbatim; where `context` is given, together with at least one of its phrases."""

    text: str
    context: tuple[str, ...] = ()


def company_phrases(prospect: Prospect, profile: AccountProfile | None = None) -> tuple[Phrase, ...]:
    """The company's names (`precall.naming`), best first, each once; where only the domain is known, that too.

    A name of several words, or of one that is nothing else, stands alone. A common word ("Target") needs the domain,
    a word of the industry, another name of the company or, where none is known, a word of business at all beside it.
    """
    profile = profile or AccountProfile()
    account = prospect.account
    domain = account.domain or profile.domain
    names = _searched(prospect, profile)
    business = _words(account.industry or profile.industry or "")
    phrases = [Phrase(name, _context(name, names, domain, business) if is_ambiguous(name) else ()) for name in names]
    return tuple(phrases if account.name or not domain else [*phrases[: MOST_PHRASES - 1], Phrase(domain)])


def contact_phrase(prospect: Prospect, profile: AccountProfile | None = None) -> Phrase | None:
    """The contact's name together with a name of the company or, where none is known, with the contact's role or
    country; None without a first and a last name, and without anything to stand beside them."""
    name = _clean(prospect.contact.name or "") if prospect.contact else ""
    if " " not in name:
        return None
    names = _searched(prospect, profile or AccountProfile())
    domain = [] if prospect.account.name else [prospect.account.domain or ""]
    context = tuple(filter(None, [*names, *domain, *beside(prospect)]))
    return Phrase(name, context) if context else None


def _searched(prospect: Prospect, profile: AccountProfile) -> list[str]:
    found = (_clean(name.text) for name in names_of(prospect.account, profile) if name.searched)
    return _each_once(name for name in found if name)[:MOST_PHRASES]


def _context(name: str, names: list[str], domain: str | None, business: list[str]) -> tuple[str, ...]:
    others = [other for other in names if not is_ambiguous(other) and name.lower() not in other.lower().split()]
    known = [*others, *(business or _words(_rest_of_name(name, names)))]
    return tuple(_each_once([*([domain] if domain else []), *(known or _ANY_BUSINESS)]))


def _rest_of_name(name: str, names: list[str]) -> str:
    """ "Air Lines" of "Delta" among "Delta Air Lines": what says the business when the lead does not."""
    longer = (other for other in names if other.lower().startswith(f"{name.lower()} "))
    rest = short_name(next(longer, name))[len(name) :].strip()
    return f"{rest} {rest.replace(' ', '').lower()}" if " " in rest else rest


def _words(text: str) -> list[str]:
    words = [word for word in re.findall(r"[\w-]+", text) if len(word) > 3 and word.lower() not in _FILLERS]
    return [form for word in words for form in (word, _singular(word)) if form]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else ""


def _clean(text: str) -> str:
    """Without what a search engine would read as an operator inside or around quotation marks."""
    return re.sub(r'[\s"“”„()]+', " ", text).strip(" ,;-")


def _each_once(texts: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(text.casefold(), text)
    return list(found.values())
