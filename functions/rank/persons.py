"""A person of whom no company is known: their name beside their role or country is all that there is to go by."""

from __future__ import annotations

from collections.abc import Sequence

from precall.identity import Identity
from precall.model import Mention, Proximity
from rank.proximity import SHOWN, Closeness, Judged
from rank.words import bag, terms, vectors

ANOTHER = "does not have the person's name beside their role or country"
BECAUSE = "has the name beside the role or country"
NEAR_CHARACTERS = 2_000
"""Characters of a text in which name and role are looked for."""
ABOUT = SHOWN
"""Nobody can tell people of one name apart by a text: such a mention is shown, and always marked as doubtful."""


def judge_person(identity: Identity, mentions: Sequence[Mention]) -> list[Judged]:
    """Each of `mentions`, oldest first, in the same order: close where it names them so, else set aside."""
    own = set(terms(identity.contact.text)) if identity.contact else set()
    weights = vectors([bag(mention.title, mention.text) for mention in mentions], own)
    return [_judged(identity, mention, vector) for mention, vector in zip(mentions, weights, strict=True)]


def _judged(identity: Identity, mention: Mention, vector: dict[str, float]) -> Judged:
    if not identity.names_prospect(f"{mention.title}\n{mention.text[:NEAR_CHARACTERS]}"):
        return Judged(mention, vector, None, ANOTHER)
    return Judged(mention, vector, Closeness(Proximity.CONTACT, ABOUT, BECAUSE), about=ABOUT)
