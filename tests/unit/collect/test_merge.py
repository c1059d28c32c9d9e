"""Each item is told once, in its best version, in an order that does not depend on chance."""

from __future__ import annotations

import random
from datetime import timedelta

from collect.merge import merged
from precall.model import Kind, TextOrigin
from tests.unit.collect.support import AS_OF, mention

SNIPPET = {"text": "What happened.", "text_origin": TextOrigin.SNIPPET}


def test_one_page_one_mention_with_the_most_text() -> None:
    thin = mention("http://www.outlet.example/a/")
    rich = mention("https://outlet.example/a", source="bing_news", **SNIPPET)
    assert merged([thin, rich]) == merged([rich, thin]) == (rich,)


def test_googles_address_and_the_articles_own_are_one_item() -> None:
    google = mention("https://news.google.com/rss/articles/CBMi1")
    bing = mention("https://outlet.example/a", source="bing_news", **SNIPPET)
    assert merged([google, bing]) == (bing,)


def test_another_outlet_day_or_title_is_another_item() -> None:
    first = mention("https://outlet.example/a")
    others = [
        mention("https://outlet.example/b", title="Other"),
        mention("https://outlet.example/c", published_at=AS_OF - timedelta(days=3)),
        mention("https://other.example/d", outlet="other.example"),
        mention("https://outlet.example/e", published_at=None),
    ]
    assert len(merged([first, *others])) == 5


def test_comments_on_one_story_stay_apart() -> None:
    comments = [mention(f"https://news.ycombinator.com/item?id={n}", kind=Kind.FORUM) for n in (1, 2)]
    assert len(merged(comments)) == 2


def test_newest_first_undated_last_whatever_came_first() -> None:
    dates = [AS_OF, AS_OF - timedelta(days=1), AS_OF - timedelta(days=2), None]
    expected = [mention(f"https://a.com/{n}", title=f"t{n}", published_at=at) for n, at in enumerate(dates)]
    for seed in range(5):
        shuffled = random.Random(seed).sample(expected, len(expected))
        assert list(merged(shuffled)) == expected
