"""Wire copies are one text, mentions of one event one story, similar events two."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from precall.model import Mention
from rank.copies import same_text
from rank.stories import events
from rank.words import bag, vectors
from tests.unit.rank.given import NOW, mention

WIRE = (
    "VIENNA (Reuters) - Kestrelon will buy the Baltic forwarder Nordfracht for 80 million euros, both said on Monday."
)


def groups(*mentions: Mention) -> list[list[int]]:
    weights = vectors([bag(each.title, each.text) for each in mentions], {"kestrelon"})
    return [sorted(event.mentions) for event in events(mentions, weights)]


def test_the_same_lead_under_a_new_headline_is_one_text() -> None:
    copied = mention("Forwarder deal in the Baltic", WIRE.removeprefix("VIENNA (Reuters) - "), outlet="b.example")
    assert same_text([mention("Kestrelon buys Nordfracht", WIRE), copied]) == [[0, 1]]


def test_the_same_headline_at_another_outlet_is_one_text_also_with_the_outlet_appended() -> None:
    titles = ("Kestrelon buys Nordfracht for 80 million", "Kestrelon buys Nordfracht for 80 million - Courier")
    assert same_text([mention(titles[0], outlet="b.example"), mention(titles[1])]) == [[0, 1]]


def test_short_headlines_and_leads_say_too_little_to_be_copies() -> None:
    assert same_text([mention("Careers", "Join us."), mention("Careers", "Join us.", outlet="b.example")]) == [[0], [1]]


def test_one_event_in_other_words_is_one_story_and_another_event_is_not() -> None:
    told = (
        mention("Kestrelon buys Nordfracht for 80 million euros", "The Baltic forwarder Nordfracht has 400 workers."),
        mention("Baltic forwarder Nordfracht goes to Kestrelon", "The price is 80 million euros.", outlet="b.example"),
        mention("Kestrelon strike halts Linz depot", "Drivers walk out over night shifts.", outlet="c.example"),
    )
    assert groups(*told) == [[0, 1], [2]]


def test_the_same_words_a_month_later_are_other_news() -> None:
    first = mention("Kestrelon reports quarterly results above forecast", hours=24 * 29)
    second = mention("Kestrelon reports quarterly results above forecasts", hours=1, outlet="b.example")
    assert groups(first, second) == [[0], [1]]


def test_undated_mentions_can_join_a_story() -> None:
    dated = mention("Kestrelon buys Nordfracht for 80 million euros", "The Baltic forwarder has 400 workers.")
    undated = mention(
        "Nordfracht goes to Kestrelon for 80 million", "The Baltic forwarder.", hours=None, outlet="b.example"
    )
    assert groups(dated, undated) == [[0, 1]]


def test_a_hundred_equal_texts_are_one_story_with_one_text() -> None:
    mentions = [mention("Kestrelon buys Nordfracht", WIRE, outlet=f"o{n}.example") for n in range(100)]
    weights = vectors([bag(each.title, each.text) for each in mentions])
    (event,) = events(mentions, weights)
    assert len(event.texts) == 1
    assert len(event.mentions) == 100


@given(
    st.lists(
        st.tuples(st.text(max_size=60), st.text(max_size=120), st.none() | st.integers(0, 40)),
        max_size=12,
    )
)
def test_every_mention_is_in_exactly_one_story(rows: list[tuple[str, str, int | None]]) -> None:
    mentions = [
        mention(title, text, url=f"https://a.example/{n}", hours=None if days is None else 24 * days)
        for n, (title, text, days) in enumerate(rows)
    ]
    mentions.sort(key=_dated_first)
    assert sorted(i for group in groups(*mentions) for i in group) == list(range(len(mentions)))


def _dated_first(each: Mention) -> tuple[bool, datetime]:
    return (each.published_at is None, each.published_at or NOW + timedelta(days=1))


def test_words_of_indic_scripts_are_whole() -> None:
    assert list(bag("शेयर बाजार", "")) == ["शेयर", "बाजार"]


def test_legal_forms_make_no_event_of_two() -> None:
    campaign = mention("Kestrelon and others fight unions", "Kestrelon Inc and Nordfracht Inc pay for ads on unions.")
    masks = mention("Kestrelon drivers quarrel over masks", "Kestrelon Inc and Nordfracht Inc see riders shed masks.")
    shared = set(bag(campaign.title, campaign.text)) & set(bag(masks.title, masks.text))
    assert shared == {"kestrelon", "nordfracht"}
    assert groups(campaign, masks) == [[0], [1]]
