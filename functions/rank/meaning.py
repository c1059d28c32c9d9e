"""Does a text mean what the prospect does? Cosines of sentence embeddings with its industry and with everyday topics.

A name that is also a word turns up in texts of other topics. What tells them apart is not the cosine with the
industry alone, but how it stands among the cosines with other topics, and what the most similar mentions are about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from precall.headlines import headline
from precall.model import AccountProfile, Mention, Prospect
from precall.names import short_name
from rank.average_link import Matrix
from rank.copies import same_text
from rank.evidence import Evidence

Embed = Callable[[Sequence[str]], Matrix]
"""Gives a unit vector per text; raises ModelUnavailable. See `rank.embedding.embed`."""

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
MOST_TEXTS = 2000
"""Texts that are embedded, the newest first: 1 to 3 ms each on one core, within the step's time."""
CHARACTERS, DESCRIPTION_CHARACTERS = 140, 80
"""Characters of a mention, its headline first, and of a description that are embedded: more costs time, and found
hardly more (benches `relevance` and `stories`)."""
FEATURES = ("fits", "topics", "near_fits", "near_topics")


@dataclass(frozen=True)
class Meanings:
    """Embeddings of mentions, shape (mentions, width), and what each of them says of being about the prospect.

    `plain` lacks the directions that all mentions of a prospect share, its name and its business, so that what is left
    tells events apart. `features` is empty for a mention that was not embedded, or without a word on the business.
    """

    plain: Matrix
    features: list[Evidence]


def meanings(prospect: Prospect, profile: AccountProfile, mentions: Sequence[Mention], embed: Embed) -> Meanings:
    """The meanings of `mentions`; raises ModelUnavailable."""
    business = described(prospect, profile)
    vectors = embeddings(mentions, embed)
    read = np.flatnonzero(vectors.any(axis=1))
    label = short_name(prospect.label)
    own = embed([label, f"{label}, {business}" if business else label])
    basis, _ = np.linalg.qr(own.T)
    features: list[Evidence] = [{} for _ in mentions]
    if business and len(read):
        for i, found in zip(read, towards(vectors[read], business, embed), strict=True):
            features[i] = found
    return Meanings(vectors - (vectors @ basis) @ basis.T, features)


def described(prospect: Prospect, profile: AccountProfile) -> str:
    """What the prospect does, in words: its industry, else its description; "" where nobody said."""
    if industry := prospect.account.industry or profile.industry:
        return f"{industry} company"
    return (profile.description or "")[:DESCRIPTION_CHARACTERS]


def embeddings(mentions: Sequence[Mention], embed: Embed, most: int = MOST_TEXTS) -> Matrix:
    """A unit vector per mention, shape (mentions, width), copies of one text alike; raises ModelUnavailable.

    Mentions come oldest first; only the newest `most` texts are read, the others get zeros.
    """
    texts = sorted(same_text(mentions), key=lambda text: -text[-1])[:most]
    found = embed([_text(mentions[text[0]]) for text in texts])
    vectors = np.zeros((len(mentions), found.shape[1]), dtype=np.float32)
    for text, vector in zip(texts, found, strict=True):
        vectors[text] = vector
    return vectors


def _text(mention: Mention) -> str:
    return f"{headline(mention)}\n{mention.text[:CHARACTERS]}"[:CHARACTERS]


def towards(vectors: Matrix, business: str, embed: Embed) -> list[Evidence]:
    """The features of texts with these unit vectors towards a company of this `business`.

    `fits` is the cosine with the business, `topics` the correlation of both's cosines over `TOPICS`, and `near_…` their
    means over the other texts, weighted by similarity.
    """
    aim, topics = embed([business])[0], _topics(embed)
    profile = _centred(vectors @ topics.T) @ _centred((topics @ aim)[None, :])[0]
    own = np.stack([vectors @ aim, profile], axis=1)
    return [dict(zip(FEATURES, map(float, row), strict=True)) for row in np.hstack([own, _near(vectors, own)])]


def _near(vectors: Matrix, own: Matrix) -> Matrix:
    """The mean of `own` over the others by similarity; a text that is alone is its own neighbour."""
    if len(vectors) == 1:
        return own
    chosen = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), MOST_NEIGHBOURS)).astype(int))
    weights = np.exp(SHARPNESS * (vectors @ vectors[chosen].T))
    weights[chosen, np.arange(len(chosen))] = 0.0
    return np.asarray(weights @ own[chosen] / weights.sum(axis=1, keepdims=True), dtype=np.float32)


def _centred(rows: Matrix) -> Matrix:
    """Each row less its mean, of length 1."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@lru_cache(maxsize=2)
def _topics(embed: Embed) -> Matrix:
    return embed(TOPICS)
