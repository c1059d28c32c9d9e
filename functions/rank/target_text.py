"""Where a text speaks of its target: finding the name, and the windows of the text that are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

MAX_CHARACTERS = 120_000
WINDOW_WORDS = 84
"""Words in a window: about 110 tokens, under the model's 128 with marks."""
WINDOW_CHARACTERS = 900
MAX_WINDOWS = 6
LEGAL_FORMS = frozenset(
    "inc incorporated corp corporation co company ltd limited plc llc lp llp gmbh ag sa nv bv spa ab asa oyj group "
    "holding holdings".split()
)
ORDINARY_WORDS = frozenset(
    """
    alphabet amazon ally apple arm ball best block boost box brave camping canvas carnival chase circle coach
    compass delta discover dish drift elastic envoy express figure flex focus forward front gap gusto harness
    hinge indeed insight intuit lime lever linear local loom lucid mars match max meta mercury miro monday next
    nest north notion now nu on open opera oracle orange otter outlook parade pilot plaid post progressive quest
    ramp rapid relay ring rocket root sabre salt scale segment shell signal slack snap snow sonic spark spirit
    spring sprint square stripe subway sun swift target tide tinder toast toggle unity vanguard virgin vision
    visa wave wise wish workday zoom
    """.split()
)
"""English words that are also names: as names they must be written as the name is."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[@#]?[A-Z0-9])|\n+")
_PIECES = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

Span = tuple[int, int]


def find_names(text: str, names: Sequence[str]) -> list[Span]:
    """Where any of `names` stands in `text`, without overlaps, in order.

    Case, spaces, hyphens and apostrophes may differ ("Home Depot", "#HomeDepot", "home-depot"), the legal form may be
    left out ("Acme" for "Acme Inc."). When the text has a name exactly as given, only exact ones count, and a name that
    is an ordinary word ("Target") counts only when so written, unless the text has no capitals at all.
    """
    found = [span for name in names for span in _find(text, name)]
    kept: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _find(text: str, name: str) -> list[Span]:
    found: list[Span] = []
    for form in name_forms(name):
        pattern = _pattern(form)
        spans = [m.span() for m in pattern.finditer(text)]
        found += as_written(text, form, spans) if form != form.lower() and text != text.lower() else spans
    return found


def as_written(text: str, form: str, spans: list[Span]) -> list[Span]:
    """The spans where `form` is written with its own capitals; all of them when none is and it is no ordinary word."""
    exact = [span for span in spans if text[slice(*span)] == form]
    return exact if exact or form.lower() in ORDINARY_WORDS else spans


@lru_cache(maxsize=1024)
def name_forms(name: str) -> tuple[str, ...]:
    """The name as given, without its legal form, and what it has in brackets: "Acme Widgets Inc. (AWI)"."""
    inside = re.findall(r"\(([^()]{2,})\)", name)
    outside = re.sub(r"\([^()]*\)", " ", name).strip(" .,")
    words = outside.split()
    while len(words) > 1 and words[-1].strip(".,").lower().replace(".", "") in LEGAL_FORMS:
        words.pop()
    short = " ".join(words).strip(" .,")
    forms = [outside, short, *(part.strip() for part in inside)]
    return tuple(dict.fromkeys(form for form in forms if _PIECES.search(form)))


@lru_cache(maxsize=1024)
def _pattern(form: str) -> re.Pattern[str]:
    pieces = [re.sub(r"s$", "['’]?s", piece) for piece in _PIECES.findall(_CAMEL.sub(" ", form))]
    between = r"(?:['’]s)?[\W_]{0,3}"
    return re.compile(rf"(?<![^\W_]){between.join(pieces)}(?:s\b|es\b)?(?![^\W_])", re.IGNORECASE)


def mark(text: str, spans: Sequence[Span], marks: tuple[str, str]) -> str:
    """`text` with the marks around each span."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{marks[0]}{text[start:end]}{marks[1]}{text[end:]}"
    return text


def sentences(text: str) -> list[Span]:
    """The spans of the text's sentences and lines; longer ones than a window are cut at words."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    bounds = [0, *ends, len(text)]
    whole = [(a, b) for a, b in pairwise(bounds) if text[a:b].strip()]
    return [part for span in whole for part in _cut(text, span)]


def _cut(text: str, span: Span) -> list[Span]:
    if span[1] - span[0] <= WINDOW_CHARACTERS // 2:
        return [span]
    parts, start = [], span[0]
    while span[1] - start > WINDOW_CHARACTERS // 2:
        space = text.rfind(" ", start + 1, start + WINDOW_CHARACTERS // 2)
        end = space if space > start else start + WINDOW_CHARACTERS // 2
        parts.append((start, end))
        start = end
    return [*parts, (start, span[1])]


def fits(text: str) -> bool:
    """Whether the text is read as one window."""
    return len(text) <= WINDOW_CHARACTERS and len(text.split()) <= WINDOW_WORDS


def windows(text: str, spans: Sequence[Span]) -> list[Span]:
    """The parts of `text` to read, at most six, in order.

    A text that fits is one window. Of a longer one, with spans: the sentences that hold one, each with what precedes
    and follows it as far as there is room; without spans: the beginning.
    """
    if fits(text):
        return [(0, len(text))]
    parts = sentences(text)
    holds = [i for i, part in enumerate(parts) if any(a < part[1] and b > part[0] for a, b in spans)]
    found: list[Span] = []
    for i in holds or range(len(parts)):
        if not found or parts[i][1] > found[-1][1]:
            found.append(_grow(text, parts, i, both=bool(spans)))
        if len(found) == (MAX_WINDOWS if spans else MAX_WINDOWS // 2):
            break
    return found


def _grow(text: str, parts: Sequence[Span], at: int, both: bool) -> Span:
    """The part `at` with the parts after it (and, with `both`, the one before) that fit into a window."""
    first = at - 1 if both and at and fits(text[parts[at - 1][0] : parts[at][1]]) else at
    last = at
    while last + 1 < len(parts) and fits(text[parts[first][0] : parts[last + 1][1]]):
        last += 1
    return parts[first][0], parts[last][1]
