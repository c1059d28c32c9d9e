"""The gate lets every word through that the evidence bears out, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from brief.gate import check, sift
from precall.errors import Unsupported
from precall.model import Brief, BriefStory, Citation, ScorePart, Sentence
from tests.unit.brief.situation import FAILED, RICH, brief_of, evidence
from tests.unit.rank.given import NOW, REPORTS, judge_by_words

EVIDENCE = evidence(judge=judge_by_words, reports=(*REPORTS, FAILED))
BRIEF = brief_of(EVIDENCE)
WHERE: list[tuple[str, int, int]] = [
    *(("line", n, 0) for n in range(len(BRIEF.bottom_line))),
    *(("headline", n, 0) for n in range(len(BRIEF.stories))),
    *(("seen", n, 0) for n in range(len(BRIEF.stories))),
    *(("mood", n, 0) for n in range(len(BRIEF.stories))),
    *(("quote", n, q) for n, story in enumerate(BRIEF.stories) for q in range(len(story.sentences))),
]
"""Every sentence of the brief."""


def at(where: tuple[str, int, int]) -> Sentence:
    kind, n, q = where
    if kind == "line":
        return BRIEF.bottom_line[n]
    story = BRIEF.stories[n]
    return {"headline": story.headline, "seen": story.seen, "mood": story.mood}.get(kind) or story.sentences[q]


def with_story(n: int, **changes: Any) -> Brief:
    stories = list(BRIEF.stories)
    stories[n] = stories[n].model_copy(update=changes)
    return BRIEF.model_copy(update={"stories": tuple(stories)})


def put(where: tuple[str, int, int], sentence: Sentence) -> Brief:
    kind, n, q = where
    if kind == "line":
        lines = (*BRIEF.bottom_line[:n], sentence, *BRIEF.bottom_line[n + 1 :])
        return BRIEF.model_copy(update={"bottom_line": lines})
    if kind == "quote":
        told = BRIEF.stories[n].sentences
        return with_story(n, sentences=(*told[:q], sentence, *told[q + 1 :]))
    return with_story(n, **{kind: sentence})


def refused(brief: Brief) -> bool:
    try:
        check(brief, EVIDENCE)
    except Unsupported:
        return True
    return False


def test_an_untouched_brief_passes_and_tells_something() -> None:
    check(BRIEF, EVIDENCE)
    assert len(BRIEF.bottom_line) == 3
    assert len(BRIEF.stories) >= 4
    assert sum(len(story.sentences) for story in BRIEF.stories) >= 4


sentences = st.sampled_from(WHERE)


@given(sentences, st.data())
def test_any_changed_character_is_refused(where: tuple[str, int, int], data: st.DataObject) -> None:
    sentence = at(where)
    place = data.draw(st.integers(0, len(sentence.text)))
    cut = data.draw(st.integers(0, 8))
    added = data.draw(st.text(max_size=8))
    text = sentence.text[:place] + added + sentence.text[place + cut :]
    assume(text != sentence.text)
    assert refused(put(where, sentence.model_copy(update={"text": text})))


@given(st.sampled_from([where for where in WHERE if re.search(r"\d", at(where).text)]), st.integers(0, 10_000))
def test_a_changed_number_is_refused_also_where_its_slot_changes_with_it(
    where: tuple[str, int, int], number: int
) -> None:
    sentence = at(where)
    figure = re.search(r"\d+", sentence.text)
    assume(figure is not None and figure.group() != str(number))
    assert figure is not None
    slots = {name: value.replace(figure.group(), str(number)) for name, value in sentence.slots.items()}
    text = sentence.text.replace(figure.group(), str(number))
    assert refused(put(where, sentence.model_copy(update={"text": text, "slots": slots})))


ADDED = [" The deal is done.", " and everybody is happy", " (they are for sale)", " Not.", "!"]


@given(sentences, st.sampled_from(ADDED))
def test_an_added_clause_is_refused(where: tuple[str, int, int], clause: str) -> None:
    sentence = at(where)
    assert refused(put(where, sentence.model_copy(update={"text": sentence.text + clause})))


RENAMED = [("Kestrelon", "Nordfracht"), ("Monday", "Friday"), ("Courier", "Reuters"), (" not", "")]


@pytest.mark.parametrize(
    ("where", "change"), [(where, change) for where in WHERE for change in RENAMED if change[0] in at(where).text]
)
def test_a_changed_name_or_a_dropped_not_is_refused(where: tuple[str, int, int], change: tuple[str, str]) -> None:
    sentence = at(where)
    text = sentence.text.replace(*change)
    slots = {name: value.replace(*change) for name, value in sentence.slots.items()}
    assert refused(put(where, sentence.model_copy(update={"text": text, "slots": slots})))


def recited(sentence: Sentence, **changes: object) -> Sentence:
    first = sentence.citations[0].model_copy(update=changes)
    return sentence.model_copy(update={"citations": (first, *sentence.citations[1:])})


CITATIONS: list[Callable[[Sentence], Sentence]] = [
    lambda s: recited(s, url="https://elsewhere.example/"),
    lambda s: recited(s, outlet="Reuters"),
    lambda s: recited(s, published_at=NOW),
    lambda s: recited(s, mention_id="0" * 16),
    lambda s: s.model_copy(update={"citations": ()}),
    lambda s: s.model_copy(update={"citations": (*s.citations, s.citations[0])}),
]
CITING = [where for where in WHERE if at(where).citations]


@pytest.mark.parametrize("change", CITATIONS)
@pytest.mark.parametrize("where", CITING)
def test_a_swapped_source_is_refused(where: tuple[str, int, int], change: Callable[[Sentence], Sentence]) -> None:
    assert refused(put(where, change(at(where))))


def other_mention(sentence: Sentence) -> Sentence:
    """The same words with a correct citation of a mention that does not say them."""
    own = sentence.citations[0]
    other = next(m for m in RICH if m.id != own.mention_id and m.title != sentence.text)
    citation = Citation(
        mention_id=other.id, field=own.field, url=other.url, outlet=other.outlet_name, published_at=other.published_at
    )
    return sentence.model_copy(update={"citations": (citation,)})


@pytest.mark.parametrize("where", CITING)
def test_a_true_citation_of_another_mention_is_refused(where: tuple[str, int, int]) -> None:
    assert refused(put(where, other_mention(at(where))))


@pytest.mark.parametrize("where", [where for where in WHERE if where[0] in ("quote", "headline")])
def test_a_title_is_not_passed_off_as_text_nor_text_as_a_title(where: tuple[str, int, int]) -> None:
    sentence = at(where)
    other = "text" if sentence.citations[0].field == "title" else "title"
    assert refused(put(where, recited(sentence, field=other)))


def test_part_of_a_sentence_is_no_quote() -> None:
    where = next(where for where in WHERE if where[0] == "quote")
    words = at(where).text.split()
    assert refused(put(where, at(where).model_copy(update={"text": " ".join(words[:-2])})))


def test_an_unknown_template_and_one_that_is_not_true_are_refused() -> None:
    chatter = BRIEF.bottom_line[1]
    for name in ("made_up", "nothing", "nobody_answered", "not_asked", "subject", None):
        assert refused(put(("line", 1, 0), chatter.model_copy(update={"template": name})))
    nothing = Sentence(
        text="Nothing about Kestrelon Logistics was found in the last 30 days.",
        kind="template",
        template="nothing",
        slots={"prospect": "Kestrelon Logistics", "window": "30 days"},
    )
    assert refused(put(("line", 1, 0), nothing))


def test_a_sentence_that_claims_to_be_a_quote_is_checked_as_one() -> None:
    assert refused(put(("line", 1, 0), BRIEF.bottom_line[1].model_copy(update={"kind": "quote"})))


STORY_CHANGES: list[Callable[[BriefStory], dict[str, object]]] = [
    lambda s: {"story_id": "another"},
    lambda s: {"url": "https://elsewhere.example/"},
    lambda s: {"outlet": "Reuters"},
    lambda s: {"published_at": NOW},
    lambda s: {"score": 0.99},
    lambda s: {"proximity": "contact" if s.proximity != "contact" else "account"},
    lambda s: {"parts": (ScorePart(name="volume", value=1, weight=1, because="99 outlets"), *s.parts[1:])},
    lambda s: {"seen": BRIEF.stories[-1].seen if s != BRIEF.stories[-1] else BRIEF.stories[0].seen},
    lambda s: {"headline": BRIEF.stories[-1].headline if s != BRIEF.stories[-1] else BRIEF.stories[0].headline},
    lambda s: {"headline": s.seen},
    lambda s: {"seen": s.mood},
    lambda s: {"mood": s.seen},
    lambda s: {"mood": None},
    lambda s: {"mood": next(other.mood for other in BRIEF.stories if other.mood != s.mood)},
    lambda s: {"sentiment": s.sentiment.model_copy(update={"negative": s.sentiment.negative + 1})},
    lambda s: {"sentiment": s.sentiment.model_copy(update={"value": 1.0})},
]


@pytest.mark.parametrize("change", STORY_CHANGES)
@pytest.mark.parametrize("n", range(len(BRIEF.stories)))
def test_a_story_is_told_as_it_was_ranked(n: int, change: Callable[[BriefStory], dict[str, object]]) -> None:
    assert refused(with_story(n, **change(BRIEF.stories[n])))


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Kestrelon is for sale"},
        {"mentions_read": 999},
        {"set_aside": {}},
        {"coverage": REPORTS},
        {"looked_for": ("Acme",)},
        {"ranked": False},
        {"call_at": NOW},
    ],
)
def test_the_frame_is_what_the_research_gave(change: dict[str, object]) -> None:
    assert refused(BRIEF.model_copy(update=change))


def test_sifting_drops_what_fails_and_keeps_the_rest() -> None:
    story = BRIEF.stories[0]
    bad = story.sentences[0].model_copy(update={"text": "Kestrelon is bankrupt."})
    damaged = with_story(0, sentences=(bad, *story.sentences[1:]))
    damaged = damaged.model_copy(update={"bottom_line": (bad, *damaged.bottom_line[1:])})
    kept, reasons = sift(damaged, EVIDENCE)
    assert len(reasons) == 2
    assert kept.bottom_line == BRIEF.bottom_line[1:]
    assert kept.stories[0].sentences == story.sentences[1:]
    assert kept.stories[1:] == BRIEF.stories[1:]


def test_sifting_drops_a_story_whose_headline_fails() -> None:
    bad = BRIEF.stories[0].headline.model_copy(update={"text": "Kestrelon is bankrupt"})
    kept, reasons = sift(put(("headline", 0, 0), bad), EVIDENCE)
    assert (kept.stories, len(reasons)) == (BRIEF.stories[1:], 1)


def test_a_brief_of_which_nothing_is_left_is_refused() -> None:
    bad = BRIEF.bottom_line[0].model_copy(update={"text": "Kestrelon is bankrupt."})
    with pytest.raises(Unsupported, match="no sentence of the brief is borne out"):
        sift(BRIEF.model_copy(update={"bottom_line": (bad,), "stories": ()}), EVIDENCE)
