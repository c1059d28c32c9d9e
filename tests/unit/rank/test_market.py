"""What tells of the account's market, and that it counts nowhere in what is said of the account."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.config import Ranking as RankingConfig
from precall.model import Market, Mention, Proximity, Ranking
from rank.logic import rank
from rank.market import NAMES_THEM, NOT_MARKET, because
from tests.unit.brief.situation import RICH
from tests.unit.rank.given import collection, judge_by_words, mention

MARKET = Market(competitors=("Vastrunner Freight", "Halvorsen Parcel"), terms=("freight rates", "cold chain"))
HUB = mention("Vastrunner Freight opens a parcel hub in Graz", outlet="styria.example", asked_for="market")
RATES = mention("Road freight rates rise", hours=40, outlet="chamber.example", asked_for="market")
NOISE = mention("A driver's diary", "Parcels and logistics.", outlet="diary.example", asked_for="market")


def ranked(*mentions: Mention) -> Ranking:
    return rank(collection(mentions, market=MARKET), RankingConfig(), judge_by_words)


def told(title: str, text: str = "") -> str:
    return because(MARKET, [mention(title, text)], "logistics")[0]


@pytest.mark.parametrize(
    "title",
    [
        "Vastrunner Freight opens a parcel hub in Graz",
        "Danube Post buys Halvorsen Parcel for 90 million euros",
        "Halvorsen Parcel names new chief executive",
    ],
)
def test_news_of_a_competitor_is_market_news(title: str) -> None:
    assert told(title).endswith(", a competitor")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Road freight rates rise for the third month", ""),
        ("Cold-chain operators ask for cheaper power", ""),
        ("Dear diesel", "Hauliers say that freight rates have to rise."),
    ],
)
def test_a_phrase_of_the_market_is_market_news(title: str, text: str) -> None:
    assert told(title, text).startswith("about their market: “")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Logistics fair opens in Linz", "All of logistics meets."),
        ("Vastrunner Freight employees start a choir", ""),
        ("Former Vastrunner Freight boss writes a cookbook", ""),
        ("Ten vans that we liked", "One was of Vastrunner Freight."),
        ("Should you buy Vastrunner Freight shares now?", ""),
        ("Vastrunner Freight: stocks to buy this week", ""),
        ("A chain in the cold", ""),
    ],
)
def test_what_only_has_the_words_is_not(title: str, text: str) -> None:
    assert told(title, text) == ""


def test_without_competitors_and_phrases_nothing_is_market_news() -> None:
    assert because(Market(), [HUB, RATES]) == ["", ""]


def test_market_stories_are_a_list_of_their_own_with_the_reason() -> None:
    ranking = ranked(*RICH, HUB, RATES, NOISE)
    assert [story.headline for story in ranking.market] == [HUB.title, RATES.title]
    assert {story.proximity for story in ranking.market} == {Proximity.MARKET}
    assert not any(story.signals or story.sentiment.value for story in ranking.market)
    parts = {part.name: part for part in ranking.market[0].parts}
    assert (parts["proximity"].value, parts["proximity"].because) == (0.05, "about Vastrunner Freight, a competitor")
    assert (parts["signal"].value, parts["burst"].weight, parts["sentiment"].weight) == (0, 0, 0)
    assert ranking.set_aside[NOT_MARKET] == 1


def test_what_names_the_account_or_is_its_own_is_left_to_the_questions_about_it() -> None:
    both = mention("Vastrunner Freight opens a hub beside Kestrelon", asked_for="market")
    own = mention("What freight rates do to us", outlet="blog.kestrelon.example", asked_for="market")
    ranking = ranked(both, own)
    assert (ranking.stories, ranking.market) == ((), ())
    assert ranking.set_aside == {NAMES_THEM: 2}


def test_the_same_words_on_a_question_about_the_account_are_set_aside() -> None:
    ranking = ranked(HUB.model_copy(update={"asked_for": "prospect"}))
    assert (ranking.market, ranking.set_aside) == ((), {"does not name the prospect": 1})


def test_one_event_at_two_outlets_is_one_story() -> None:
    again = HUB.model_copy(update={"id": "0" * 16, "url": "https://other.example/1", "outlet": "other.example"})
    assert [len(story.mention_ids) for story in ranked(HUB, again).market] == [2]


TITLES = (
    "Vastrunner Freight opens a hub in {}",
    "Freight rates rise in {}",
    "Kestrelon buys a hub in {}",
    "Rain in {}",
)


@given(st.lists(st.tuples(st.sampled_from(TITLES), st.sampled_from(("Graz", "Linz", "Wels"))), max_size=12))
def test_what_is_said_of_the_account_is_the_same_with_market_news_and_without(said: list[tuple[str, str]]) -> None:
    brought = [
        mention(title.format(place), hours=n + 1, outlet=f"m{n}.example", asked_for="market")
        for n, (title, place) in enumerate(said)
    ]
    without, with_it = ranked(*RICH), ranked(*RICH, *brought)
    assert (with_it.stories, with_it.chatter) == (without.stories, without.chatter)
    assert not {i for story in with_it.market for i in story.mention_ids} & {each.id for each in RICH}
