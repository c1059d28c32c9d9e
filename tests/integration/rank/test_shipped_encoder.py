"""With the encoder of the layer: hard names, and stories in other words."""

from __future__ import annotations

import pytest

from precall.config import Ranking as RankingConfig
from rank.embedding import embed
from rank.logic import rank
from rank.proximity import SHOWN, judge
from tests.unit.rank.given import HARBOR, collection, mention

pytestmark = pytest.mark.integration

THEIRS = [
    mention("Harbor orders six electric ferries", "The container shipping line pays $90 million.", outlet="a.example"),
    mention("Harbor adds a route to Rotterdam", "Freight rates keep rising, the carrier says.", outlet="b.example"),
    mention("Why Harbor is buying ports", "Terminals make shipping lines money.", outlet="c.example"),
]
NOT_THEIRS = [
    mention("Best Harbor Restaurants for a Seafood Dinner", "Oysters, chowder and a view.", outlet="d.example"),
    mention("Pearl Harbor survivor dies at 101", "He served on the Arizona.", outlet="e.example"),
    mention("Harbor Lights Festival Draws Thousands", "Fireworks and music until midnight.", outlet="f.example"),
]


def test_what_a_text_is_about_tells_whose_name_it_is() -> None:
    judged = judge(HARBOR, [*THEIRS, *NOT_THEIRS], embed=embed)
    theirs, others = judged[: len(THEIRS)], judged[len(THEIRS) :]
    assert all(each.about >= SHOWN for each in theirs)
    assert max(each.about for each in others) < min(each.about for each in theirs)


def test_one_event_in_other_words_is_one_story_and_others_stay_apart() -> None:
    told = [
        mention("Kestrelon takes over Baltic rival Nordfracht", "The price is 80 million euros.", outlet="a.example"),
        mention("Nordfracht acquired by Kestrelon in €80m deal", "Forwarders merge.", outlet="b.example"),
        mention("Kestrelon drivers walk out in Linz", "A strike over night shifts.", outlet="c.example"),
        mention("Kestrelon opens a school for apprentices", "Forty places a year.", outlet="d.example"),
    ]
    ranking = rank(collection(told), RankingConfig(), embed=embed)
    assert sorted(len(story.mention_ids) for story in ranking.stories) == [1, 1, 2]
