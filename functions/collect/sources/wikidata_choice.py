"""Which of Wikidata's items is the prospect: one is accepted with evidence only, the others are namesakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collect.question import Question
from collect.sources.wikidata_items import Item
from precall.model import Namesake
from precall.names import registrable_domain, short_name, site_domain
from precall.naming import is_ambiguous, names_of, site_label, words

_MOST_NAMESAKES = 8
WEBSITE, KIND = "P856", "P31"
_OF_COMPANIES = ("P1454", "P414", "P452", "P1128", "P5531", "P169", "P249", "P1297", "P2088", "P2139")
"""Legal form, stock exchange, industry, employees, CIK, chief executive, ticker, tax number, Crunchbase, revenue."""
_COMPANIES = frozenset(
    """
    Q4830453 Q6881511 Q783794 Q891723 Q43229 Q18388277 Q1058914 Q167037 Q22687 Q46970 Q786820 Q507619 Q163740 Q3918
    Q778575 Q658255 Q219577 Q2143354 Q613142 Q2085381 Q1762059 Q210167 Q161726 Q18127 Q1331793 Q11032 Q79913 Q249556
    Q270791 Q16917 Q875538 Q936518 Q740752 Q1589009
    """.split()
)
"""Business, enterprise, company, public company, organisation, technology company, bank, airline, …"""
_NOBODY = frozenset({"Q4167410", "Q4167836", "Q13442814", "Q101352", "Q202444", "Q11266439", "Q13406463"})
"""Disambiguation pages, categories, articles, family and given names, templates, lists."""
_HUMAN, _DISSOLVED = "Q5", "P576"


@dataclass(frozen=True)
class Choice:
    """The prospect's item, where the evidence is enough, and everybody else of its name."""

    item: Item | None
    namesakes: tuple[Namesake, ...]


def choose(items: Sequence[Item], question: Question) -> Choice:
    """The item whose official website is the prospect's domain; else the one living company of that name, if it has
    no rival, no other site, and a name that is no common word. `items` are in the order of the search."""
    named = [item for item in items if _is_called(item, question)]
    at_home = [item for item in items if _is_at_home(item, question)]
    candidates = at_home or [item for item in named if _may_be(item, question)]
    is_only_one = len(candidates) == 1 and not is_ambiguous(short_name(question.prospect.label))
    item = _best(candidates, question) if at_home or is_only_one else None
    alike = (other for other in items if _is_called(other, question, also_for_short=True))
    others = (other for other in alike if other is not item and not _NOBODY & set(other.values(KIND)))
    namesakes = tuple(Namesake(name=other.label, description=other.description) for other in others if other.label)
    return Choice(item, tuple(dict.fromkeys(namesakes))[:_MOST_NAMESAKES])


def _best(items: Sequence[Item], question: Question) -> Item:
    """Of several at one site (a company, its search engine) the company, then the one of the name, then the first."""
    return min(items, key=lambda item: (not _is_company(item), not _is_called(item, question)))


def _is_called(item: Item, question: Question, *, also_for_short: bool = False) -> bool:
    names = {_letters(n.text) for n in names_of(question.prospect.account) if n.searched or also_for_short}
    return any(_letters(name) in names for name in item.names)


def _may_be(item: Item, question: Question) -> bool:
    """A living company that is at no other site than the prospect's, as far as either is known."""
    sites = _sites(item)
    elsewhere = bool(sites and question.domain) and not any(
        site_label(site) == site_label(question.domain) for site in sites
    )
    return _is_company(item) and _DISSOLVED not in item.claims and not elsewhere


def _is_company(item: Item) -> bool:
    kinds = set(item.values(KIND))
    if _HUMAN in kinds or kinds & _NOBODY:
        return False
    return bool(kinds & _COMPANIES) or any(name in item.claims for name in _OF_COMPANIES)


def _is_at_home(item: Item, question: Question) -> bool:
    domain = registrable_domain(question.domain) if question.domain else ""
    return bool(domain) and _HUMAN not in item.values(KIND) and domain in _sites(item)


def _sites(item: Item) -> list[str]:
    return [registrable_domain(host) for url in item.values(WEBSITE) if (host := site_domain(url))]


def _letters(name: str) -> str:
    return "".join(words(short_name(name)))
