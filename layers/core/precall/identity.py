"""How a prospect is named in what others write: the forms of its name, its domain, its contact.

A form is *sure* when writing it is enough to mean the prospect ("Delta Air Lines"), *doubtful* when it is also a
word of its own or very short ("Delta"): that one counts only with a capital and with something else near it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from precall.common_words import COMMON_WORDS, DESCRIPTORS, EMPTY_REMAINDERS
from precall.model.lead import Account, Contact, Prospect
from precall.names import short_name

_TOP_LEVEL = re.compile(r"\.(?:com|ai|io|net|org)$", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s*\(([^)]*)\)")
_PREFIXES = re.compile(r"^(?:dr|mr|mrs|ms|prof|sir)\.?\s+", re.IGNORECASE)
_UNSPACED_LETTERS = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_UNSPACED = re.compile(f"[{_UNSPACED_LETTERS}]")
_LETTER = rf"[^\W{_UNSPACED_LETTERS}]"  # a name may touch letters of scripts that set no spaces
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")  # \w alone breaks Indic words at their vowel signs
_FILLERS = frozenset("and the for with from other".split())
MAX_TEXT = 20_000
"""Characters of a text that are looked at."""


@dataclass(frozen=True)
class Form:
    """One way to write a name."""

    text: str
    pattern: re.Pattern[str]
    sure: bool

    def find(self, text: str) -> re.Match[str] | None:
        """Where `text` has this form first."""
        return self.pattern.search(text[:MAX_TEXT])


@dataclass(frozen=True)
class Identity:
    """All forms of an account's name, its domain, its contact, and the words of its industry."""

    forms: tuple[Form, ...]
    domain: Form | None
    contact: Form | None
    industry: frozenset[str]

    @property
    def sure(self) -> tuple[Form, ...]:
        """The forms that are enough by themselves, the domain among them."""
        return tuple(form for form in (*self.forms, self.domain) if form and form.sure)

    @property
    def doubtful(self) -> tuple[Form, ...]:
        """The forms that need something else near them."""
        return tuple(form for form in self.forms if not form.sure)

    @property
    def labels(self) -> tuple[str, ...]:
        """What was looked for, as a person reads it."""
        return tuple(form.text for form in (*self.forms, self.domain, self.contact) if form)

    def names_account(self, text: str) -> bool:
        """Whether `text` has any form of the account's name, or its domain."""
        return any(form.find(text) for form in (*self.forms, self.domain) if form)

    def names_contact(self, text: str) -> bool:
        """Whether `text` has the contact's full name."""
        return bool(self.contact and self.contact.find(text))


def identity_of(prospect: Prospect) -> Identity:
    """The forms under which `prospect` is written about."""
    return Identity(
        forms=tuple(_form(text) for text in dict.fromkeys(_names(prospect.account)) if words(text)),
        domain=_site(prospect.account.domain) if prospect.account.domain else None,
        contact=_person(prospect.contact),
        industry=frozenset(word for word in words(prospect.account.industry or "") if len(word) > 3) - _FILLERS,
    )


def words(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return _WORD.findall(text.casefold())


def _names(account: Account) -> list[str]:
    bare = [_PARENTHESES.sub("", account.name)] if account.name else []
    known = [*bare, *account.aliases]
    label = (account.domain or "").split(".")[0]
    shorter = [short_name(name) for name in known]
    brands = [brand for name in shorter if (brand := _brand(name, label))]
    return [*shorter, *brands] or [label.capitalize()]


def _brand(name: str, label: str) -> str | None:
    """The part of a name that people say: what its domain says, or the name without its descriptors."""
    parts = name.split()
    for end in range(1, len(parts)):
        if "".join(words(" ".join(parts[:end]))) == label.replace("-", "") != "":
            return " ".join(parts[:end])
    while len(parts) > 1 and parts[-1].casefold().strip(".,") in DESCRIPTORS:
        parts.pop()
    brand = _TOP_LEVEL.sub("", " ".join(parts))
    return brand if brand != name and brand.casefold() not in EMPTY_REMAINDERS else None


def _is_common(text: str) -> bool:
    """Whether `text` is made of everyday words, or is too short to mean anybody; "IBM" is neither."""
    letters = "".join(words(text))
    is_acronym = text.isupper() and len(letters) == 3
    return all(word in COMMON_WORDS for word in words(text)) or (len(letters) <= 3 and not is_acronym)


def _form(text: str) -> Form:
    parts, common = words(text), _is_common(text)
    single = len(parts) == 1 and not _UNSPACED.search(text)
    capitalised = single or common
    body = r"\W{0,3}".join(_cased(part) if capitalised else re.escape(part) for part in _WORD.findall(text))
    flags = 0 if capitalised else re.IGNORECASE
    return Form(text, _bounded(body, text, flags), sure=not (single and common))


def _cased(word: str) -> str:
    """`word` as given, Capitalised or in CAPITALS; never all in lower case unless it is written so."""
    given = word if word != word.lower() else word.capitalize()
    variants = dict.fromkeys((given, word.capitalize(), word.upper()))
    return f"(?:{'|'.join(re.escape(variant) for variant in variants)})"


def _site(domain: str) -> Form:
    return Form(domain, re.compile(rf"(?<![\w@-]){re.escape(domain)}(?!\.?[\w-])", re.IGNORECASE), sure=True)


def _person(contact: Contact | None) -> Form | None:
    """A contact by first and last name; one word alone is nobody in particular."""
    name = _PREFIXES.sub("", (contact.name if contact else None) or "").split(",")[0]
    parts = _WORD.findall(name)
    if len(parts) < 2:
        return None
    return Form(name, _bounded(r"\W{1,3}".join(map(re.escape, parts)), name, re.IGNORECASE), sure=True)


def _bounded(body: str, text: str, flags: int) -> re.Pattern[str]:
    if _UNSPACED.search(text):
        return re.compile(body, flags)
    return re.compile(rf"(?<!{_LETTER})(?<!@)(?:{body})(?!{_LETTER})", flags)
