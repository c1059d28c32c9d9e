"""What is new and high: told once, however the stories are cut the next time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listen.news import LATE, MOST, news
from precall.listening_settings import Listening
from precall.model import Mention, Proximity, Story
from precall.told import Told
from tests.unit.listen.world import NOW, mention, ranking, story

SETTINGS = Listening(on=True)
SINCE = Told(last_look=NOW - timedelta(days=1))


def found(*stories: Story, of: list[Mention], before: Told = SINCE, briefed: frozenset[str] = frozenset()) -> list[str]:
    """The headlines that are told."""
    mentions = {one.id: one for one in of}
    return [one.headline for one in news(ranking(*stories), mentions, before, briefed, SETTINGS).stories]


def test_a_new_high_story_is_told_and_the_highest_come_first() -> None:
    one, other = mention("one"), mention("other")
    assert found(story(one, score=0.7), story(other, score=0.9), of=[one, other]) == [other.title, one.title]


@pytest.mark.parametrize(
    "changes",
    [
        {"score": 0.59},
        {"proximity": Proximity.PASSING},
        {"doubtful": True},
        {"sensitive": "death"},
        {"first_seen": None},
        {"first_seen": NOW - timedelta(days=1) - LATE - timedelta(minutes=1)},
    ],
    ids=["low", "in passing", "perhaps a namesake", "sensitive", "undated", "older than the last look"],
)
def test_other_stories_are_not(changes: dict[str, Any]) -> None:
    one = mention("one")
    assert found(story(one).model_copy(update=changes), of=[one]) == []


def test_sensitive_ones_are_where_the_manager_wants_them() -> None:
    one = mention("one")
    wanted = Listening(on=True, sensitive=True)
    assert news(ranking(story(one, sensitive="death")), {one.id: one}, SINCE, frozenset(), wanted).stories


def test_a_first_look_tells_nothing_and_remembers_what_was_there() -> None:
    one = mention("one")
    first = news(ranking(story(one)), {one.id: one}, Told(), frozenset(), SETTINGS)
    assert (first.stories, first.told.last_look) == ((), NOW)
    assert found(story(one), of=[one], before=first.told) == []


def test_what_the_brief_told_is_not_told_again() -> None:
    one = mention("one")
    assert found(story(one), of=[one], briefed=frozenset({one.id})) == []


def test_a_story_that_was_low_may_grow_high() -> None:
    one, later = mention("one"), NOW + timedelta(days=1)
    low = news(ranking(story(one, score=0.4)), {one.id: one}, SINCE, frozenset(), SETTINGS)
    assert low.stories == ()
    grown = news(ranking(story(one), at=later), {one.id: one}, low.told, frozenset(), SETTINGS)
    assert [each.mention_ids for each in grown.stories] == [(one.id,)]


def test_the_same_headline_at_another_address_is_the_same_story() -> None:
    one = mention("one", "Nordlicht Foods opens a warehouse in Linz")
    copy = mention("copy", "Nordlicht Foods opens a warehouse in Linz - The Outlet")
    assert len(found(story(one), story(copy), of=[one, copy])) == 1
    told = news(ranking(story(one)), {one.id: one}, SINCE, frozenset(), SETTINGS).told
    assert found(story(copy), of=[copy], before=told) == []


def test_a_copy_of_what_a_told_story_has_gained_is_not_told_beside_it() -> None:
    old, gained = mention("old"), mention("gained", "Nordlicht Foods opens a warehouse in Linz")
    copy = mention("copy", "Nordlicht Foods opens a warehouse in Linz")
    told = SINCE.with_marks({old.id}, SINCE.last_look or NOW)
    grown, apart = story(old, gained, score=0.7), story(copy, score=0.9)
    assert found(apart, grown, of=[old, gained, copy], before=told) == []


def test_a_headline_of_few_words_is_no_mark() -> None:
    one, other = mention("one", "Press release"), mention("other", "Press release")
    assert len(found(story(one), story(other), of=[one, other])) == 2


def test_of_many_at_once_the_highest_are_told_and_the_rest_at_the_next_look() -> None:
    many = [mention(str(number)) for number in range(MOST + 3)]
    stories = [story(one, score=0.9 - number / 100) for number, one in enumerate(many)]
    first = news(ranking(*stories), {one.id: one for one in many}, SINCE, frozenset(), SETTINGS)
    assert len(first.stories) == MOST
    assert len(found(*stories, of=many, before=first.told)) == 3


def test_a_mark_is_forgotten_long_after_it_was_met_last() -> None:
    told = Told().with_marks({"old"}, NOW - timedelta(days=91)).with_marks({"young"}, NOW)
    assert set(told.marks) == {"young"}


@given(looks=st.lists(st.lists(st.integers(0, 4), min_size=8, max_size=8), min_size=2, max_size=5))
def test_no_address_is_ever_told_twice_however_mentions_are_clustered(looks: list[list[int]]) -> None:
    """Each look cuts the same eight mentions anew into at most five stories."""
    mentions, told, met = [mention(str(number)) for number in range(8)], SINCE, list[str]()
    for number, cut in enumerate(looks):
        clusters = [
            [one for one, label in zip(mentions, cut, strict=True) if label == name] for name in sorted(set(cut))
        ]
        stories = [story(*cluster, score=0.6 + len(cluster) / 100) for cluster in clusters]
        at = NOW + timedelta(hours=number)
        result = news(ranking(*stories, at=at), {one.id: one for one in mentions}, told, frozenset(), SETTINGS)
        met += [one for each in result.stories for one in each.mention_ids]
        told = result.told
    assert len(met) == len(set(met))
    assert set(met) == {one.id for one in mentions}
