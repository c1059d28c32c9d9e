"""Does a text mean what the prospect does? Cosines of sentence embeddings with its industry and with everyday topics.

A name that is also a word turns up in texts of other topics. What tells them apart is not the cosine with the
industry alone, but how it stands among the cosines with other topics, and what the most similar mentions are about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rank.evidence import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Embed = Callable[[Sequence[str]], Matrix]

TOPICS = (
    "sports match", "football", "cricket", "video games", "movies and actors", "music", "television series",
    "books and art", "theatre", "celebrity gossip", "politics and elections", "war and military", "crime and police",
    "court ruling", "weather and storms", "wildfire", "astronomy and space", "physics research", "biology and nature",
    "covid virus variant", "medicine and hospital", "public health", "education and schools", "religion",
    "travel and tourism", "immigration and passports", "food and cooking", "fashion", "real estate", "cars",
    "electric vehicles", "airlines", "ships", "railways", "oil and gas", "electricity", "mining and metals", "steel",
    "agriculture", "stock market", "stock price target", "banking", "insurance", "payments", "cryptocurrency",
    "venture funding", "telecommunications", "smartphones", "computers and laptops", "software", "web browsers",
    "internet security", "social media", "artificial intelligence", "semiconductors", "cameras and photography",
    "e-commerce", "supermarkets", "jewellery", "toys", "furniture", "construction", "pharmaceuticals",
    "casinos and gambling", "government policy", "trade and tariffs", "jobs and wages", "inflation",
)  # fmt: skip
"""What news is about, so that a text can be nearer to something else than to the prospect's industry."""
SHARPNESS = 8.0
"""Weight of a neighbour: e^(SHARPNESS · cosine)."""
MOST_NEIGHBOURS = 512
"""Mentions that the others are compared with, evenly taken: bounds the work of a large collection."""
FEATURES = ("fits", "topics", "near_fits", "near_topics")


def meaning(vectors: Matrix, industry: str, embed: Embed) -> list[Evidence]:
    """The features of texts with these unit `vectors`, shape (texts, width), towards a company of `industry`.

    `fits` is the cosine with the industry, `topics` the correlation of both's cosines over `TOPICS`, and `near_…` their
    means over the other texts, weighted by similarity. Raises ModelUnavailable.
    """
    import numpy as np

    aim, topics = embed((f"{industry} company",))[0], _topics(embed)
    fits = vectors @ aim
    profile = _centred(vectors @ topics.T) @ _centred((topics @ aim)[None, :])[0]
    own = np.stack([fits, profile], axis=1)
    near = _near(vectors, own)
    return [
        dict(zip(FEATURES, map(float, row), strict=True))
        for row in np.stack([own[:, 0], own[:, 1], near[:, 0], near[:, 1]], axis=1)
    ]


def _near(vectors: Matrix, own: Matrix) -> Matrix:
    """The mean of `own` over the others by similarity; a text that is alone is its own neighbour."""
    import numpy as np

    if len(vectors) == 1:
        return own
    chosen = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), MOST_NEIGHBOURS)).astype(int))
    weights = np.exp(SHARPNESS * (vectors @ vectors[chosen].T))
    weights[chosen, np.arange(len(chosen))] = 0.0
    return np.asarray(weights @ own[chosen] / weights.sum(axis=1, keepdims=True), dtype=np.float32)


def _centred(rows: Matrix) -> Matrix:
    """Each row less its mean, of length 1."""
    import numpy as np

    centred = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@lru_cache(maxsize=2)
def _topics(embed: Embed) -> Matrix:
    return embed(TOPICS)
