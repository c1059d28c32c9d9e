"""What all searches have in common: several requests at once, of which some may fail."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping

from collect.batch import Batch
from collect.together import as_they_come
from precall.fetch import Door, FetchError, Page
from precall.fetch.threads import aside

Parse = Callable[[Page], Batch]
_DEADLINE = 60.0
"""Seconds for one request; the source's own deadline is shorter and ends everything."""


async def search(door: Door, url: str, asked: Iterable[Mapping[str, str]], parse: Parse) -> AsyncGenerator[Batch]:
    """A batch for each set of parameters in `asked`; one that fails gives a flaw, not an error."""
    answers = as_they_come(_one(door, url, params, parse) for params in asked)
    try:
        async for batch in answers:
            yield batch
    finally:
        await answers.aclose()


async def _one(door: Door, url: str, params: Mapping[str, str], parse: Parse) -> Batch:
    try:
        page = await door.get(url, params=params, deadline=_DEADLINE)
    except FetchError as error:
        return Batch(flaw=str(error))
    return await aside(parse, page)
