"""What to search for: phrases that name the prospect, narrowed where a phrase alone would find everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from precall.common_words import COMMON_WORDS
from precall.model import Account, Prospect
from precall.names import registrable_domain, short_name

MOST_PHRASES = 6
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ANY_BUSINESS = ("company", "CEO", "chief executive", "shares", "startup")
"""What is written near the name of a company of which only the domain is known: few articles carry a domain."""
_FILLERS = frozenset("and company consumer for group industry of online other products services solutions the".split())


@dataclass(frozen=True)
class Phrase:
    """A phrase to be searched for verbatim; where `context` is given, together with at least one of its phrases."""

    text: str
    context: tuple[str, ...] = ()


def company_phrases(prospect: Prospect) -> tuple[Phrase, ...]:
    """The company's names, best first, each once.

    A name of several words, or of one that is no common word, stands alone. A common word ("Target") needs the domain,
    a word of the industry (or of business at all) or another name of the company beside it; where neither domain nor
    industry is known, it stands alone.
    """
    account = prospect.account
    names = _names(account)[:MOST_PHRASES]
    return tuple(Phrase(name, _context(name, names, account) if is_common(name) else ()) for name in names)


def contact_phrase(prospect: Prospect) -> Phrase | None:
    """The contact's name together with a name of the company; None without a first and a last name."""
    name = _clean(prospect.contact.name or "") if prospect.contact else ""
    if " " not in name:
        return None
    return Phrase(name, tuple(_names(prospect.account)[:MOST_PHRASES]))


def is_common(name: str) -> bool:
    """Whether a name is a single common word."""
    return name.lower() in COMMON_WORDS


def _names(account: Account) -> list[str]:
    given = account.name or ""
    formal = _clean(_BRACKETS.sub(" ", given))
    brackets = [short_name(_clean(text)) for text in _BRACKETS.findall(given)]
    names = [short_name(formal), *_formal_where_short_is_common(formal), *_brand(formal, account.domain)]
    names += [_clean(alias) for alias in (*account.aliases, *brackets)]
    if account.domain and not formal:
        names += [account.domain]
    return _each_once(name for name in names if len(name) > 1)


def _formal_where_short_is_common(formal: str) -> list[str]:
    """ "Match Group" beside "Match": the legal form is what tells the company from the word."""
    return [formal] if is_common(short_name(formal)) else []


def _brand(formal: str, domain: str | None) -> list[str]:
    """ "Uber" of Uber Technologies at uber.com: the words of the name that are the domain, or the domain's own."""
    label = registrable_domain(domain).partition(".")[0] if domain else ""
    if not formal:
        return [label] if len(label) > 3 else []
    words = formal.split()
    for count in range(1, len(words)):
        if re.sub(r"[^a-z0-9]", "", "".join(words[:count]).lower()) == label.replace("-", ""):
            return [" ".join(words[:count])]
    return []


def _context(name: str, names: list[str], account: Account) -> tuple[str, ...]:
    others = [other for other in names if not is_common(other) and name.lower() not in other.lower().split()]
    domain = [account.domain] if account.domain else []
    business = _words(account.industry or "") or _words(_rest_of_name(name, names))
    known = [*others, *business] or (list(_ANY_BUSINESS) if domain else [])
    return tuple(_each_once([*domain, *known]))


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


def _each_once(names: object) -> list[str]:
    found: dict[str, str] = {}
    for name in names:  # type: ignore[attr-defined]
        found.setdefault(name.lower(), name)
    return list(found.values())
