"""Who of those registered with the SEC is the prospect: a match only where the name leaves no doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from collect.json_answers import json_of
from precall.common_words import DESCRIPTORS, EMPTY_REMAINDERS
from precall.fetch import Page
from precall.model import AccountProfile, Namesake
from precall.names import short_name
from precall.naming import is_ambiguous, words

_STATE = re.compile(r"(?<!\s)\s*+[/\\][A-Z]{2,3}[/\\]?\s*$")
_SHORTEST = 3
_MOST_NAMESAKES = 5
_FORMS = {"incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd"}


@dataclass(frozen=True)
class Registrant:
    """A row of the SEC's list; `cik` without leading zeros."""

    cik: str
    name: str
    ticker: str
    exchange: str | None = None

    @property
    def listing(self) -> str:
        """`NYSE: UBER`."""
        return f"{self.exchange}: {self.ticker}" if self.exchange else self.ticker


def registrants(page: Page) -> tuple[list[Registrant], str | None]:
    """The rows of `company_tickers_exchange.json`, which names its columns; and a clause where it is something else."""
    answer, flaw = json_of(page)
    if flaw:
        return [], flaw
    fields, rows = (answer.get(name) if isinstance(answer, dict) else None for name in ("fields", "data"))
    if not isinstance(rows, list) or not isinstance(fields, list) or not {"cik", "name", "ticker"} <= set(fields):
        return [], "the list of registrants has no columns cik, name and ticker"
    found = (dict(zip(fields, row, strict=False)) for row in rows if isinstance(row, list))
    return [_registrant(row) for row in found if row.get("cik") and row.get("name") and row.get("ticker")], None


def profile_of(known: Iterable[Registrant], names: Iterable[str]) -> AccountProfile:
    """The one registrant that one of `names` means, with others of that name as namesakes; empty where several may be
    meant, or where a common word is all that speaks for it."""
    asked = [name for name in names if len(_key(name)) >= _SHORTEST]
    near = _beginning_alike(known, asked)
    match = _only(row for row in near for name in asked if _is_same(row.name, name))
    match = match or _only(row for row in near for name in asked if _says_more(row.name, name))
    if match is None:
        return AccountProfile()
    brands = _brands(asked)
    strangers = (row for row in near if row.cik != match.cik and _spoken(row.name)[0] in brands)
    others = {row.cik: row for row in strangers if not any(_continues(row.name, name) for name in asked)}
    return AccountProfile(
        cik=match.cik,
        ticker=match.ticker,
        exchange=match.exchange,
        namesakes=tuple(
            Namesake(name=row.name, description=f"listed as {row.listing}")
            for row in list(others.values())[:_MOST_NAMESAKES]
        ),
    )


def _registrant(row: dict[str, object]) -> Registrant:
    exchange = row.get("exchange")
    return Registrant(
        str(row["cik"]).lstrip("0"),
        str(row["name"]),
        str(row["ticker"]),
        exchange if isinstance(exchange, str) else None,
    )


def _only(found: Iterable[Registrant]) -> Registrant | None:
    """The first row of the one registrant in `found`: its main class of shares comes first."""
    rows = list(found)
    return rows[0] if len({row.cik for row in rows}) == 1 else None


def _is_same(registered: str, name: str) -> bool:
    """The same name, legal form aside; for a common word the legal form counts too ("Target" may be anybody)."""
    if _key(registered) != _key(name):
        return False
    return not is_ambiguous(short_name(name)) or _formal(registered) == _formal(name)


def _says_more(registered: str, name: str) -> bool:
    """ "Uber Technologies" where "Uber" is asked for."""
    longer, shorter = _spoken(registered), _spoken(name)
    more = longer[len(shorter) :]
    starts = bool(shorter) and longer[: len(shorter)] == shorter
    return starts and bool(more) and not is_ambiguous(" ".join(shorter)) and all(word in DESCRIPTORS for word in more)


def _brands(names: Iterable[str]) -> set[str]:
    """The first words that tell: "delta" where "Delta" is one of the names, "uber" of "Uber Technologies"."""
    spoken = [_spoken(name) for name in names]
    alone = {parts[0] for parts in spoken if len(parts) == 1}
    telling = {parts[0] for parts in spoken if len(parts[0]) > _SHORTEST and not is_ambiguous(parts[0])}
    return (alone | telling) - EMPTY_REMAINDERS


def _continues(registered: str, name: str) -> bool:
    """ "Morgan Stanley India Fund" is the bank's own."""
    ours = _spoken(name)
    return len(ours) > 1 and _spoken(registered)[: len(ours)] == ours


def _beginning_alike(known: Iterable[Registrant], names: Iterable[str]) -> list[Registrant]:
    """Those worth a closer look: ten thousand names are many."""
    letters = {_key(name)[0] for name in names}
    return [row for row in known if _folded(row.name).removeprefix("the ")[:1] in letters and _spoken(row.name)]


def _spoken(name: str) -> list[str]:
    bare = short_name(_STATE.sub("", name))
    spoken = [word for word in words(re.sub("['’]", "", _folded(bare))) if word != "and"]
    return spoken[1:] if spoken[:1] == ["the"] and len(spoken) > 1 else spoken


def _folded(name: str) -> str:
    """In lower case and without accents."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower() or name.lower()


def _key(name: str) -> str:
    return "".join(_spoken(name))


def _formal(name: str) -> list[str]:
    return [_FORMS.get(word, word) for word in words(_STATE.sub("", name))]
