"""By which names an account is called: one list, for searching and for recognising.

Names come from the CRM (the company's name, its aliases, what stands in brackets), from what was found out (the
profile), and from how people shorten names ("Uber" of Uber Technologies).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from precall.common_words import COMMON_WORDS, DESCRIPTORS, EMPTY_REMAINDERS, PLACES
from precall.model.account import AccountProfile
from precall.model.lead import Account
from precall.names import registrable_domain, short_name

_BRACKETS = re.compile(r"(?<!\s)\s*+\(([^()]*)\)")
_FORMERLY = re.compile(
    r"^(?:formerly|previously|now|aka|a\.k\.a\.|fka|f\.k\.a\.|dba|d/b/a|trading as)\s+", re.IGNORECASE
)
_TOP_LEVEL = re.compile(r"\.(?:com|ai|io|net|org)$", re.IGNORECASE)
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
WORD = re.compile(rf"(?:[^\W_]+|[{_MARKS}]+)+")
"""A word; \\w alone breaks Indic words at their vowel signs."""
UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""The letters of scripts that set no spaces (Thai, Lao, kana, Han), or join words to names (Hangul), as a set of a
regular expression."""
_ASCII_WORD = re.compile(r"[a-z0-9]+")


class Name(NamedTuple):
    """A name. One that is not `searched` is only recognised: nothing but its form says that it is theirs."""

    text: str
    searched: bool = True


def names_of(account: Account, profile: AccountProfile | None = None) -> tuple[Name, ...]:
    """The account's names, best first, each once whatever its capitals."""
    profile = profile or AccountProfile()
    domain = account.domain or profile.domain
    given = given_names(account)
    known = [*given, *_told(profile)]
    brands = [brand for name in known if (brand := _brand(name, site_label(domain)))]
    searched = [*known[:1], *_formal_where_short_is_common(account), *brands, *known[1:]]
    shorter = [*map(short_name, account.aliases), *map(_without_descriptors, known)]
    short = [Name(text, searched=False) for text in shorter if text and words(text)]
    label = [] if given else [Name(site_label(domain).capitalize(), searched=len(site_label(domain)) > 3)]
    return tuple(_each_once([*(Name(text) for text in searched), *label, *short]))


def is_ambiguous(name: str) -> bool:
    """Whether `name` is also a word of its own, or too short to mean anybody: one common word, or up to three letters
    that are no acronym ("IBM")."""
    return is_single(name) and is_everyday(name)


def is_single(name: str) -> bool:
    """Whether `name` is one word, of a script that sets spaces."""
    return len(words(name)) == 1 and not is_unspaced(name)


def is_everyday(name: str) -> bool:
    """Whether `name` is made of everyday words, or is too short to mean anybody; "IBM" is neither."""
    letters = "".join(words(name))
    is_acronym = name.isupper() and len(letters) == 3
    return all(word in COMMON_WORDS for word in words(name)) or (len(letters) <= 3 and not is_acronym)


def is_unspaced(text: str) -> bool:
    """Whether `text` has letters of a script that sets no spaces."""
    return not text.isascii() and bool(_unspaced().search(text))


@cache
def _unspaced() -> re.Pattern[str]:
    """Compiled for the first text that may need it: so large a set takes longer than most steps."""
    return re.compile(f"[{UNSPACED}]")


def words(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return _ASCII_WORD.findall(text.lower()) if text.isascii() else WORD.findall(text.casefold())


def site_label(domain: str | None) -> str:
    """`uber` of `uber.com` and of `shop.uber.co.uk`; "" without a domain."""
    if not domain:
        return ""
    return (domain if domain.count(".") == 1 else registrable_domain(domain)).partition(".")[0]


def given_names(account: Account) -> list[str]:
    """The names that the CRM gave: without legal form, aliases as they are."""
    name = account.name or ""
    formal = _BRACKETS.sub("", name)
    called = [short_name(formal), *account.aliases, *map(short_name, _in_brackets(name, formal))]
    return [text for text in called if words(text)]


def _in_brackets(name: str, formal: str) -> Iterator[str]:
    """ "Block, Inc." of "Square (Block, Inc.)"; but not "Acme (UK)", "Acme (Germany)", "Acme (do not call)"."""
    initials = "".join(word[:1] for word in formal.split()).casefold()
    for text in _BRACKETS.findall(name):
        said, is_told = _FORMERLY.subn("", text.strip())
        letters = "".join(words(said))
        is_long = len(letters) > 3 and said[:1].isupper() and said.casefold() not in PLACES
        if is_told or is_long or (len(letters) > 1 and initials.startswith(letters)):
            yield said


def _told(profile: AccountProfile) -> list[str]:
    """The name that was found out, and those of its aliases that are nothing else as well."""
    short = [short_name(name) for name in profile.names]
    return [name for at, name in enumerate(short) if words(name) and (at == 0 or not is_ambiguous(name))]


def _formal_where_short_is_common(account: Account) -> list[str]:
    """ "Match Group" beside "Match": the legal form is what tells the company from the word."""
    formal = _BRACKETS.sub("", account.name or "").strip(" ,")
    return [formal] if formal and is_ambiguous(short_name(formal)) else []


def _brand(name: str, label: str) -> str | None:
    """ "Uber" of Uber Technologies at uber.com: the words of a name that are its domain."""
    parts = name.split()
    for end in range(1, len(parts)):
        if "".join(words(" ".join(parts[:end]))) == label.replace("-", "") != "":
            return " ".join(parts[:end])
    return None


def _without_descriptors(name: str) -> str | None:
    """ "Kestrelon" of Kestrelon Logistics, "Amazon" of Amazon.com; not "American" of American Airlines."""
    parts = name.split()
    while len(parts) > 1 and parts[-1].casefold().strip(".,") in DESCRIPTORS:
        parts.pop()
    brand = _TOP_LEVEL.sub("", " ".join(parts))
    return brand if brand != name and brand.casefold() not in EMPTY_REMAINDERS else None


def _each_once(names: Iterable[Name]) -> list[Name]:
    found: dict[str, Name] = {}
    for name in names:
        if name.text:
            found.setdefault(name.text.casefold(), name)
    return list(found.values())
