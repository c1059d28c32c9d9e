"""Is it them, and how close: about the contact, about the account as main actor, or naming it in passing (what tells of
its market: `rank.market`).

Every mention that names the prospect gets two probabilities: that it is about them and not a namesake, and that they
are its main actor. Both are logistic models over named features (`rank.evidence`, `rank.meaning`), fitted by
`training/relevance.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from precall.identity import MAX_TEXT, Identity
from precall.model import AccountProfile, Mention, Prospect, Proximity
from rank.average_link import Matrix
from rank.belief import is_own
from rank.evidence import Evidence
from rank.findings import Findings, find
from rank.logistic import Logistic, models
from rank.meaning import Embed
from rank.sighting import Sighting
from rank.words import Vector, bag, terms, vectors

NOT_NAMED = "does not name the prospect"
ONLY_CONTACT = "names the contact, not the company"
NAMESAKE = "has a word like the company's name, and little that points to it"
NEAR_CHARACTERS = 300
"""Characters of a text in which a contact is near the headline."""
SHOWN, CLEAR, CERTAIN = 0.5, 0.75, 0.99
"""Probability from which a mention is shown, from which it is not doubtful any more, and of what is certain."""
MAIN = 0.55
"""Probability from which the account is the main actor."""
ONLY_IN_TEXT = 0.5
"""What is left of that where the headline does not name the account: who acts stands in the headline."""
BY_NAMES = ", judged by names alone"
"""Added to every clause when the encoder was to be asked and was not available."""
_CONTACT, _OWN, _LINKED, _LEAST, _SPREAD = 1.0, 0.8, 0.7, 0.15, 0.8


@dataclass(frozen=True)
class Closeness:
    """How close one mention is: its class, a value in 0…1 that grows with both probabilities, and a clause."""

    proximity: Proximity
    value: float
    because: str


@dataclass(frozen=True)
class Judged:
    """A mention with either its closeness or the reason why it is set aside.

    `about` is the probability that it is about the prospect; `vector` has its words, `meaning` its embedding.
    """

    mention: Mention
    vector: Vector
    closeness: Closeness | None
    reason: str = ""
    about: float = 0.0
    meaning: Matrix | None = None

    @property
    def doubtful(self) -> bool:
        """Whether it may well be about a namesake."""
        return self.about < CLEAR


def judge(
    prospect: Prospect, mentions: Sequence[Mention], profile: AccountProfile | None = None, embed: Embed | None = None
) -> list[Judged]:
    """Each of `mentions`, oldest first, with its closeness to `prospect`, in the same order.

    `embed` gives sentence embeddings; without it, or when it raises ModelUnavailable, names and words alone decide.
    """
    findings = find(prospect, mentions, profile or AccountProfile(), embed)
    weights = vectors([bag(mention.title, mention.text) for mention in mentions], _own_terms(findings.identity))
    rows = {i: row for row, i in enumerate(findings.told)}
    judged = []
    for i, mention in enumerate(mentions):
        about = probability(findings, i)
        shown = i in rows and about >= SHOWN
        closeness = _closeness(findings, i, mention, about)
        meaning = findings.meanings.plain[rows[i]] if findings.meanings and i in rows else None
        reason = "" if shown else _reason(findings.identity, mention, i in rows)
        judged.append(Judged(mention, weights[i], closeness if shown else None, reason, about, meaning))
    return judged


def meanings_of(judged: Sequence[Judged]) -> Matrix | None:
    """Their embeddings, a row each; None where there was no encoder."""
    rows = [each.meaning for each in judged if each.meaning is not None]
    return np.stack(rows) if rows and len(rows) == len(judged) else None


def probability(findings: Findings, i: int) -> float:
    """The probability that mention `i` is about the prospect; 0 when nothing names it.

    A name of a letter or two is one only where something of a company or of its industry stands near it.
    """
    if i in findings.certain:
        return CERTAIN
    found = findings.evidence.get(i)
    if not found or (found["tiny"] and not (found["company"] or found["industry"])):
        return 0.0
    return about_model(found).probability(found)


def about_model(found: Evidence) -> Logistic:
    """The model for these features: with the encoder's, or without."""
    return models()["about" if "fits" in found else "about_words"]


def main_actor(model: Logistic, found: Evidence) -> float:
    """The probability that the account is the main actor."""
    return model.probability(found) * (1.0 if found["headline"] else ONLY_IN_TEXT)


def _own_terms(identity: Identity) -> set[str]:
    """The words of the names that were searched for: all mentions share them."""
    return {term for form in (*identity.forms, identity.contact) if form for term in terms(form.text)}


def _closeness(findings: Findings, i: int, mention: Mention, about: float) -> Closeness:
    identity, found, reading = findings.identity, findings.evidence.get(i), findings.readings[i]
    if identity.names_contact(f"{mention.title}\n{mention.text[:NEAR_CHARACTERS]}"):
        return Closeness(Proximity.CONTACT, _CONTACT * about, "names the contact and the company")
    if is_own(identity, mention):
        return Closeness(Proximity.ACCOUNT, _OWN, "published by the company itself")
    if not (found and reading and reading.places):
        return Closeness(Proximity.ACCOUNT, _LINKED, "links to the company's site")
    main = main_actor(models()["main"], found)
    proximity, suffix = (Proximity.ACCOUNT, "") if main >= MAIN else (Proximity.PASSING, ", in passing")
    because = f"{_where(reading)}{suffix}{BY_NAMES if findings.by_names else ''}"
    return Closeness(proximity, (_LEAST + _SPREAD * main) * about, because)


def _where(reading: Sighting) -> str:
    if reading.in_title:
        return f"names the company {'first ' if reading.in_title[0].opens else ''}in the headline"
    return "names the company in its text"


def _reason(identity: Identity, mention: Mention, named: bool) -> str:
    if named:
        return NAMESAKE
    whole = f"{mention.title}\n{mention.text[:MAX_TEXT]}"
    return ONLY_CONTACT if identity.names_contact(whole) else NOT_NAMED
