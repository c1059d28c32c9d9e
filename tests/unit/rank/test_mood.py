"""The mood of stories: who is judged, what is summed up, and that nothing is lost where it cannot be scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precall.model import Mention, Ranking, Story
from rank.layer import layer_judge
from rank.mood import LEAD_CHARACTERS, MOST_TEXTS, NOT_SCORED, UNAVAILABLE, moods
from rank.sentiment import ModelUnavailable, Sentiment, TextAndTarget, not_scored
from rank.story_sentiment import MOSTLY, StorySentiment
from tests.unit.rank.given import KESTREL, judge_by_words, mention, ranked

DEAL = (
    mention("Kestrelon buys Nordfracht for 80 million euros", "The forwarder Nordfracht has 400 workers.", hours=5),
    mention("Forwarder Nordfracht goes to Kestrelon", "The price is 80 million euros.", hours=3, outlet="b.example"),
    mention("Nordfracht: Kestrelon pays 80 million euros", "A forwarder is sold.", hours=2, outlet="c.example"),
)
STRIKE = mention("Kestrelon strike halts Linz depot", "Drivers walk out.", hours=2, outlet="d.example")


class Recorder:
    """Keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[TextAndTarget] = []

    def __call__(self, pairs: Sequence[TextAndTarget]) -> list[Sentiment]:
        self.asked += pairs
        return judge_by_words(pairs)


def story_of(ranking: Ranking, member: Mention) -> Story:
    return next(story for story in ranking.stories if member.id in story.mention_ids)


def asked(*mentions: Mention) -> list[TextAndTarget]:
    recorder = Recorder()
    moods(KESTREL, mentions, recorder)
    return recorder.asked


def test_a_story_has_its_mood_with_its_spread() -> None:
    ranking = ranked([*DEAL, STRIKE], judge=judge_by_words)
    deal = story_of(ranking, DEAL[0])
    assert (deal.sentiment.state, deal.sentiment.label, deal.sentiment.general_tone) == ("scored", "positive", False)
    assert (deal.sentiment.positive, deal.sentiment.neutral, deal.sentiment.negative) == (2, 1, 0)
    assert deal.sentiment.value == pytest.approx(1.4 / 3, abs=1e-3)
    assert deal.parts[-1].because == "mostly positive, 1 of 3 neutral"
    strike = story_of(ranking, STRIKE)
    assert (strike.sentiment.label, strike.parts[-1].because) == ("negative", "negative")


def test_without_weight_the_mood_changes_neither_order_nor_scores() -> None:
    plain, felt = ranked([*DEAL, STRIKE]), ranked([*DEAL, STRIKE], judge=judge_by_words)
    assert [(s.id, s.score) for s in plain.stories] == [(s.id, s.score) for s in felt.stories]


def test_the_order_of_the_mentions_changes_nothing() -> None:
    assert ranked([*DEAL, STRIKE], judge=judge_by_words) == ranked([STRIKE, *reversed(DEAL)], judge=judge_by_words)


def test_the_judge_reads_headline_and_first_lines_and_knows_the_names() -> None:
    (pair,) = asked(mention("Kestrelon grows - Courier", "It did. " * 400, language="en"))
    assert pair.text.startswith("Kestrelon grows\nIt did.")
    assert len(pair.text) <= LEAD_CHARACTERS + len("Kestrelon grows\n")
    assert (pair.names, pair.language) == (("Kestrelon Logistics", "Kestrelon"), "en")


def test_a_headline_that_the_text_begins_with_is_read_once() -> None:
    (pair,) = asked(mention("Kestrelon grows", "Kestrelon grows. It hires."))
    assert pair.text == "Kestrelon grows. It hires."


def test_a_wire_copy_is_judged_once_and_counts_for_each_outlet() -> None:
    copies = [mention("Kestrelon buys Nordfracht at last", outlet=f"{n}.example") for n in "abc"]
    assert len(asked(*copies)) == 1
    assert ranked(copies, judge=judge_by_words).stories[0].sentiment.positive == 3


def test_of_very_many_texts_the_newest_are_judged() -> None:
    many = [mention(f"Kestrelon news {n}", outlet=f"{n}.example", hours=MOST_TEXTS + 9 - n) for n in range(1003)]
    found = asked(*many)
    assert len(found) == MOST_TEXTS
    assert found[0].text == "Kestrelon news 1002"


def test_a_language_that_is_not_known_is_not_scored() -> None:
    ranking = ranked([mention("Kestrelon achète Nordfracht", language="fr")], judge=judge_by_words)
    found = ranking.stories[0]
    assert (found.sentiment.state, found.sentiment.value, found.sentiment.not_scored) == ("not_scored", None, 1)
    assert (found.parts[-1].because, found.parts[-1].weight) == (NOT_SCORED, 0)


def test_only_where_no_mention_names_them_the_general_tone_counts() -> None:
    own = mention("Nordfracht strike is over", "Work goes on.", url="https://kestrelon.example/news/1")
    found = ranked([own], judge=judge_by_words).stories[0]
    assert (found.sentiment.general_tone, found.sentiment.label) == (True, "negative")
    assert "in general tone" in found.parts[-1].because


def failing(error: Exception) -> Any:
    def scorer(pairs: Sequence[TextAndTarget]) -> list[Sentiment]:
        raise error

    return scorer


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ModelUnavailable("manifest.json: missing; rebuild the layer with `make model`"), "manifest.json: missing"),
        (RuntimeError("bad graph"), "the model does not run (RuntimeError: bad graph)"),
    ],
)
def test_without_a_model_the_ranking_goes_on_and_one_warning_says_how_to_fix_it(error: Exception, says: str) -> None:
    warnings: list[str] = []
    ranking = ranked([*DEAL, STRIKE], judge=layer_judge(warnings.append, failing(error)))
    plain = ranked([*DEAL, STRIKE])
    assert [(s.id, s.score) for s in ranking.stories] == [(s.id, s.score) for s in plain.stories]
    assert {s.sentiment.state for s in ranking.stories} == {"unavailable"}
    assert {s.parts[-1].because for s in ranking.stories} == {UNAVAILABLE}
    (warning,) = warnings
    assert says in warning
    assert "make model" in warning


def test_a_missing_model_folder_is_one_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("PRECALL_MODELS", str(tmp_path))
    warnings: list[str] = []
    assert ranked(DEAL, judge=layer_judge(warnings.append)).stories[0].sentiment.state == "unavailable"
    assert len(warnings) == 1


def test_nothing_to_judge_asks_for_no_model() -> None:
    assert ranked([], judge=layer_judge(pytest.fail)).stories == ()


counts = st.integers(0, 30)


@settings(max_examples=300)
@given(counts, counts, counts)
def test_the_phrase_and_the_label_of_a_story_never_disagree(negative: int, neutral: int, positive: int) -> None:
    from precall.model import Sentiment as Spread
    from precall.model.judged import MOSTLY as SAID_MOSTLY

    phrase = StorySentiment(negative, neutral, positive, 0, 1, 0.0).phrase
    label = Spread(state="scored", value=0, negative=negative, neutral=neutral, positive=positive).label
    assert MOSTLY == SAID_MOSTLY
    assert phrase.removeprefix("mostly ").startswith(label or "not scored")


def test_not_scored_is_no_judgement() -> None:
    assert not not_scored("language fr").scored
