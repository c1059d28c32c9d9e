"""How a prospect is named in what others write: the forms of its name, its domain, its contact.

A form is *sure* when writing it is enough to mean the prospect ("Delta Air Lines"), *doubtful* when it is also a
word of its own or very short ("Delta"): that one counts only with a capital and with something else near it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from precall.model.account import AccountProfile
from precall.model.lead import Contact, Prospect
from precall.naming import UNSPACED, WORD, is_everyday, is_single, is_unspaced, names_of, words
from precall.persons import beside

__all__ = ["MAX_TEXT", "Form", "Identity", "identity_of", "words"]
_PREFIXES = re.compile(r"^(?:dr|mr|mrs|ms|prof|sir)\.?\s+", re.IGNORECASE)
_FILLERS = frozenset("and the for with from other".split())
MAX_TEXT = 20_000
"""Characters of a text that are looked at."""


@dataclass(frozen=True)
class Form:
    """One way to write a name: `body`, a regular expression, which touches no letter where it is `bounded`."""

    text: str
    body: str
    sure: bool
    bounded: bool = True

    def find(self, text: str) -> re.Match[str] | None:
        """Where `text` has this form first."""
        text = text[:MAX_TEXT]
        return self.pattern(text).search(text)

    def pattern(self, text: str) -> re.Pattern[str]:
        """What finds this form in `text`."""
        return self._beside_unspaced if self.bounded and is_unspaced(text) else self._usual

    @cached_property
    def _usual(self) -> re.Pattern[str]:
        return re.compile(_bounded(self.body, r"\w") if self.bounded else self.body)

    @cached_property
    def _beside_unspaced(self) -> re.Pattern[str]:
        """A name may touch letters of scripts that set no spaces. To compile their set takes a millisecond."""
        return re.compile(_bounded(self.body, rf"[^\W{UNSPACED}]"))


def _bounded(body: str, letter: str) -> str:
    return rf"(?<!{letter})(?<!@)(?:{body})(?!{letter})"


@dataclass(frozen=True)
class Identity:
    """All forms of an account's name, its domain, its contact, and the words of its industry.

    `beside` has what must stand beside the contact's name where there is no account.
    """

    forms: tuple[Form, ...]
    domain: Form | None
    contact: Form | None
    industry: frozenset[str]
    beside: tuple[Form, ...] = ()

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
        return tuple(form.text for form in (*self.forms, self.domain, self.contact, *self.beside) if form)

    def names_account(self, text: str) -> bool:
        """Whether `text` has any form of the account's name, or its domain."""
        return any(form.find(text) for form in (*self.forms, self.domain) if form)

    def names_contact(self, text: str) -> bool:
        """Whether `text` has the contact's full name."""
        return bool(self.contact and self.contact.find(text))

    def names_prospect(self, text: str) -> bool:
        """Whether `text` names the account; where there is none, the contact beside their role or country."""
        if self.forms or self.domain:
            return self.names_account(text)
        return self.names_contact(text) and any(form.find(text) for form in self.beside)


def identity_of(prospect: Prospect, profile: AccountProfile | None = None) -> Identity:
    """The forms under which `prospect` is written about, those that were found out (`profile`) among them."""
    profile = profile or AccountProfile()
    domain = prospect.account.domain or profile.domain
    industry = prospect.account.industry or profile.industry or ""
    return Identity(
        forms=tuple(_form(name.text) for name in names_of(prospect.account, profile)),
        domain=_site(domain) if domain else None,
        contact=_person(prospect.contact),
        industry=frozenset(word for word in words(industry) if len(word) > 3) - _FILLERS,
        beside=tuple(
            Form(word, _any_case(re.escape(word)), sure=False, bounded=not is_unspaced(word))
            for word in beside(prospect)
        ),
    )


def _form(text: str) -> Form:
    single, everyday = is_single(text), is_everyday(text)
    capitalised = single or everyday
    body = r"\W{0,3}".join(_cased(part) if capitalised else re.escape(part) for part in WORD.findall(text))
    body = body if capitalised else _any_case(body)
    return Form(text, body, sure=not (single and everyday), bounded=not is_unspaced(text))


def _cased(word: str) -> str:
    """`word` as given, Capitalised or in CAPITALS; never all in lower case unless it is written so."""
    given = word if word != word.lower() else word.capitalize()
    variants = dict.fromkeys((given, word.capitalize(), word.upper()))
    return f"(?:{'|'.join(re.escape(variant) for variant in variants)})"


def _site(domain: str) -> Form:
    return Form(domain, rf"(?<![\w@-]){_any_case(re.escape(domain))}(?!\.?[\w-])", sure=True, bounded=False)


def _person(contact: Contact | None) -> Form | None:
    """A contact by first and last name; one word alone is nobody in particular."""
    name = _PREFIXES.sub("", (contact.name if contact else None) or "").split(",")[0]
    parts = WORD.findall(name)
    if len(parts) < 2:
        return None
    body = _any_case(r"\W{1,3}".join(map(re.escape, parts)))
    return Form(name, body, sure=True, bounded=not is_unspaced(name))


def _any_case(body: str) -> str:
    return f"(?i:{body})"
