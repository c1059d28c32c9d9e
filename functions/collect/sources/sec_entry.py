"""What the SEC's register says of a company: where it is listed, its industry, its seat."""

from __future__ import annotations

from typing import Any

from collect.json_answers import at, line
from collect.posts import post
from collect.question import Question
from precall.model import AccountFact, AccountProfile, Kind, Mention, TextOrigin

BROWSE = "https://www.sec.gov/edgar/browse/?CIK="
_NOT_LISTED = frozenset({"", "none"})


def entry_of(answer: Any, cik: str, name: str, question: Question) -> Mention:
    """The company's entry in the register, as sentences."""
    told = {"Listed": _listing(answer), "Industry": line(answer, "sicDescription"), "Headquarters": _seat(answer)}
    return post(
        question,
        source="sec_edgar",
        kind=Kind.REFERENCE,
        url=f"{BROWSE}{cik}",
        outlet="sec.gov",
        outlet_name="SEC EDGAR",
        title=f"{name}: entry in the SEC's register",
        text="\n".join([f"{name} (CIK {cik})", *(f"{what}: {value}" for what, value in told.items() if value)]),
        text_origin=TextOrigin.SNIPPET,
        language="en",
    )


def facts_of(answer: Any, entry: Mention) -> list[AccountFact]:
    """What the entry says; each value stands in its text."""
    listed, industry, seat = _listing(answer), line(answer, "sicDescription"), _seat(answer)
    facts = [
        AccountFact(name="listed", value=listed, mention_id=entry.id) if listed else None,
        AccountFact(name="industry", value=industry, mention_id=entry.id) if industry else None,
        AccountFact(name="headquarters", value=seat, mention_id=entry.id) if seat else None,
    ]
    return [fact for fact in facts if fact]


def profile_of(answer: Any, cik: str) -> AccountProfile:
    """Its number, and where its first class of shares is listed."""
    ticker, exchange = _first(answer, "tickers"), _first(answer, "exchanges")
    return AccountProfile(cik=cik, ticker=ticker or None, exchange=exchange or None)


def _listing(answer: Any) -> str:
    ticker, exchange = _first(answer, "tickers"), _first(answer, "exchanges")
    return f"{exchange}: {ticker}" if ticker and exchange else ""


def _seat(answer: Any) -> str:
    place = (line(answer, "addresses", "business", part) for part in ("city", "stateOrCountryDescription"))
    return ", ".join(part for part in place if part)


def _first(answer: Any, name: str) -> str:
    values = at(answer, name)
    found = values[0] if isinstance(values, list) and values else ""
    return found if isinstance(found, str) and found.lower() not in _NOT_LISTED else ""
