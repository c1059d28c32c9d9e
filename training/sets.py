"""The labelled sets as `score` meets them: text, target, gold. Needs no torch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rank.sentiment import TextAndTarget
from training.recipe import LABELS
from training.rows import read_jsonl


@dataclass(frozen=True)
class LabelledSet:
    """Texts with gold classes 0–2, index by index."""

    name: str
    pairs: list[TextAndTarget]
    gold: list[int]


def development_sets(data: Path) -> dict[str, LabelledSet]:
    """sentiment-train's dev rows by source, and SEntFiN's headlines whose targets have different labels."""
    raw: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in read_jsonl(data / "sentiment-train" / "dev.jsonl.gz"):
        raw[str(row["src"])].append(row)
    raw["sentfin_conflict"] = _conflicting(raw["sentfin"])
    return {name: _labelled(name, rows) for name, rows in raw.items()}


def unseen_sets(data: Path) -> dict[str, LabelledSet]:
    """The evaluation-only sets that are present: Financial PhraseBank (no target) and tweets about an entity."""
    found = {}
    if (path := data / "fpb" / "sentences.jsonl").exists():
        found["fpb"] = _labelled("fpb", [{**row, "target": ""} for row in read_jsonl(path)])
    if (path := data / "entity-tweets" / "tweets.jsonl").exists():
        rows = [{**row, "target": row["entity"]} for row in read_jsonl(path) if row["relevant"]]
        found["entity_tweets"] = _labelled("entity_tweets", rows)
    return found


def fiqa(data: Path) -> tuple[list[TextAndTarget], list[float]]:
    """FiQA and SSIX headlines and posts with scores −1…1; empty when absent."""
    path = data / "fiqa-ssix" / "items.jsonl"
    rows = list(read_jsonl(path)) if path.exists() else []
    return [_pair(row) for row in rows], [float(str(row["score"])) for row in rows]


def _pair(row: dict[str, object]) -> TextAndTarget:
    target = str(row.get("target") or "")
    return TextAndTarget(str(row["text"]), (target,) if target else (), "en")


def _labelled(name: str, rows: list[dict[str, object]]) -> LabelledSet:
    return LabelledSet(name, [_pair(row) for row in rows], [_class(row["label"]) for row in rows])


def _class(label: object) -> int:
    return LABELS.index(label) if isinstance(label, str) else int(str(label))


def _conflicting(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    labels: dict[object, set[object]] = defaultdict(set)
    for row in rows:
        labels[row["text"]].add(row["label"])
    return [row for row in rows if len(labels[row["text"]]) > 1]
