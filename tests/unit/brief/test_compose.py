"""What a brief says: rich, empty, partial, unranked; honest about what is missing, and always the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from brief.bottom_line import bottom_line
from brief.compose import compose
from brief.evidence import Evidence
from precall.model import Brief, Sentence, SourceReport, SourceState
from tests.unit.brief.situation import FAILED, RICH, assignment, brief, brief_of, evidence, failure, lead, ranking_of
from tests.unit.rank.given import NOW, REPORTS, collection, mention


def said(made: Brief) -> list[str]:
    return [sentence.text for sentence in made.bottom_line]


def test_a_rich_brief() -> None:
    made = brief()
    assert made.subject == "Kestrelon Logistics, call today 11:00 AM: 4 stories"
    assert said(made) == [
        "Open with: “Kestrelon buys Nordfracht for 80 million euros” (Courier, Mar 10, 2026, 5 h ago).",
        "The mood was not scored: read the quotes for it.",
    ]
    assert [sentence.text for sentence in made.chatter] == [
        "5 mentions at 5 outlets in the last 30 days: 4 stories, 3 mainly about Kestrelon Logistics (5 in the news).",
        "5 mentions in the last 7 days; what is usual for them is not known yet.",
    ]
    assert (made.partial, made.failures, made.ranked) == (False, (), True)
    assert (made.mentions_read, made.set_aside) == (6, {"does not name the prospect": 1})
    assert made.looked_for == ("Kestrelon Logistics", "Kestrelon", "kestrelon.example", "Ada Berg")


def test_each_story_cites_its_own_mentions_and_says_how_often_it_was_told() -> None:
    story = next(story for story in brief().stories if "Nordfracht" in story.headline.text)
    assert story.seen.text == "2 outlets, first seen 5 h ago, last 3 h ago"
    assert {citation.mention_id for citation in story.seen.citations} == {RICH[0].id, RICH[1].id}
    quotes = [sentence.text for sentence in story.sentences]
    assert "Kestrelon did not say when the cartel office will decide." in quotes
    assert not any(quote.startswith(("But", "He said")) for quote in quotes)


def test_at_most_five_stories_of_at_most_two_quotes() -> None:
    words = "strike depot merger school lawsuit award refinery ballet".split()
    made = brief([mention(f"Kestrelon {word} news on {word}", outlet=f"{word}.example") for word in words])
    assert len(made.stories) == 5
    assert all(len(story.sentences) <= 2 for story in made.stories)
    assert made.subject.endswith("5 stories")


def test_an_empty_brief_says_so_and_what_was_asked() -> None:
    made = brief([])
    assert made.subject == "Kestrelon Logistics, call today 11:00 AM: nothing found"
    assert said(made) == [
        "Nothing about Kestrelon Logistics was found in the last 30 days.",
        "Asked without result: Google News, Hacker News.",
    ]
    assert (made.stories, made.partial) == ((), False)


def test_an_empty_brief_tells_a_failed_source_from_an_empty_one() -> None:
    made = brief([], reports=(*REPORTS, FAILED))
    assert said(made)[-1] == "No answer from Bing News: what is there is not known."


def test_when_no_source_answered_nothing_is_said_about_the_news() -> None:
    made = brief([], reports=(FAILED, SourceReport(source="site", label="Site", state=SourceState.SKIPPED)))
    assert said(made) == ["No source answered, so whether there is news about Kestrelon Logistics is not known."]
    assert (made.partial, made.failures) == (True, ("No source answered.",))


def test_mentions_that_are_not_about_them_are_not_shown() -> None:
    made = brief([mention("Rain in Linz"), mention("Snow in Graz", outlet="b.example")])
    assert said(made)[0] == "2 mentions came back for the last 30 days; none is clearly about Kestrelon Logistics."
    assert made.stories == ()


def test_only_stories_in_passing_are_called_that() -> None:
    made = brief([mention("Linz port plans a new quay", "Tenants such as Kestrelon were asked for 12 ideas.")])
    assert said(made)[0].startswith(
        "Nothing is mainly about Kestrelon Logistics. Closest: “Linz port plans a new quay”"
    )


def test_an_undated_story_is_called_undated() -> None:
    made = brief([mention("Kestrelon opens a depot", hours=None)])
    assert said(made)[0] == "Open with: “Kestrelon opens a depot” (Courier, undated)."
    assert made.stories[0].seen.text == "1 outlet, undated"


def test_the_one_to_know_is_dated_and_about_them_where_there_is_one() -> None:
    made = brief(
        [
            mention("Linz port plans a new quay", "Tenants such as Kestrelon were asked for 12 ideas.", hours=0.1),
            mention("Kestrelon opens a depot", hours=None, outlet="b.example"),
            mention("Kestrelon strike halts work", hours=600, outlet="c.example"),
        ]
    )
    assert "Kestrelon strike halts work" in said(made)[0]


def test_wire_copies_are_called_wire_copies() -> None:
    lead_text = "Kestrelon will buy the Baltic forwarder Nordfracht for 80 million euros, both said on Monday."
    made = brief([mention(f"Deal number {n} in the Baltic", lead_text, outlet=f"o{n}.example") for n in range(4)])
    assert made.stories[0].seen.text == "4 outlets, 3 of them wire copies, 3 h ago"


def test_after_a_failed_ranking_the_newest_mentions_are_shown_unranked() -> None:
    known = Evidence(lead(), assignment(), collection(RICH), None, (failure("rank"),), NOW)
    made = brief_of(known)
    assert [story.headline.text for story in made.stories][:2] == [
        "Baltic forwarder Nordfracht goes to Kestrelon",
        "Kestrelon buys Nordfracht for 80 million euros",
    ]
    assert made.failures == ("Ranking failed (StorageUnavailable): the newest mentions are shown, unranked.",)
    assert (made.partial, made.ranked) == (True, False)
    assert said(made)[0].startswith("The newest: “Baltic forwarder")
    assert all(story.parts == () for story in made.stories)
    assert "Rain in Linz" not in [story.headline.text for story in made.stories]


def test_after_a_failed_collection_nothing_is_claimed() -> None:
    known = Evidence(lead(), assignment(), None, None, (failure("collect", "States.Timeout"),), NOW)
    made = brief_of(known)
    assert said(made) == [
        "The sources could not be asked, so whether there is news about Kestrelon Logistics is not known."
    ]
    assert made.failures == ("The sources could not be asked (States.Timeout).",)
    assert made.partial
    assert made.as_of == NOW


def test_the_same_input_gives_the_same_bytes() -> None:
    first = brief().model_dump_json()
    assert all(brief().model_dump_json() == first for _ in range(3))
    assert brief(tuple(reversed(RICH))).stories == brief().stories


def test_without_an_assignment_times_are_utc_and_nobody_is_named() -> None:
    found = collection(RICH)
    ranking = ranking_of(found)
    made = compose(Evidence(lead(call_at=NOW + timedelta(hours=1)), None, found, ranking, (), NOW))
    assert made.rep is None
    assert made.subject.startswith("Kestrelon Logistics, call today 15:05")
    assert compose(Evidence(lead(), None, found, ranking, (), NOW)).subject == "Kestrelon Logistics: 4 stories"


def test_a_refused_sentence_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def invented(known: Evidence) -> list[Sentence]:
        return [Sentence(text="They love your product.", kind="quote"), *bottom_line(known)]

    reasons: list[str] = []
    monkeypatch.setattr("brief.compose.bottom_line", invented)
    made = brief_of(evidence(), on_refusal=reasons.append)
    assert "They love your product." not in said(made)
    assert made.failures == ("One sentence was left out: its source does not bear it out.",)
    assert made.partial
    assert len(reasons) == 1


def test_a_ranking_of_mentions_that_were_not_collected_is_not_told() -> None:
    known = Evidence(lead(), assignment(), collection(RICH[:1]), ranking_of(collection(RICH)), (), NOW)
    told = {citation.mention_id for story in brief_of(known).stories for citation in story.seen.citations}
    assert told <= {RICH[0].id}


def test_a_headline_of_5000_characters_leaves_room_for_its_outlet_and_date() -> None:
    made = brief([mention("Kestrelon " + "x" * 5000)])
    assert said(made)[0].endswith("x…” (Courier, Mar 10, 2026, 3 h ago).")
    assert made.stories[0].headline.text == "Kestrelon " + "x" * 5000
