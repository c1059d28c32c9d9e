"""What all sources that send several requests have in common: they go out at once, and some may fail."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from dataclasses import dataclass

from collect.batch import Batch
from collect.together import as_they_come
from precall.fetch import Door, FetchError, HttpStatus, Page
from precall.fetch.threads import aside

Parse = Callable[[Page], Batch]
DEADLINE = 60.0
"""Seconds for one request; the source's own deadline is shorter and ends everything."""
_BYTES = 2_000_000


@dataclass(frozen=True)
class Inquiry:
    """One request, and how its answer is read. `limit` is in bytes; where `may_be_absent`, an answer of 404 says that
    there is nothing, which is no failure."""

    url: str
    parse: Parse
    params: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    limit: int = _BYTES
    may_be_absent: bool = False


def search(door: Door, url: str, asked: Iterable[Mapping[str, str]], parse: Parse) -> AsyncGenerator[Batch]:
    """A batch for each set of parameters in `asked`; one that fails gives a flaw, not an error."""
    return inquire(door, (Inquiry(url, parse, params) for params in asked))


async def inquire(door: Door, inquiries: Iterable[Inquiry]) -> AsyncGenerator[Batch]:
    """A batch for each of `inquiries`, in the order in which the answers come; one that fails gives a flaw."""
    answers = as_they_come(inquired(door, inquiry) for inquiry in inquiries)
    try:
        async for batch in answers:
            yield batch
    finally:
        await answers.aclose()


async def answer(door: Door, url: str, params: Mapping[str, str], parse: Parse) -> Batch:
    """What one request gave; a flaw, not an error, when it failed."""
    return await inquired(door, Inquiry(url, parse, params))


async def inquired(door: Door, inquiry: Inquiry) -> Batch:
    """What the answer to `inquiry` says, or a flaw; never a FetchError."""
    try:
        page = await door.get(
            inquiry.url,
            params=inquiry.params,
            headers=inquiry.headers,
            limit=inquiry.limit,
            deadline=DEADLINE,
        )
    except FetchError as error:
        is_absent = inquiry.may_be_absent and isinstance(error, HttpStatus) and error.status == 404
        return Batch() if is_absent else Batch(flaw=str(error))
    return await aside(inquiry.parse, page)
