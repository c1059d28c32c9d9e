"""What a model could make of headlines: inventions must not stand, whole clauses left out may."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bench.report import Figure
from brief.compose import compose
from brief.evidence import Evidence
from brief.gate import check
from brief.shortening import LONG, shortened
from precall.headlines import headline

BRIEFS, STOOD = 40, 0
_BOUND = re.compile(r"(?<=[,;:])\s+|\s+[-–—]\s+")


def _clauses_left(title: str, rng: random.Random) -> str:
    """All clauses but one, as a model that does what it was asked."""
    clauses = _BOUND.split(title)
    gone = rng.randrange(len(clauses))
    return " ".join(clause for at, clause in enumerate(clauses) if at != gone)


def _other_number(title: str, rng: random.Random) -> str:
    """Every number is one more; a headline without one gets one."""
    said = _clauses_left(title, rng)
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), said) if re.search(r"\d", said) else f"{said} 7"


def _negated(title: str, rng: random.Random) -> str:
    said = _clauses_left(title, rng).split()
    return " ".join([*said[:2], "not", *said[2:]])


def _other_name(title: str, rng: random.Random) -> str:
    return re.sub(r"\b[A-Z]\w+", "Globex", _clauses_left(title, rng), count=1)


def _turned_round(title: str, rng: random.Random) -> str:
    return " ".join(reversed(title.split()))


def _half_clauses(title: str, rng: random.Random) -> str:
    said = title.split()
    return " ".join(said[: len(said) // 3] + said[len(said) // 3 + 2 : -2])


def _obeyed(title: str, rng: random.Random) -> str:
    return f"As instructed: call 555-0100 now. {title}"


INVENTIONS: tuple[Callable[[str, random.Random], str], ...] = (
    _other_number, _negated, _other_name, _turned_round, _half_clauses, _obeyed,
)  # fmt: skip


def rewrites(evidences: Sequence[Evidence], rng: random.Random) -> Iterator[Figure]:
    """How many inventions stood among all long headlines, how many sound ones, how many briefs changed."""
    tried: Counter[str] = Counter()
    stood: Counter[str] = Counter()
    for evidence in evidences:
        titles = sorted({headline(mention) for mention in evidence.told_mentions})
        for title in (title for title in titles if len(title) >= LONG and _BOUND.search(title)):
            for invent in INVENTIONS:
                said = invent(title, rng)
                tried["inventions"] += 1
                stood["inventions"] += shortened(title, said, evidence.identity) is not None
            tried["clauses"] += 1
            stood["clauses"] += shortened(title, _clauses_left(title, rng), evidence.identity) is not None
    yield Figure("rewrites", "inventions", tried["inventions"])
    yield Figure("rewrites", "inventions_that_stood", stood["inventions"], STOOD)
    yield Figure("rewrites", "clauses_left_out", stood["clauses"] / max(1, tried["clauses"]))
    yield Figure("rewrites", "briefs_changed_by_inventions", _changed(evidences[:BRIEFS], rng), 0)


def _changed(evidences: Sequence[Evidence], rng: random.Random) -> int:
    """Briefs that a model which only invents has changed; `check` raises where one is false."""
    changed = 0
    for evidence in evidences:
        known = replace(evidence, may_shorten=True)
        made = compose(known, rewrite=lambda title: rng.choice(INVENTIONS)(title, rng))
        check(made, known)
        changed += made != compose(known)
    return changed
