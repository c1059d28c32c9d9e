"""The models of the sentiment layer, loaded at their first use in the process. The layer may be missing or broken:
then no ranking fails, it only knows less and says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rank.embedding import embed
from rank.meaning import Embed
from rank.mood import JudgeMood
from rank.sentiment import ModelUnavailable, score

Input = TypeVar("Input")
Output = TypeVar("Output")
Warn = Callable[[str], object]

BROKEN = "the model does not run ({error}); rebuild the layer with `make model`"


def layer_judge(warn: Warn, scorer: JudgeMood = score) -> JudgeMood:
    """What judges moods. Raises ModelUnavailable for whatever goes wrong, after `warn` was told why, and the fix."""
    return _guarded(scorer, warn, "sentiment is not available: {reason}")


def layer_embed(warn: Warn, encoder: Embed = embed) -> Embed:
    """What gives sentence embeddings; errors as for `layer_judge`."""
    return _guarded(encoder, warn, "the encoder is not available: {reason}")


def _guarded(
    run: Callable[[Sequence[Input]], Output], warn: Warn, not_available: str
) -> Callable[[Sequence[Input]], Output]:
    def guarded(given: Sequence[Input]) -> Output:
        try:
            return run(given)
        except ModelUnavailable as error:
            reason = str(error)
        except Exception as error:  # a ranking that knows less is worth more than none
            reason = BROKEN.format(error=f"{type(error).__name__}: {error}")
        warn(not_available.format(reason=reason))
        raise ModelUnavailable(reason)

    return guarded
