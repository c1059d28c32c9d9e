"""Sentiment towards the prospect: what a text says of one company or person, not how it sounds as a whole.

The target's names are marked in the text («Acme» shares slump) and a small transformer judges the marked one. A text
that does not name the target is judged as a whole and says so (`about_target` is False).
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from precall.errors import ModelUnavailable
from rank.model_files import Manifest, model_folder
from rank.onnx_model import OnnxModel, Text
from rank.reading import Reading, TextAndTarget, read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ModelUnavailable", "Sentiment", "TextAndTarget", "score"]

_loading: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True)
class Sentiment:
    """Calibrated probabilities that sum to 1; all 0 when not scored, and then `reason` says why.

    `about_target` is False when the text does not name the target and its general tone was judged.
    """

    negative: float
    neutral: float
    positive: float
    about_target: bool
    reason: str = ""

    @property
    def scored(self) -> bool:
        """Whether there is a judgement."""
        return not self.reason

    @property
    def value(self) -> float:
        """−1 (surely negative) to 1 (surely positive); 0 when neutral or not scored."""
        return self.positive - self.negative

    @property
    def label(self) -> str:
        """ "negative", "neutral" or "positive", whichever is likeliest; "not scored"."""
        if not self.scored:
            return "not scored"
        return max(("neutral", "negative", "positive"), key=lambda name: float(getattr(self, name)))


def not_scored(reason: str) -> Sentiment:
    """No judgement, because of `reason`."""
    return Sentiment(0.0, 0.0, 0.0, about_target=False, reason=reason)


def score(pairs: Sequence[TextAndTarget], folder: Path | None = None) -> list[Sentiment]:
    """The sentiment of each text towards its target, in the order given.

    Any text gives a result: one that cannot be judged is not scored, with a reason. Long texts are read in windows
    around the target's sentences, whose probabilities are averaged. `folder` is the model's, by default the layer's;
    it is loaded at the first call of the process. Raises ModelUnavailable when it is missing or damaged.
    """
    return judge(load(folder or model_folder("sentiment")), pairs) if pairs else []


class Runs(Protocol):
    """What turns windows of text into logits: the layer's model, or another to compare it with."""

    manifest: Manifest

    def run(self, texts: Sequence[Text]) -> NDArray[np.float32]:
        """Logits, shape (texts, classes)."""
        ...


def judge(model: Runs, pairs: Sequence[TextAndTarget]) -> list[Sentiment]:
    """As `score`, with a model at hand."""
    readings = [read(pair, model.manifest) for pair in pairs]
    flat = [window for reading in readings for window in reading.windows]
    if not flat:
        return [not_scored(reading.reason) for reading in readings]
    logits, results, at = model.run(flat), [], 0
    for reading in readings:
        own = logits[at : at + len(reading.windows)]
        at += len(own)
        results.append(pool(own, reading, model.manifest) if len(own) else not_scored(reading.reason))
    return results


def load(folder: Path) -> OnnxModel:
    """The model in `folder`, loaded once per process, whichever thread asks first; another may load beside it."""
    with _loading[folder]:
        return _loaded(folder)


@lru_cache(maxsize=2)
def _loaded(folder: Path) -> OnnxModel:
    return OnnxModel(folder)


def pool(logits: NDArray[np.float32], reading: Reading, manifest: Manifest) -> Sentiment:
    """The mean of the windows' calibrated probabilities; `logits` is (windows, classes)."""
    mean = probabilities(logits, manifest, reading.about_target).mean(axis=0)
    share = dict(zip(manifest.labels, (float(p) for p in mean), strict=True))
    negative, neutral, positive = (share.get(name, 0.0) for name in ("negative", "neutral", "positive"))
    return Sentiment(negative, neutral, positive, reading.about_target)


def probabilities(logits: NDArray[np.float32], manifest: Manifest, about_target: bool) -> NDArray[np.float64]:
    """Softmax of (logits + bias) / temperature over the last axis, with the calibration for the kind of text."""
    import numpy as np

    fitted = manifest.calibration.get("target" if about_target else "tone", {})
    scaled = (logits.astype(np.float64) + np.array(fitted.get("bias", 0.0))) / fitted.get("temperature", 1.0)
    raised = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
