"""What is trained on what, and how long: every number that shapes the model is here."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

LABELS = ("negative", "neutral", "positive")
MARK_OPEN, MARK_CLOSE = "« ", " »"
LAYER = Path("layers/sentiment/model")

#: Share of each source's rows that one epoch takes (above 1: taken more than once).
ALL_SOURCES = {
    "newsmtsc": 1.0,
    "sentfin": 1.0,
    "finentity": 3.0,  # 1,125 rows, but the closest to a business brief
    "acl14": 1.0,
    "semeval_ce": 0.3,  # noisy: a fresh third each epoch
    "tweeteval": 0.5,
}
#: The sets whose publishers state a licence that allows redistribution of derivatives.
PERMISSIVE_SOURCES = {"newsmtsc": 1.0, "sentfin": 1.0, "finentity": 3.0}


@dataclass(frozen=True)
class Recipe:
    """Hyper-parameters of one run; written beside the model so that it can be repeated."""

    sources: dict[str, float] = field(default_factory=lambda: dict(ALL_SOURCES))
    #: Share of all these rows: below 1 for a rehearsal, which goes through every step in minutes.
    share: float = 1.0
    seed: int = 20261122
    epochs: int = 4
    batch_rows: int = 48
    max_tokens: int = 128
    learning_rate: float = 1.2e-4
    warmup_share: float = 0.06
    weight_decay: float = 0.01
    label_smoothing: float = 0.05
    dropout: float = 0.1
    #: Balanced softmax (Ren et al. 2020): the log of the source's class shares is added to the logits while
    #: training, so that the model does not learn that tweets are rarely negative and topics mostly liked.
    prior_strength: float = 1.0
    #: Share of marked rows whose target is swapped for a company name, so that names carry no sentiment.
    swap_share: float = 0.15
    #: Share of texts with one undisputed label that are also given without a mark, as general tone.
    tone_share: float = 0.35
    #: Share of rows where every occurrence of the target is marked instead of the annotated one.
    mark_all_share: float = 0.5
    average_every: int = 10
    average_decay: float = 0.98
    checkpoint_every: int = 500
    threads: int = 2
    #: How much a source's labels count against the teachers' judgement (1 where nothing is said); a first run has none.
    trust: dict[str, float] = field(default_factory=dict)
    #: Whether the refinement may read captured news and tweets, whose texts belong to their publishers.
    web_text: bool = True
    #: Rows made from the templates of events.txt, when "events" is among the sources.
    events: int = 8000
    #: Share of the steps, at the end, that compute with what int8 will leave of weights and inputs.
    int8_share: float = 0.0

    def as_dict(self) -> dict[str, object]:
        """The recipe as JSON-ready values."""
        return asdict(self)


def pair(first: Recipe) -> dict[str, Recipe]:
    """The two first runs by the names of their folders: `one`, and `two` with other draws and smaller steps.

    Both teach; `two` is the one that is refined. Judged together they are better than either by half a point.
    """
    return {"one": first, "two": replace(first, seed=first.seed + 1, epochs=3, batch_rows=32, learning_rate=1e-4)}


def refinement(first: Recipe) -> Recipe:
    """What follows the first runs: their judgement on real text, sober events, and getting used to int8.

    The labelled rows stay as an anchor, the noisier a source the less of it; a low rate keeps what was learnt.
    """
    shares = {"finentity": 2.0, "newsmtsc": 1.5, "sentfin": 1.25, "acl14": 0.5, "semeval_ce": 0.25, "tweeteval": 0.3}
    web_text = {"cued": 1.0, "unlabelled": 0.09} if first.web_text else {}
    return replace(
        first,
        sources={source: share for source, share in shares.items() if source in first.sources}
        | {"events": 0.75}
        | web_text,
        trust={"unlabelled": 0.0, "semeval_ce": 0.4, "tweeteval": 0.6, "acl14": 0.6, "cued": 0.8}
        | dict.fromkeys(("newsmtsc", "sentfin", "finentity"), 0.7),
        epochs=1,
        learning_rate=4e-5,
        tone_share=0.3,
        int8_share=0.35,
    )


def permissive() -> Recipe:
    """The recipe on clearly licensed sets alone: no tweets, no captured text, more of the rows without a mark."""
    return Recipe(sources=dict(PERMISSIVE_SOURCES), epochs=3, tone_share=0.6, web_text=False)


def data_root() -> Path:
    """Where the labelled data lies: `PRECALL_DATA`, or the folder beside the project.

    Raises FileNotFoundError that names the variable when nothing is there.
    """
    root = Path(os.environ.get("PRECALL_DATA", "../shared/data"))
    if not (root / "sentiment-train").is_dir():
        raise FileNotFoundError(f"no sentiment-train/ in {root}: set PRECALL_DATA to the folder with the labelled data")
    return root
