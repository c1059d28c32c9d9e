"""Labelled rows: reading, cleaning, marking the target, and what one epoch is made of."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.recipe import MARK_CLOSE, MARK_OPEN, Recipe

WORDS_BEFORE, WORDS_AFTER = 40, 50
PRONOUNS = frozenset("he him his she her hers they them their it its i me my we us our you your who".split())
EVALUATION_ONLY = ("fpb/sentences.jsonl", "fiqa-ssix/items.jsonl", "entity-tweets/tweets.jsonl")


@dataclass(frozen=True)
class Row:
    """One labelled text; `spans` are the character ranges of the target, empty for general tone."""

    text: str
    label: int
    source: str
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def target(self) -> str:
        """The target as it is written in the text, "" when the whole text is judged."""
        return self.text[slice(*self.spans[0])] if self.spans else ""


@dataclass(frozen=True)
class Example:
    """What the model sees: text with the target marked, class 0–2, and the source for its class shares.

    `trust` is how much the label counts against a teacher's judgement, 0–1.
    """

    text: str
    label: int
    source: str
    trust: float = 1.0


def fingerprint(text: str) -> str:
    """Letters and digits only, lower case: equal for texts that differ in spacing or punctuation."""
    return "".join(c for c in text.lower() if c.isalnum())


def read_jsonl(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a .jsonl or .jsonl.gz file."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from map(json.loads, content.splitlines())


def occurrences(text: str, target: str) -> list[tuple[int, int]]:
    """Where `target` stands in `text` as whole words, whatever the case; [] when it does not."""
    pattern = rf"(?<!\w){re.escape(target)}(?!\w)"
    return [m.span() for m in re.finditer(pattern, text, re.IGNORECASE)] if target.strip() else []


def to_row(raw: dict[str, object]) -> Row | None:
    """A raw record as a row whose first span is the annotated one; None when its target is not in the text."""
    text, target, source = str(raw["text"]), str(raw.get("target") or ""), str(raw["src"])
    label = int(str(raw["label"]))
    if not target:
        return Row(text, label, source)
    found = occurrences(text, target)
    if "frm" in raw:
        annotated = (int(str(raw["frm"])), int(str(raw["to"])))
        found = [annotated] + [s for s in found if s[1] <= annotated[0] or s[0] >= annotated[1]]
    return Row(text, label, source, tuple(found)) if found else None


def mark(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with « and » around each span."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{MARK_OPEN}{text[start:end]}{MARK_CLOSE}{text[end:]}"
    return text


def around_mark(text: str) -> str:
    """At most 40 words before and 50 after the first mark, so that a cut never loses the target."""
    words = text.split()
    if len(words) <= WORDS_BEFORE + WORDS_AFTER:
        return text
    first = next((i for i, word in enumerate(words) if MARK_OPEN.strip() in word), 0)
    return " ".join(words[max(0, first - WORDS_BEFORE) : first + WORDS_AFTER])


def read_split(data: Path, split: str) -> list[Row]:
    """The rows of sentiment-train's `train` or `dev` part."""
    raw = read_jsonl(data / "sentiment-train" / f"{split}.jsonl.gz")
    return [row for row in map(to_row, raw) if row is not None]


def kept_out(data: Path) -> set[str]:
    """Fingerprints of the development and evaluation texts: nothing with one is trained on."""
    found = {fingerprint(row.text) for row in read_split(data, "dev")}
    for name in EVALUATION_ONLY:
        if (data / name).exists():
            found |= {fingerprint(str(raw["text"])) for raw in read_jsonl(data / name)}
    return found


def training_rows(data: Path, recipe: Recipe) -> list[Row]:
    """Training rows of the recipe's sources, without repeats and without any development or evaluation text."""
    out = kept_out(data)
    rows = (row for row in read_split(data, "train") if row.source in recipe.sources)
    return list(dict.fromkeys(row for row in rows if fingerprint(row.text) not in out))


def company_names(data: Path) -> list[str]:
    """Names of listed companies without their legal form, to swap for targets; [] when the file is absent."""
    path = data / "companies" / "sec_company_tickers.csv.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        names = [line.rstrip("\n").split(",", 3)[-1].strip('" ') for line in lines][1:]
    legal = re.compile(r"[\s,]+(inc|corp|co|ltd|plc|llc|lp|holdings?|group|n\.?v|s\.?a|/.*)\b\.?.*$", re.IGNORECASE)
    cleaned = {legal.sub("", name).strip() for name in names}
    return sorted(name for name in cleaned if 2 < len(name) < 30)
