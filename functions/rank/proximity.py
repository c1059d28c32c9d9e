"""How close a mention is to the prospect: about the contact, about the account, or naming it in passing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from precall.identity import MAX_TEXT, Form, Identity, identity_of
from precall.model import Mention, Prospect, Proximity
from rank.belief import believe, doubting, is_own
from rank.words import Vector, bag, terms, vectors

NOT_NAMED = "does not name the prospect"
ONLY_CONTACT = "names the contact, not the company"
NAMESAKE = "has a word like the company's name, and nothing else that points to it"
LEAD_CHARACTERS = 300
FIRST_WORDS = 1
"""So many words may stand before a name that comes first in its headline: who acts is mostly named first."""

VALUES = {
    "names the contact and the company": 1.0,
    "published by the company itself": 0.8,
    "names the company first in the headline": 0.95,
    "names the company in the headline": 0.75,
    "links to the company's site": 0.7,
    "names the company in its first lines": 0.4,
    "names the company in passing": 0.2,
}
"""What each closeness counts; the order of evidence is the order in which it is looked for."""


@dataclass(frozen=True)
class Closeness:
    """How close one mention is, as a value in 0…1 and as a clause."""

    proximity: Proximity
    because: str

    @property
    def value(self) -> float:
        """From `VALUES`."""
        return VALUES[self.because]


@dataclass(frozen=True)
class Judged:
    """A mention with either its closeness or the reason why it is set aside."""

    mention: Mention
    vector: Vector
    closeness: Closeness | None
    reason: str = ""


def judge(prospect: Prospect, mentions: Sequence[Mention]) -> list[Judged]:
    """Each of `mentions` with its closeness to `prospect`, in the same order."""
    identity = doubting(identity_of(prospect), mentions)
    bags = [bag(mention.title, mention.text) for mention in mentions]
    weights = vectors(bags, _own_terms(identity))
    believed = believe(identity, mentions, bags, weights)
    return [_judged(identity, *row) for row in zip(believed, mentions, weights, strict=True)]


def _own_terms(identity: Identity) -> set[str]:
    """The words of the names that were searched for: all mentions share them."""
    return {term for form in (*identity.forms, identity.contact) if form for term in terms(form.text)}


def _judged(identity: Identity, forms: tuple[Form, ...], mention: Mention, vector: Vector) -> Judged:
    closeness = _closeness(identity, forms, mention)
    return Judged(mention, vector, closeness, "" if closeness else _reason(identity, mention))


def _closeness(identity: Identity, forms: tuple[Form, ...], mention: Mention) -> Closeness | None:
    title, lead = mention.title, mention.text[:LEAD_CHARACTERS]
    top = f"{title}\n{lead}"
    own = is_own(identity, mention)
    named = own or any(form.find(f"{title}\n{mention.text[:MAX_TEXT]}") for form in forms)
    if identity.names_contact(top) and named:
        return Closeness(Proximity.CONTACT, "names the contact and the company")
    if own:
        return Closeness(Proximity.ACCOUNT, "published by the company itself")
    places = [place.start() for form in forms if (place := form.find(title))]
    if places:
        first = len(title[: min(places)].split()) <= FIRST_WORDS
        return Closeness(Proximity.ACCOUNT, f"names the company {'first ' if first else ''}in the headline")
    if identity.domain and identity.domain.find(top):
        return Closeness(Proximity.ACCOUNT, "links to the company's site")
    if any(form.find(lead) for form in forms):
        return Closeness(Proximity.PASSING, "names the company in its first lines")
    if named or (identity.domain and identity.domain.find(mention.text)):
        return Closeness(Proximity.PASSING, "names the company in passing")
    return None


def _reason(identity: Identity, mention: Mention) -> str:
    whole = f"{mention.title}\n{mention.text[:MAX_TEXT]}"
    if any(form.find(whole) for form in identity.doubtful):
        return NAMESAKE
    return ONLY_CONTACT if identity.names_contact(whole) else NOT_NAMED
