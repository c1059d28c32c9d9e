"""The mood in a brief: of each story and of all, counted by the ranking, held by the gate, readable by everybody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from brief.evidence import Evidence
from brief.gate import check
from brief.mood import in_words
from brief.render import as_html, as_text
from precall.errors import Unsupported
from precall.model import Brief, Mention, Sentiment
from rank.sentiment import ModelUnavailable, TextAndTarget
from rank.sentiment import Sentiment as Judgement
from tests.unit.brief.situation import FAILED, RICH, assignment, brief, brief_of, evidence, failure, lead
from tests.unit.rank.given import NOW, REPORTS, collection, judge_by_words, mention


def lost(pairs: Sequence[TextAndTarget]) -> list[Judgement]:
    raise ModelUnavailable("no model")


def spread(negative: int = 0, neutral: int = 0, positive: int = 0) -> Sentiment:
    return Sentiment(state="scored", value=0, negative=negative, neutral=neutral, positive=positive)


def mood_line(made: Brief) -> str:
    return made.bottom_line[1].text


def story_moods(made: Brief) -> set[str]:
    return {story.mood.text if story.mood else "" for story in made.stories}


@pytest.mark.parametrize(
    ("counts", "noun", "says"),
    [
        (spread(positive=9), "", "positive"),
        (spread(negative=2, positive=7), "", "mostly positive, 2 of 9 negative"),
        (spread(negative=7, neutral=1, positive=1), "", "mostly negative, 1 of 9 positive, 1 neutral"),
        (spread(negative=4, neutral=1, positive=4), "", "mixed, 4 of 9 positive, 4 negative, 1 neutral"),
        (spread(negative=3, positive=21), "mentions", "mostly positive, 3 of 24 mentions negative"),
        (spread(negative=5), "mentions", "negative, in all 5 mentions"),
        (spread(neutral=1), "mentions", "neutral, in one mention"),
        (Sentiment(), "", ""),
    ],
)
def test_a_mood_is_a_label_and_its_spread(counts: Sentiment, noun: str, says: str) -> None:
    assert in_words(counts, noun) == says


@pytest.mark.parametrize(
    ("trend", "says"),
    [(0.3, "negative, better of late"), (-1.2, "negative, worse of late"), (0.29, "negative"), (None, "negative")],
)
def test_a_mood_that_turned_says_so(trend: float | None, says: str) -> None:
    assert in_words(spread(negative=6).model_copy(update={"trend": trend})) == says


def test_the_bottom_line_counts_the_stories_that_are_mainly_about_them() -> None:
    made = brief(judge=judge_by_words)
    assert mood_line(made) == (
        "The mood towards Kestrelon Logistics: mixed, 1 of 4 mentions positive, 1 negative, 2 neutral."
    )
    assert story_moods(made) == {
        "Mood: mixed, 1 of 2 positive, 1 neutral", "Mood: negative", "Mood: neutral",
    }  # fmt: skip


def test_a_source_without_an_answer_is_told_with_the_mood() -> None:
    made = brief(judge=judge_by_words, reports=(*REPORTS, FAILED))
    assert len(made.bottom_line) == 3
    assert mood_line(made).endswith("2 neutral. No answer from Bing News: what is there is not known.")


def test_a_sentiment_that_was_not_available_is_said() -> None:
    made = brief(judge=lost)
    assert mood_line(made) == "The mood is missing, as sentiment was not available: read the quotes for it."
    assert story_moods(made) == {"Mood: not available"}
    made = brief(judge=lost, reports=(*REPORTS, FAILED))
    assert mood_line(made) == "Missing: Bing News, which did not answer, and the mood: sentiment was not available."


def test_a_language_without_a_model_is_not_scored() -> None:
    made = brief([mention("Kestrelon achète Nordfracht", language="fr")], judge=judge_by_words)
    assert mood_line(made) == "The mood was not scored: read the quotes for it."
    assert story_moods(made) == {"Mood: not scored"}


def test_a_general_tone_is_called_that() -> None:
    own = mention("Nordfracht strike is over", "Work goes on.", url="https://kestrelon.example/news/1")
    made = brief([own], judge=judge_by_words)
    assert mood_line(made) == "The mood of texts that do not name Kestrelon Logistics: negative, in one mention."
    assert story_moods(made) == {"General tone, Kestrelon Logistics not named: negative"}


def test_only_in_passing_is_better_than_nothing() -> None:
    made = brief([mention("Linz port strike", "Tenants such as Kestrelon were asked.")], judge=judge_by_words)
    assert mood_line(made) == "The mood towards Kestrelon Logistics: negative, in one mention."


def test_unranked_mentions_have_no_mood() -> None:
    made = brief_of(Evidence(lead(), assignment(), collection(RICH), None, (failure("rank"),), NOW))
    assert story_moods(made) == {""}
    assert mood_line(made) == "The mood was not scored: read the quotes for it."


@pytest.mark.parametrize("change", [("mixed", "mostly positive"), ("1 of 4", "2 of 4"), ("negative", "positive")])
def test_a_changed_label_or_count_in_the_mood_is_refused(change: tuple[str, str]) -> None:
    known = evidence(judge=judge_by_words)
    made = brief_of(known)
    line = made.bottom_line[1]
    slots = {name: value.replace(*change) for name, value in line.slots.items()}
    false = line.model_copy(update={"text": line.text.replace(*change), "slots": slots})
    assert false != line
    with pytest.raises(Unsupported):
        check(made.model_copy(update={"bottom_line": (made.bottom_line[0], false)}), known)


@pytest.mark.parametrize("template", ["no_mood", "lost_mood"])
def test_a_scored_mood_is_not_called_missing(template: str) -> None:
    known, other = evidence(judge=judge_by_words), evidence(judge=lost if template == "lost_mood" else None)
    made, missing = brief_of(known), brief_of(other).bottom_line[1]
    assert missing.template == template
    with pytest.raises(Unsupported):
        check(made.model_copy(update={"bottom_line": (made.bottom_line[0], missing)}), known)


def test_the_mood_is_in_words_in_both_forms() -> None:
    made = brief(judge=judge_by_words)
    for text in (" ".join(as_text(made).split()), as_html(made)):
        for mood in story_moods(made):
            assert mood in text


def test_the_colours_of_a_mood_can_be_read() -> None:
    html = as_html(brief([STORIES[label] for label in STORIES], judge=judge_by_words)) + as_html(brief(judge=lost))
    light = re.findall(
        r'class="(positive|negative|neutral|mixed|unknown)"[^>]*background-color:(#\w{6});color:(#\w{6})', html
    )
    dark = re.findall(
        r"\.(positive|negative|neutral|mixed)[^{}]*\{ background-color: (#\w{6})[^;]*; color: (#\w{6})", html
    )
    assert {label for label, *_ in light} >= {"positive", "negative", "neutral", "unknown"}
    assert {label for label, *_ in dark} == {"positive", "negative", "neutral", "mixed"}
    for _, ground, ink in (*light, *dark):
        assert contrast(ground, ink) >= 7


STORIES: dict[str, Mention] = {
    "positive": mention("Kestrelon buys Nordfracht for 80 million euros", outlet="a.example"),
    "negative": mention("Drivers strike at Kestrelon over night shifts", outlet="b.example"),
    "neutral": mention("Kestrelon names Ada Berg to its board in Graz", outlet="c.example"),
}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[a:b], 16) / 255 for a, b in pairwise((1, 3, 5, 7))]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
