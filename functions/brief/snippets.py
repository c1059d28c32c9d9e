"""What a brief quotes, for its account's profile: the incidents, then the stories' headlines."""

from __future__ import annotations

from collections.abc import Iterator

from precall.model import Brief, Sentence, SignalKind
from precall.model.snippet import LONGEST, Snippet

MOST = 10


def snippets_of(brief: Brief) -> tuple[Snippet, ...]:
    """Each source once, at most ten. Quotes only: what the brief says in its own words is told anew each time."""
    found: dict[str, Snippet] = {}
    for signal, sentence in _quotes(brief):
        if sentence.kind == "quote" and sentence.citations:
            cited = sentence.citations[0]
            found.setdefault(
                cited.url,
                Snippet(
                    text=sentence.text[:LONGEST],
                    url=cited.url,
                    outlet=cited.outlet,
                    published_at=cited.published_at,
                    signal=signal,
                ),
            )
    return tuple(found.values())[:MOST]


def _quotes(brief: Brief) -> Iterator[tuple[SignalKind | None, Sentence]]:
    yield from ((signal.kind, signal.quote) for signal in brief.signals)
    yield from ((None, story.headline) for story in brief.stories if not story.sensitive)
