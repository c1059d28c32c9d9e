"""Whether a lead fits a rule of the team."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from precall.countries import country_code
from precall.model import Account, Lead
from precall.routing_settings import Condition

_Fits = Callable[[str, str], bool]


def fits(lead: Lead, condition: Condition) -> bool:
    """Whether each field that the condition gives is one of its words; what is not known of a lead fits nothing."""
    return all(held for _, held in _held(lead, condition))


def told(condition: Condition) -> str:
    """The condition as a person reads it: "country AT or DE, employees from 500"."""
    given = condition.model_dump(exclude_none=True)
    return ", ".join(f"{name.replace('_', ' ')} {_words(value)}" for name, value in given.items())


def _held(lead: Lead, condition: Condition) -> Iterator[tuple[str, bool]]:
    account = lead.prospect.account if lead.prospect else Account()
    said: dict[str, tuple[str | None, _Fits]] = {
        "country": (account.country, lambda known, word: country_code(known) == country_code(word)),
        "industry": (account.industry, _same),
        "domain": (account.domain, lambda known, word: fnmatchcase(known.casefold(), word.casefold())),
        "source": (lead.source, _same),
        "product_line": (lead.product_line, _same),
    }
    for name, (known, same) in said.items():
        words = getattr(condition, name)
        if words is not None:
            yield name, known is not None and any(same(known, word) for word in words)
    yield from _size(lead.employees, condition)


def _size(employees: int | None, condition: Condition) -> Iterator[tuple[str, bool]]:
    low, high = condition.employees_from, condition.employees_below
    if low is not None:
        yield "employees_from", employees is not None and employees >= low
    if high is not None:
        yield "employees_below", employees is not None and employees < high


def _same(known: str, word: str) -> bool:
    return known.casefold().strip() == word.casefold()


def _words(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
