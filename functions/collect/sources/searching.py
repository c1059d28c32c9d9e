"""What all searches have in common: several requests at once, of which some may fail."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping

from collect.batch import Batch
from collect.together import as_they_come
from precall.fetch import Door, FetchError, Page
from precall.fetch.threads import aside

Parse = Callable[[Page], Batch]
DEADLINE = 60.0
"""Seconds for one request; the source's own deadline is shorter and ends everything."""


def search(door: Door, url: str, asked: Iterable[Mapping[str, str]], parse: Parse) -> AsyncGenerator[Batch]:
    """A batch for each set of parameters in `asked`; one that fails gives a flaw, not an error."""
    return as_they_come(answer(door, url, params, parse) for params in asked)


async def answer(door: Door, url: str, params: Mapping[str, str], parse: Parse) -> Batch:
    """What one request gave; a flaw, not an error, when it failed."""
    try:
        page = await door.get(url, params=params, deadline=DEADLINE)
    except FetchError as error:
        return Batch(flaw=str(error))
    return await aside(parse, page)
