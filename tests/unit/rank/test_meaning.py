"""With an encoder: who is meant, what belongs together; without one, the ranking is made all the same and says so."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from precall.config import Ranking as RankingConfig
from precall.model import AccountProfile, Mention, Ranking
from rank.average_link import Matrix
from rank.layer import layer_embed
from rank.logic import rank
from rank.logistic import models
from rank.meaning import Embed, embeddings, meanings
from rank.proximity import BY_NAMES
from rank.sentiment import ModelUnavailable
from tests.unit.rank.encoders import by_words, missing
from tests.unit.rank.given import HARBOR, KESTREL, collection, mention
from training.relevance import ACTOR, WORDS

DEAL = mention("Kestrelon buys Nordfracht for 80 million euros", "The Baltic forwarder has 400 workers.", hours=5)
STRIKE = mention(
    "Kestrelon strike halts Linz depot", "Drivers walk out over night shifts.", hours=2, outlet="d.example"
)


def ranked(mentions: Sequence[Mention], embed: Embed) -> Ranking:
    return rank(collection(mentions), RankingConfig(), embed=embed)


def because(ranking: Ranking) -> list[str]:
    return [part.because for story in ranking.stories for part in story.parts if part.name == "proximity"]


def test_the_order_of_the_mentions_changes_nothing_with_an_encoder() -> None:
    mentions = [DEAL, STRIKE, *(mention(f"Kestrelon note {n} on tin", hours=n) for n in range(20))]
    expected = ranked(mentions, by_words).model_dump_json()
    for seed in range(3):
        assert ranked(random.Random(seed).sample(mentions, len(mentions)), by_words).model_dump_json() == expected


def test_a_missing_model_costs_its_features_alone_and_is_told() -> None:
    without = ranked([DEAL, STRIKE], missing)
    assert len(without.stories) == 2
    assert all(clause.endswith(BY_NAMES) for clause in because(without))
    assert not any(clause.endswith(BY_NAMES) for clause in because(ranked([DEAL, STRIKE], by_words)))


def test_whatever_breaks_the_encoder_is_warned_of() -> None:
    def broken(texts: Sequence[str]) -> Matrix:
        raise RuntimeError("bad graph")

    told: list[object] = []
    with pytest.raises(ModelUnavailable, match="bad graph"):
        layer_embed(told.append, broken)(["text"])
    assert len(told) == 1
    assert len(ranked([DEAL], layer_embed(told.append, broken)).stories) == 1


def test_copies_are_embedded_once_and_only_what_names_the_prospect() -> None:
    asked: list[str] = []

    def counting(texts: Sequence[str]) -> Matrix:
        asked.extend(texts)
        return by_words(texts)

    copies = [mention("Kestrelon buys a Baltic forwarder", hours=n, outlet=f"o{n}.example") for n in range(1, 9)]
    ranked([*copies, mention("Rain in Linz and in Graz", outlet="z.example")], counting)
    assert sum("buys a Baltic forwarder" in text for text in asked) == 1
    assert not any("Rain" in text for text in asked)


def test_only_the_newest_texts_are_embedded() -> None:
    mentions = [mention(f"Kestrelon tells tale number {n}", hours=100 - n) for n in range(5)]
    assert embeddings(mentions, by_words, most=2).any(axis=1).tolist() == [False, False, False, True, True]


def test_without_a_word_on_the_business_there_are_vectors_and_no_features() -> None:
    unknown = HARBOR.model_copy(update={"account": HARBOR.account.model_copy(update={"industry": None})})
    found = meanings(unknown, AccountProfile(), [DEAL, STRIKE], by_words)
    assert found.plain.shape[0] == 2
    assert found.features == [{}, {}]
    assert all(meanings(unknown, AccountProfile(description="a shipping line"), [DEAL, STRIKE], by_words).features)


def test_the_directions_of_the_prospect_itself_are_taken_out() -> None:
    found = meanings(KESTREL, AccountProfile(), [DEAL, STRIKE], by_words)
    label = by_words(["Kestrelon Logistics"])[0]
    assert abs(found.plain @ label).max() < 1e-5


def test_the_shipped_models_know_their_features() -> None:
    shipped = models()
    assert set(shipped["about_words"].weights) == set(WORDS)
    assert set(shipped["about"].weights) > set(WORDS)
    assert set(shipped["main"].weights) == set(ACTOR)
