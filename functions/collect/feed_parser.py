"""feedparser, kept from two things that a hostile feed can make it do: to compute for hours, and to fail.

Its search for an address in an author's name takes time with the square of the name's length (32 KB: 4 s; the project's
issue 562), and its handlers of some elements raise KeyError where an element stands that they do not expect. What is
longer than any name is cut before the search, what raises is passed over.
"""

from __future__ import annotations

import io
from typing import Any

from feedparser import api

_LONGEST = 500
"""Letters of an author's name and address."""
_UNEXPECTED = (LookupError, TypeError, ValueError)


class _Guarded:
    """Before one of feedparser's own parsers."""

    def _sync_author_detail(self, key: str = "author") -> None:
        context = self._get_context()  # type: ignore[attr-defined]
        if isinstance(told := context.get(key), str):
            context[key] = told[:_LONGEST]
        super()._sync_author_detail(key)  # type: ignore[misc]

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None:
        """Of any element, known or not."""
        try:
            super().unknown_starttag(tag, attrs)  # type: ignore[misc]
        except _UNEXPECTED:
            return

    def unknown_endtag(self, tag: str) -> None:
        """Of any element, known or not."""
        try:
            super().unknown_endtag(tag)  # type: ignore[misc]
        except _UNEXPECTED:
            return


PLAIN = {name: getattr(api, name) for name in ("StrictFeedParser", "LooseFeedParser")}
"""The parsers as they come."""
for _name, _parser in PLAIN.items():
    setattr(api, _name, type(_name, (_Guarded, _parser), {}))


def parsed(text: str, url: str) -> Any:
    """What feedparser makes of a feed from `url`.

    It is given a stream, because it takes bytes for the name of a local file first. Markup becomes plain text
    afterwards: cleaning it, and making its links absolute, would be in vain.
    """
    return api.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
