"""Judging moods with the model of the sentiment layer, which may be missing: then nothing is lost but the mood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rank.mood import JudgeMood
from rank.sentiment import ModelUnavailable, Sentiment, TextAndTarget, score

NOT_AVAILABLE = "sentiment is not available: {reason}"
BROKEN = "the model does not run ({error}); rebuild the layer with `make model`"


def layer_judge(warn: Callable[[str], object], scorer: JudgeMood = score) -> JudgeMood:
    """A judge that loads the layer's model at its first use in the process.

    Raises ModelUnavailable for whatever goes wrong, after `warn` was told why and how to fix it.
    """

    def judge(pairs: Sequence[TextAndTarget]) -> Sequence[Sentiment]:
        try:
            return scorer(pairs)
        except ModelUnavailable as error:
            reason = str(error)
        except Exception as error:  # a ranking without mood is worth more than none
            reason = BROKEN.format(error=f"{type(error).__name__}: {error}")
        warn(NOT_AVAILABLE.format(reason=reason))
        raise ModelUnavailable(reason)

    return judge
