"""Bench `relevance`: is a mention about the prospect, and is the prospect its main actor? Companies never seen before.

Nothing is learnt from rows of the company that is scored: for each company the models are fitted again, by
`training.relevance`, on all others. Beside it stand the shipped weights on companies that they were not fitted on (only
held-back data has such), the same without the encoder, and two peers on the same rows: everything relevant, and the
best threshold on one cosine, chosen on the very rows that it is scored on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import market
from bench.measures import calibration_error, macro_f1
from bench.report import Figure, Report
from rank.logistic import WEIGHTS, Logistic, models
from rank.proximity import CERTAIN, MAIN, SHOWN, main_actor
from training.relevance import Example, examples, fit_models
from training.relevance_rows import further_names, labelled_set

THEM, THREE_WAY = 0.90, 0.70
"""Floors; we aim at .95 and .80."""
Probabilities = list[tuple[float, float]]
Models = Mapping[str, Logistic]


def run(data: Path | None = None) -> Report:
    """All figures; skipped where the labelled mentions are absent."""
    report = Report("relevance")
    if data is None or not (data / "relevance" / "mentions.jsonl").exists():
        report.skipped.append("relevance: no relevance/mentions.jsonl in the data folder")
        return report
    rows, further = examples(labelled_set(data)), examples(further_names(data))
    if not further:
        report.skipped.append("further names: no newsapi-replay in the data folder")
    every = [*rows, *further]
    left_out = leave_company_out(every)
    report.figures += _figures("leave-company-out", every, left_out, _of_the_set, THEM, THREE_WAY)
    report.figures += _errors(every, left_out)
    if further:
        report.figures += _figures("hard names, left out", every, left_out, lambda row: row.further)
    report.figures += _figures("without the encoder", every, leave_company_out(every, "about_words"), _of_the_set)
    report.figures += _shipped(rows) + _peers(rows)
    if further:
        report.figures += market.figures(data / "newsapi-replay")
    return report


def _of_the_set(row: Example) -> bool:
    return not row.further


def leave_company_out(rows: Sequence[Example], about: str = "about") -> Probabilities:
    """For each row the probabilities of models fitted on the other companies."""
    fitted = {
        company: fit_models([row for row in rows if row.company != company]) for company in {r.company for r in rows}
    }
    return [_judged(row, fitted[row.company], about) for row in rows]


def _judged(row: Example, by: Models, about: str = "about") -> tuple[float, float]:
    """The probabilities of being them and of being the main actor; 0 where nothing names the prospect."""
    if not row.found:
        return (CERTAIN if row.certain else 0.0), 0.0
    return CERTAIN if row.certain else by[about].probability(row.found), main_actor(by["main"], row.found)


def _three(probabilities: tuple[float, float]) -> int:
    about, main = probabilities
    return 0 if about < SHOWN else 2 if main >= MAIN else 1


def _figures(
    name: str,
    rows: Sequence[Example],
    found: Probabilities,
    chosen: Callable[[Example], bool],
    them: float | None = None,
    three_way: float | None = None,
) -> list[Figure]:
    pairs = [(row, judged) for row, judged in zip(rows, found, strict=True) if chosen(row)]
    gold = [row.label for row, _ in pairs]
    is_them, about = [int(label > 0) for label in gold], [judged[0] for _, judged in pairs]
    return [
        Figure(name, "rows", len(pairs)),
        Figure(name, "them or not, macro-F1", macro_f1(is_them, [int(p >= SHOWN) for p in about]), them, "above"),
        Figure(name, "three-way macro-F1", macro_f1(gold, [_three(judged) for _, judged in pairs]), three_way, "above"),
        Figure(name, "calibration error", calibration_error(is_them, about)),
    ]


def them_or_not(rows: Sequence[Example], found: Probabilities) -> float:
    """Macro-F1 of being them or not, over the rows of the set."""
    pairs = [(row, about) for row, (about, _) in zip(rows, found, strict=True) if _of_the_set(row)]
    return macro_f1([int(row.label > 0) for row, _ in pairs], [int(about >= SHOWN) for _, about in pairs])


def _errors(rows: Sequence[Example], found: Probabilities) -> list[Figure]:
    """By company of the set: rows shown that are not them, and rows of theirs set aside."""
    figures = []
    for company in sorted({row.company for row in rows if not row.further}):
        pairs = [(row, judged) for row, judged in zip(rows, found, strict=True) if row.company == company]
        own = [(row.label > 0, judged[0] >= SHOWN) for row, judged in pairs]
        figures.append(Figure("namesakes shown", company, sum(shown and not them for them, shown in own)))
        figures.append(Figure("theirs set aside", company, sum(them and not shown for them, shown in own)))
    return [figure for figure in figures if figure.value]


def _shipped(rows: Sequence[Example]) -> list[Figure]:
    """The weights as they are, on companies that they were not fitted on."""
    seen = set(json.loads(WEIGHTS.read_text(encoding="utf-8"))["trained_on"])
    unseen = [row for row in rows if row.company not in seen]
    judged = [_judged(row, models()) for row in unseen]
    return _figures("shipped, unseen", unseen, judged, _of_the_set, THEM, THREE_WAY) if unseen else []


def _peers(rows: Sequence[Example]) -> list[Figure]:
    gold = [int(row.label > 0) for row in rows]
    fits = [row.found["fits"] if row.found else -1.0 for row in rows]
    best = max(macro_f1(gold, [int(fit >= bound / 100) for fit in fits]) for bound in range(100))
    return [
        Figure("peers", "everything relevant, macro-F1", macro_f1(gold, [1] * len(gold))),
        Figure("peers", "named, and one cosine, macro-F1", best),
    ]
