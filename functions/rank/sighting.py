"""Where a mention names the prospect, in its headline and first lines, and how it writes the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from precall.headlines import headline
from precall.identity import MAX_TEXT, Form, Identity, words
from precall.model import AccountProfile, Mention, Prospect
from precall.names import short_name
from rank.places import Place, is_sentence_case, places, written_anyhow

LEAD_CHARACTERS = 600
"""Characters of a text that belong to its headline; a name that stands only later is read with what surrounds it."""
_AROUND = 200
_TINY = 2
"""Letters of a name that means nobody by itself."""


@dataclass(frozen=True)
class Target:
    """The prospect as texts name it: its identity, the words of its full names, and namesakes to beware of."""

    identity: Identity
    own_words: frozenset[str]
    namesakes: tuple[str, ...] = ()

    @classmethod
    def of(cls, identity: Identity, prospect: Prospect, profile: AccountProfile) -> Target:
        """The target of a research."""
        names = [short_name(name.split("(")[0]) for name in _full_names(prospect, profile)]
        own = {form.text.casefold() for form in identity.forms}
        namesakes = tuple(each.name for each in profile.namesakes if each.name.casefold() not in own)
        return cls(identity, frozenset(word for name in names for word in words(name)), namesakes)


@dataclass(frozen=True)
class Sighting:
    """One mention as it was read: its headline, its first lines (or those around the name), and the places in both."""

    title: str
    lead: str
    in_title: tuple[Place, ...]
    in_lead: tuple[Place, ...]
    sure: bool
    tiny: bool
    capital: int
    lower: int
    lower_in_sentences: int

    @property
    def places(self) -> tuple[Place, ...]:
        """Everywhere that it names the prospect."""
        return self.in_title + self.in_lead


@dataclass(frozen=True)
class Usage:
    """How the sentences of a collection (not its headlines in Title Case) write a one-word form."""

    capital: int
    lower: int

    @property
    def is_word(self) -> bool:
        """A word of everyday use: one time in ten or more it has no capital."""
        return self.lower >= 3 and self.lower * 10 >= self.capital + self.lower

    @property
    def share(self) -> float:
        """The share of uses without a capital, ¼ where nobody uses it."""
        return (self.lower + 0.5) / (self.capital + self.lower + 2)


def read(target: Target, mention: Mention) -> Sighting | None:
    """The mention with the places of the prospect's names; None where it does not name the prospect."""
    identity, title = target.identity, headline(mention)[:MAX_TEXT]
    lead = mention.text[:LEAD_CHARACTERS]
    in_title = _places(target, title)
    in_lead = _places(target, lead)
    if not (in_title or in_lead):
        lead = _around_first_name(identity, mention.text)
        in_lead = _places(target, lead)
    top = f"{title}\n{lead}"
    sure = any(form.find(top) for form in identity.sure)
    if not (in_title or in_lead) and (not sure or _names_another(target, top)):
        return None
    tiny = not sure and all(len(form.text) <= _TINY for form in identity.forms)
    return Sighting(title, lead, in_title, in_lead, sure, tiny, *_capitals(identity.forms, (title, lead)))


def _places(target: Target, text: str) -> tuple[Place, ...]:
    return tuple(places(target.identity.forms, target.own_words, text, target.namesakes)) if text else ()


def _names_another(target: Target, text: str) -> bool:
    folded = text.casefold()
    return any(name.casefold() in folded for name in target.namesakes)


def _around_first_name(identity: Identity, text: str) -> str:
    found = [match for form in (*identity.forms, identity.domain) if form and (match := form.find(text))]
    if not found:
        return ""
    first = min(found, key=lambda match: match.start())
    return text[max(0, first.start() - _AROUND) : first.end() + _AROUND]


def _capitals(forms: Sequence[Form], texts: Sequence[str]) -> tuple[int, int, int]:
    """Uses of the one-word forms with a capital in sentences, without one anywhere, and without one in sentences."""
    capital = lower = lower_in_sentences = 0
    for form in forms:
        if len(form.text.split()) != 1 or not form.text.isascii():
            continue
        for text in (text for text in texts if form.text.lower() in text.lower()):
            firsts = [match.group()[0] for match in written_anyhow(form.text).finditer(text)]
            small = sum(letter.islower() for letter in firsts) if form.text != form.text.lower() else 0
            lower += small
            if firsts and is_sentence_case(text):
                capital += sum(letter.isupper() for letter in firsts)
                lower_in_sentences += small
    return capital, lower, lower_in_sentences


def usage(forms: Sequence[Form], mentions: Sequence[Mention]) -> Usage:
    """How all `mentions`, those that do not name the prospect too, write the one-word forms."""
    capital = lower = 0
    needles = [form.text.casefold() for form in forms]
    for text in (text for mention in mentions for text in (headline(mention), mention.text[:LEAD_CHARACTERS])):
        folded = text.casefold()
        if any(needle in folded for needle in needles):
            found = _capitals(forms, (text,))
            capital, lower = capital + found[0], lower + found[2]
    return Usage(capital, lower)


def doubting(identity: Identity, mentions: Sequence[Mention]) -> Identity:
    """The identity, with the one-word forms doubtful that these texts use as everyday words."""
    return replace(identity, forms=tuple(replace(f, sure=f.sure and not _is_word(f, mentions)) for f in identity.forms))


def _is_word(form: Form, mentions: Sequence[Mention]) -> bool:
    return form.text.isascii() and len(form.text.split()) == 1 and usage((form,), mentions).is_word


def _full_names(prospect: Prospect, profile: AccountProfile) -> list[str]:
    names = (prospect.account.name, *prospect.account.aliases, *profile.names)
    return [name for name in names if name]
