"""Who an account's market is: what `precall.yaml` says for its industry, else the industry itself; never a guess.

A word of the industry alone says nothing ("logistics" is in every second headline), a phrase does: an industry without
settings is told of by "logistics industry", "logistics market", "logistics sector".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from precall.model.account import AccountProfile
from precall.model.lead import Account
from precall.model.mention import Market
from precall.naming import is_ambiguous, is_unspaced, names_of, words

ANY = "any"
MOST_COMPETITORS, MOST_TERMS = 10, 6
"""Together half of the words that a search reads."""
_MOST_WORDS = 3
"""Words of an industry that still stand together in a text; "information technology and services" never do."""
_TOLD_AS = ("industry", "market", "sector")
_PARTS = re.compile(r"[,/;|]")
_PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


def _company(name: str) -> str:
    if is_ambiguous(name):
        raise ValueError(f'"{name}" is also a word; write the full name, for example "{name} Corporation"')
    return name


def _phrase(text: str) -> str:
    if len(words(text)) < 2 and not is_unspaced(text):
        raise ValueError(f'"{text}" is one word, which finds too much; write a phrase, for example "warehouse robots"')
    return text


_Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
_Company = Annotated[_Short, AfterValidator(_company)]
_Phrase = Annotated[_Short, AfterValidator(_phrase)]


class MarketSettings(Market):
    """Who competes with the accounts of an industry (`any`: of all), by name as written in full, and phrases of two
    words or more that tell of their market. News of both stands in the brief, below all that is about the account."""

    competitors: tuple[_Company, ...] = Field(default=(), max_length=MOST_COMPETITORS)
    terms: tuple[_Phrase, ...] = Field(default=(), max_length=MOST_TERMS)


Markets = dict[str, MarketSettings]


def market_of(markets: Mapping[str, Market], account: Account, profile: AccountProfile) -> Market:
    """The market of an account: the settings of its industry (compared without regard to case) with those for `any`;
    phrases of the first industry where that has none. The account is no competitor of its own."""
    industries = [_said(part) for part in _PARTS.split(account.industry or profile.industry or "")]
    own_markets = [market for name, market in markets.items() if _said(name) in industries]
    found = [*own_markets, *(market for name, market in markets.items() if _said(name) == ANY)]
    own = {name.text.casefold() for name in names_of(account, profile)}
    competitors = _each_once(name for market in found for name in market.competitors)
    terms = [*(term for market in found for term in market.terms), *([] if own_markets else _phrases_of(industries[0]))]
    return Market(
        competitors=tuple(name for name in competitors if not _names(name) & own)[:MOST_COMPETITORS],
        terms=tuple(_each_once(terms))[:MOST_TERMS],
    )


def _said(industry: str) -> str:
    """ "COMPUTER_SOFTWARE" and "software industry" as people say it: "computer software", "software"."""
    plain = " ".join(industry.replace("_", " ").split()).casefold()
    return re.sub(rf" (?:{'|'.join(_TOLD_AS)})$", "", plain)


def _phrases_of(industry: str) -> list[str]:
    if not _PLAIN.fullmatch(industry) or len(industry.split()) > _MOST_WORDS:
        return []
    return [f"{industry} {word}" for word in _TOLD_AS]


def _names(competitor: str) -> set[str]:
    return {name.text.casefold() for name in names_of(Account(name=competitor))}


def _each_once(texts: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(text.casefold(), text)
    return list(first.values())
