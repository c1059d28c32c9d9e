"""Headlines as their outlets wrote them, without what sites and searches append."""

from __future__ import annotations

import re
from functools import lru_cache

from precall.model.mention import Mention
from precall.naming import words

_BETWEEN = r"(?:\s[-–—|·•»:]+\s|\s?\|\s?)"
_APPENDED = re.compile(rf"{_BETWEEN}(?=[^|]{{2,40}}$)")
_PREPENDED = re.compile(r"^([^|:»]{2,40}?)\s?[|»]\s")
_COMMON = ("", "com", "news", "online", "magazine", "blog", "onlinecom", "uk", "couk", "international", "us", "today",
           "india", "australia", "canada", "asia", "europe", "africa", "singapore", "usa")  # fmt: skip
"""What outlets add to their names: "BBC News", "Reuters.com", "PCMag India"."""
_RELAYS = frozenset({"yahoonews", "yahoofinance", "yahoosports", "msn", "msncom", "googlenews", "aolcom", "newsbreak"})
"""Sites that carry other outlets' articles and append their own name."""
_SHORTEST_ABBREVIATION = 4


def headline(mention: Mention) -> str:
    """The mention's title without the outlet's name at its end: "Uber buys Postmates - The Verge" → "Uber buys …"."""
    return without_outlet(mention.title, mention.outlet_name, mention.outlet)


@lru_cache(maxsize=16_384)  # the steps ask for the same headline again and again
def without_outlet(title: str, outlet_name: str, outlet: str) -> str:
    """`title` without the outlet's name, and a section before it, at its end ("… | Business | Reuters"), or with a
    bar at its start. `outlet` is the registrable domain. Never empty unless `title` is."""
    told = title.strip()
    names = {_letters(outlet_name), _letters(outlet.partition(".")[0])} - {""}
    cut = _cut_end(told, names)
    if cut != told:
        return cut
    first = _PREPENDED.match(told)
    return told[first.end() :].lstrip() or told if first and _is_outlet(first[1], names) else told


def _cut_end(title: str, names: set[str]) -> str:
    """A bar may have sections before the name; a dash belongs to the headline but for the last."""
    *_, last = [None, *_APPENDED.finditer(title)]
    if last is None or not _is_outlet(title[last.end() :], names):
        return title
    kept = title[: last.start()].rstrip()
    if "|" in last[0]:
        first, _, section = kept.partition("|")
        kept = first.rstrip() if 0 < len(section.split()) < len(first.split()) else kept
    return kept or title


def _is_outlet(tail: str, names: set[str]) -> bool:
    """Whether `tail` is the outlet's name, perhaps as its domain abbreviates it: "New York Times" for nytimes.com."""
    said = tuple(words(tail))
    joined = "".join(said).removeprefix("the")
    return joined in _RELAYS or (bool(joined) and any(_is_name(joined, said, name) for name in names))


def _is_name(joined: str, said: tuple[str, ...], name: str) -> bool:
    longer, shorter = sorted((joined, name), key=len, reverse=True)
    if longer.startswith(shorter):
        return longer.removeprefix(shorter) in _COMMON
    return len(name) >= _SHORTEST_ABBREVIATION and _abbreviates(name, said)


def _abbreviates(name: str, said: tuple[str, ...]) -> bool:
    """Whether `name` consists of a beginning of each word, in their order; "the" may be left out."""
    if not said:
        return not name
    rest = said[1:]
    if said[0] == "the" and _abbreviates(name, rest):
        return True
    lengths = range(1, min(len(name), len(said[0])) + 1)
    return len(said) <= 6 and any(name[:n] == said[0][:n] and _abbreviates(name[n:], rest) for n in lengths)


def _letters(name: str) -> str:
    return "".join(words(name)).removeprefix("the")
