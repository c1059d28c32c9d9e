"""Embedding texts with the encoder of the sentiment layer, which may be missing: then names and words alone decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rank.average_link import Matrix
from rank.embedding import embed
from rank.layer_judge import BROKEN
from rank.meaning import Embed
from rank.sentiment import ModelUnavailable

NOT_AVAILABLE = "the encoder is not available: {reason}"


def layer_embed(warn: Callable[[str], object], encoder: Embed = embed) -> Embed:
    """An encoder that loads the layer's model at its first use in the process.

    Raises ModelUnavailable for whatever goes wrong, after `warn` was told why and how to fix it.
    """

    def embedded(texts: Sequence[str]) -> Matrix:
        try:
            return encoder(texts)
        except ModelUnavailable as error:
            reason = str(error)
        except Exception as error:  # stories told apart by words alone are worth more than none
            reason = BROKEN.format(error=f"{type(error).__name__}: {error}")
        warn(NOT_AVAILABLE.format(reason=reason))
        raise ModelUnavailable(reason)

    return embedded
