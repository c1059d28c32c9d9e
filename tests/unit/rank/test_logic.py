"""From mentions to ranked stories: nothing lost, nothing invented, the same whatever the order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precall.config import Ranking as RankingConfig
from precall.model import Account, Kind, Mention, Prospect, Proximity, Ranking
from rank.logic import rank
from rank.order import FIRST
from rank.proximity import NOT_NAMED
from rank.usable import AFTER, TWICE, WITHOUT_TITLE
from tests.unit.rank.given import KESTREL, collection, mention, ranked

DEAL = (
    mention(
        "Kestrelon buys Nordfracht for 80 million euros", "The Baltic forwarder Nordfracht has 400 workers.", hours=5
    ),
    mention(
        "Baltic forwarder Nordfracht goes to Kestrelon", "The price is 80 million euros.", hours=3, outlet="b.example"
    ),
    mention("Nordfracht: Kestrelon pays 80 million euros", "A Baltic forwarder is sold.", hours=2, outlet="c.example"),
)
STRIKE = mention(
    "Kestrelon strike halts Linz depot", "Drivers walk out over night shifts.", hours=2, outlet="d.example"
)
PASSING = mention("Linz port plans a new quay", "Tenants such as Kestrelon were asked.", hours=1, outlet="e.example")


def counted(ranking: Ranking) -> int:
    return sum(len(story.mention_ids) for story in ranking.stories) + sum(ranking.set_aside.values())


def test_what_many_outlets_tell_about_them_is_above_what_one_tells_in_passing() -> None:
    ranking = ranked([PASSING, STRIKE, *DEAL])
    assert [story.proximity for story in ranking.stories] == [Proximity.ACCOUNT, Proximity.ACCOUNT, Proximity.PASSING]
    best = ranking.stories[0]
    assert set(best.mention_ids) == {each.id for each in DEAL}
    assert best.outlets == ("courier.example", "c.example", "b.example") or len(best.outlets) == 3
    assert (best.first_seen, best.last_seen) == (DEAL[0].published_at, DEAL[2].published_at)


def test_the_parts_of_a_score_say_why() -> None:
    best = ranked([PASSING, *DEAL]).stories[0]
    assert {part.name: part.because for part in best.parts} == {
        "recency": "2 h old",
        "volume": "3 outlets",
        "burst": "what is usual is not known yet",
        "proximity": "names the company first in the headline",
        "signal": "acquisition",
        "context": "nothing is known of the call",
        "feedback": "fewer than 20 votes",
        "sentiment": "sentiment not scored",
    }
    assert {part.name for part in best.parts if not part.weight} == {"burst", "context", "feedback", "sentiment"}
    assert best.score == pytest.approx(sum(part.weight * part.value for part in best.parts), abs=1e-3)
    assert best.sentiment.state == "not_scored"


def test_the_headline_is_an_independent_dated_one_with_a_text_rather_than_their_own() -> None:
    own = mention(
        "Kestrelon buys Nordfracht for 80 million euros today",
        "Kestrelon buys the Baltic forwarder Nordfracht.",
        kind=Kind.FIRST_PARTY,
        outlet="kestrelon.example",
    )
    undated = mention("Kestrelon buys Nordfracht in the Baltic", "80 million euros.", hours=None, outlet="z.example")
    story = ranked([own, undated, DEAL[0]]).stories[0]
    assert story.headline == DEAL[0].title
    assert story.kinds == (Kind.FIRST_PARTY, Kind.NEWS)


def test_wire_copies_count_once_and_do_not_make_an_old_story_fresh() -> None:
    lead = "Kestrelon will buy the Baltic forwarder Nordfracht for 80 million euros, both said on Monday."
    first = mention("Kestrelon buys Nordfracht", lead, hours=72)
    copies = [mention(f"Deal in the Baltic {n}", lead, hours=1, outlet=f"o{n}.example") for n in range(4)]
    (story,) = ranked([first, *copies]).stories
    assert story.wire_copies == 4
    assert [part.because for part in story.parts[:2]] == ["3 days old", "1 outlet, 4 wire copies"]


def test_an_undated_story_never_wins_by_its_age() -> None:
    titles = ("Kestrelon strike halts Linz depot", "Kestrelon opens a school for drivers")
    undated, dated = mention(titles[0], hours=None), mention(titles[1], hours=24 * 20, outlet="b.example")
    assert [story.headline for story in ranked([undated, dated]).stories] == [titles[1], titles[0]]


def test_only_undated_mentions_still_rank() -> None:
    ranking = ranked([mention(f"Kestrelon {word} in Linz", hours=None) for word in ("builds", "hires", "sues")])
    assert counted(ranking) == 3
    assert all(story.parts[0].because == "undated" and story.first_seen is None for story in ranking.stories)


def test_everything_set_aside_is_counted_by_its_reason() -> None:
    twice = mention("Kestrelon grows")
    ranking = ranked(
        [
            twice,
            twice,
            mention("Kestrelon was founded", hours=24 * 40, outlet="b.example"),
            mention("Kestrelon will shine", hours=-5, outlet="c.example"),
            mention("  ", "Kestrelon without a headline.", outlet="d.example"),
            mention("Rain in Linz", outlet="e.example"),
        ]
    )
    assert ranking.set_aside == {"older than 30 days": 1, AFTER: 1, WITHOUT_TITLE: 1, NOT_NAMED: 1, TWICE: 1}
    assert counted(ranking) == 6


def test_the_window_is_the_one_of_the_settings() -> None:
    old = mention("Kestrelon was founded", hours=24 * 40)
    assert ranked([old], window_days=60).stories
    assert ranked([old], window_days=7).set_aside == {"older than 7 days": 1}


def test_one_outlet_does_not_lead_the_whole_brief_while_others_tell_something() -> None:
    words = "strike depot merger school lawsuit award refinery ballet".split()
    loud = [mention(f"Kestrelon {word} story of {word}", f"All about the {word}.", hours=1) for word in words]
    quiet = [
        mention(f"Kestrelon {word} report on {word}", f"More on {word}.", hours=200, outlet=f"{word}.example")
        for word in ("tax", "bridge", "orchard")
    ]
    ranking = ranked([*loud, *quiet])
    outlets = {each.id: each.outlet for each in (*loud, *quiet)}
    first = [outlets[story.mention_ids[0]] for story in ranking.stories[:FIRST]]
    assert first.count("courier.example") == 2
    assert len(ranking.stories) == 11


def test_an_outlet_that_is_alone_may_fill_the_brief() -> None:
    words = "strike depot merger school lawsuit award".split()
    ranking = ranked([mention(f"Kestrelon {word} story of {word}", f"All about the {word}.") for word in words])
    assert len(ranking.stories) == 6


def test_nothing_gives_nothing() -> None:
    ranking = ranked([])
    assert (ranking.stories, ranking.set_aside) == ((), {})


def test_the_order_of_the_mentions_changes_nothing() -> None:
    mentions = [PASSING, STRIKE, *DEAL, *(mention(f"Kestrelon note {n}", hours=n) for n in range(20))]
    expected = ranked(mentions).model_dump_json()
    for seed in range(5):
        shuffled = random.Random(seed).sample(mentions, len(mentions))
        assert ranked(shuffled).model_dump_json() == expected


@pytest.mark.parametrize(
    "title",
    [
        "Kestrelon " + "x" * 5000,
        "Kestrelon " + "Wort " * 1000,
        "Kestrelon تعلن عن مستودع جديد في لينز",
        "Kestrelon 株式会社が新しい倉庫を開設",
        "🚚 Kestrelon 🚀🚀",
        "Kestrelon\u202egnirts desrever",
    ],
)
def test_long_right_to_left_and_unspaced_headlines_are_ranked(title: str) -> None:
    (story,) = ranked([mention(title)]).stories
    assert story.headline == title.strip()


def test_a_name_of_one_letter_needs_something_that_points_to_it() -> None:
    prospect = Prospect(account=Account(name="Q", domain="q.example"))
    ranking = ranked([mention("Q is the hardest letter"), mention("A tool by q.example")], prospect)
    assert [story.headline for story in ranking.stories] == ["A tool by q.example"]


def test_ten_thousand_mentions() -> None:
    pick = random.Random(7)
    words = [f"w{n}" for n in range(4000)]
    mentions = [
        mention(
            f"Kestrelon {' '.join(pick.choices(words, k=7))}",
            " ".join(pick.choices(words, k=40)),
            hours=pick.randrange(700),
            outlet=f"o{n % 90}.example",
        )
        for n in range(10_000)
    ]
    assert counted(ranked(mentions)) == 10_000


def test_ten_thousand_equal_mentions_are_one_story() -> None:
    mentions = [
        mention("Kestrelon buys Nordfracht in the Baltic", "Both said so on Monday.", outlet=f"o{n}.example")
        for n in range(10_000)
    ]
    (story,) = ranked(mentions).stories
    assert story.wire_copies == 9_999


texts = st.sampled_from(
    ["Kestrelon", "Nordfracht", "strike", "depot", "Linz", "80 million", "…", "", "東京", "مرحبا", "."]
)
rows = st.lists(
    st.tuples(
        st.lists(texts, max_size=6), st.lists(texts, max_size=12), st.none() | st.integers(-50, 900), st.integers(0, 3)
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_whatever_comes_is_counted_once_and_the_order_is_total(
    rows: list[tuple[list[str], list[str], int | None, int]], pick: random.Random
) -> None:
    mentions: list[Mention] = [
        mention(
            " ".join(title),
            " ".join(text),
            hours=hours,
            url=f"https://o{outlet}.example/{n}",
            outlet=f"o{outlet}.example",
        )
        for n, (title, text, hours, outlet) in enumerate(rows)
    ]
    ranking = rank(collection(mentions, KESTREL), RankingConfig())
    assert counted(ranking) == len(mentions)
    told = [i for story in ranking.stories for i in story.mention_ids]
    assert len(told) == len(set(told))
    pick.shuffle(mentions)
    assert rank(collection(mentions, KESTREL), RankingConfig()) == ranking
