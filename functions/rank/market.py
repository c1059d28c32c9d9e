"""What tells of the prospect's market, among the mentions that a question about the market brought.

It is market news when its headline is about a named competitor (the models of
`rank.proximity` say that it is them, and either they are its main actor or a trigger event is theirs), or when its
headline or first lines have one of the market's phrases. What tells people what to buy is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from precall.headlines import headline
from precall.identity import identity_of
from precall.model import Account, AccountProfile, Collection, Market, Mention, Prospect, Proximity
from precall.naming import is_unspaced
from rank.belief import is_own
from rank.clauses import leads, marked
from rank.findings import Findings, find
from rank.hedges import is_advice
from rank.logistic import models
from rank.proximity import CLEAR, MAIN, SHOWN, Closeness, Judged, main_actor, probability
from rank.signals import SURE_ENOUGH, shows
from rank.words import bag, terms, vectors

CLOSENESS = 0.05
"""Less than the loosest mention that names the prospect may have (0.075)."""
NOT_MARKET = "tells of no competitor and no subject of their market"
NAMES_THEM = "came with their market's news, and names them or is theirs"
"""What names the prospect, or is on its site, is brought by the questions about it."""
LEAD_CHARACTERS = 300


def judge_market(collection: Collection, mentions: Sequence[Mention]) -> list[Judged]:
    """Each of `mentions`, which the question about the market brought, oldest first: with a closeness where it tells of
    the market and is not about the prospect, else with the reason why not."""
    identity = identity_of(collection.prospect, collection.profile)
    told = because(collection.market, mentions, collection.prospect.account.industry)
    asked_for = {word for text in (*collection.market.competitors, *collection.market.terms) for word in terms(text)}
    weights = vectors([bag(mention.title, mention.text) for mention in mentions], asked_for)
    theirs = [is_own(identity, each) or identity.names_prospect(f"{each.title}\n{each.text}") for each in mentions]
    return [
        Judged(mention, vector, *((None, NAMES_THEM) if is_theirs else _placed(why)))
        for mention, vector, is_theirs, why in zip(mentions, weights, theirs, told, strict=True)
    ]


def _placed(why: str) -> tuple[Closeness | None, str]:
    return (Closeness(Proximity.MARKET, CLOSENESS, why), "") if why else (None, NOT_MARKET)


def because(market: Market, mentions: Sequence[Mention], industry: str | None = None) -> list[str]:
    """For each of `mentions`, none of which names the prospect, why it tells of the market; "" where it does not."""
    if not mentions:
        return []
    rivals = [_Rival.among(name, mentions, industry) for name in market.competitors]
    return [_because(rivals, market.terms, i, mention) for i, mention in enumerate(mentions)]


@dataclass(frozen=True)
class _Rival:
    """A competitor, and what was found of it in the mentions."""

    name: str
    findings: Findings

    @classmethod
    def among(cls, name: str, mentions: Sequence[Mention], industry: str | None) -> _Rival:
        who = Prospect(account=Account(name=name, industry=industry))
        return cls(name, find(who, mentions, AccountProfile(), None))

    def is_told_of(self, i: int, mention: Mention) -> bool:
        """Whether mention `i` is about it: by the headline, where it stands for itself."""
        found = self.findings.evidence.get(i)
        if not (found and found["headline"]):
            return False
        if probability(self.findings, i) < (SHOWN if found["sure"] else CLEAR):
            return False
        forms = self.findings.identity.forms
        if leads(marked(headline(mention), forms)) and main_actor(models()["main"], found) >= MAIN:
            return True
        return any(shown.confidence >= SURE_ENOUGH for shown in shows(headline(mention), forms, mention))


def _because(rivals: Sequence[_Rival], phrases: Sequence[str], i: int, mention: Mention) -> str:
    if is_advice(headline(mention)):
        return ""
    rival = next((rival.name for rival in rivals if rival.is_told_of(i, mention)), "")
    if rival:
        return f"about {rival}, a competitor"
    term = next((term for term in phrases if _tells(term, mention)), "")
    return f"about their market: “{term}”" if term else ""


def _tells(term: str, mention: Mention) -> bool:
    return bool(_phrase(term).search(f"{headline(mention)}\n{mention.text[:LEAD_CHARACTERS]}"))


@lru_cache(maxsize=256)
def _phrase(term: str) -> re.Pattern[str]:
    """The term as a phrase, in the plural too; "cold chain" also where "cold-chain" is written."""
    body = r"[\s-]+".join(map(re.escape, term.split()))
    return re.compile(body if is_unspaced(term) else rf"(?<!\w){body}(?:s|es)?(?!\w)", re.IGNORECASE)
