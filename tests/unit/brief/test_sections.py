"""What a brief tells around its stories, and that nothing of it is invented."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.mutations import MUTATIONS, mutated
from brief.gate import check
from brief.ledger import ledger
from brief.render import as_html, as_text
from precall.errors import Unsupported
from precall.model import Brief, Chatter, Contact, Kind, Prospect, Story
from tests.unit.brief.full import CONTACT, POST, REGISTER, full, full_again
from tests.unit.brief.situation import RICH, SELLER, brief_of, evidence, lead
from tests.unit.rank.given import KESTREL, NOW, judge_by_words, mention

KNOWN = full_again()
BRIEF = brief_of(KNOWN)


def without_company(prospect: Prospect) -> Prospect:
    return prospect.model_copy(update={"account": prospect.account.model_copy(update={"name": None, "domain": None})})


def test_a_signal_is_shown_in_the_words_of_its_source_with_an_opener_that_names_it() -> None:
    signal = BRIEF.signals[0]
    assert (signal.kind, signal.quote.text) == ("acquisition", "Kestrelon buys Nordfracht for 80 million euros")
    assert signal.opener is not None
    assert signal.opener.text == (
        "I read in Courier of Mar 10, 2026 about the acquisition. What changes for your team first?"
    )


def test_layoffs_are_known_and_not_raised() -> None:
    assert [signal.opener for signal in BRIEF.signals if signal.kind == "layoffs"] == [None]
    assert BRIEF.bottom_line[0].text.startswith("Open with: “Kestrelon buys Nordfracht")
    assert BRIEF.bottom_line[2].text == "Know, do not raise: “Kestrelon strike halts Linz depot” (D, Mar 9, 2026)."


def with_stories(**changes: object) -> Brief:
    known = full()
    assert known.ranking is not None
    stories: tuple[Story, ...] = tuple(story.model_copy(update=changes) for story in known.ranking.stories)
    return brief_of(replace(known, ranking=known.ranking.model_copy(update={"stories": stories})))


def test_a_sensitive_story_is_never_what_a_call_is_opened_with() -> None:
    made = with_stories(sensitive="death")
    assert made.bottom_line[0].text == "Nothing to open with: what was found is to be known, not raised."
    assert all(signal.opener is None for signal in made.signals)
    assert made.posts == ()


def test_of_a_doubtful_story_no_signal_is_told() -> None:
    made = with_stories(doubtful=True)
    assert made.signals == ()
    assert all(story.doubtful for story in made.stories)


def test_the_person_is_told_by_quotes_that_name_them() -> None:
    said = {sentence.text: sentence.citations[0].mention_id for sentence in BRIEF.person}
    words = "“Graz gives us room for two more sorters,” said Ada Berg, head of operations at Kestrelon."
    assert said[words] == CONTACT.id
    assert all("Ada Berg" in text for text in said)
    assert [s.text for s in brief_of(evidence([mention("Kestrelon opens a depot")])).person] == [
        "Nothing public was found that names Ada Berg together with Kestrelon Logistics."
    ]


def test_the_account_is_told_by_what_a_source_says_verbatim() -> None:
    assert [sentence.text for sentence in BRIEF.glance] == ["People: 1,240", "Founded: 1987"]
    assert all(sentence.citations[0].mention_id == REGISTER.id for sentence in BRIEF.glance)


def test_the_checklist_is_filled_in_where_a_source_says_it_and_else_asks() -> None:
    assert [(item.ask, item.found.text if item.found else None) for item in BRIEF.checklist] == [
        ("How many people work there?", "People: 1,240"),
        ("Which WMS?", None),
    ]


def test_the_post_with_most_reactions_is_told() -> None:
    assert [sentence.text for sentence in BRIEF.posts] == [
        "The new Kestrelon depot in Graz has better docks than the old one in Linz."
    ]
    assert BRIEF.posts[0].citations[0].mention_id == POST.id


def test_how_much_is_said_is_compared_with_what_is_usual() -> None:
    assert BRIEF.chatter[1].text == (
        "8 mentions in the last 7 days; a usual week of theirs has 4, by their own history with us."
    )


def test_what_is_new_since_the_last_brief_is_marked() -> None:
    assert BRIEF.since is not None
    assert BRIEF.since.text == "New since Mar 9, 2026: 2 stories."
    assert sum(story.new for story in BRIEF.stories) == 2
    assert brief_of(full()).since is None


def test_a_thin_file_says_so_and_gives_questions() -> None:
    made = brief_of(replace(evidence([]), seller=SELLER.model_copy(update={"offers": ("warehouse analytics",)})))
    assert made.thin
    assert [question.text for question in made.questions] == [
        "What were you looking for in “Five ways to cut dwell time”?",
        "How do you handle warehouse analytics today?",
        "What has changed at Kestrelon Logistics in the last months that nobody would read about?",
    ]
    assert not BRIEF.thin
    assert BRIEF.questions == ()


def test_breaking_news_comes_first_whatever_its_score() -> None:
    quiet = mention("Kestrelon names Ada Berg to its board", hours=3, outlet="f.example")
    loud = [
        mention(f"{start} Kestrelon closes its depot in Linz", hours=10, outlet=f"{start[:5].lower()}.example")
        for start in ("Haulier", "Unrest:", "Surprise as")
    ]
    made = brief_of(evidence([quiet, *loud]))
    assert made.stories[0].breaking
    assert "closes" in made.stories[0].headline.text


def test_job_ads_are_no_story_while_there_are_others() -> None:
    ads = tuple(
        mention(f"Kestrelon seeks a fitter {n}", outlet="boards.example", kind=Kind.JOB, url=f"https://b.example/{n}")
        for n in range(3)
    )
    told = brief_of(full((*RICH, *ads)))
    assert not any("fitter" in story.headline.text for story in told.stories)
    assert "fitter" in brief_of(evidence(ads)).stories[0].headline.text


def test_what_the_crm_says_of_how_far_things_are_is_told() -> None:
    made = brief_of(replace(full(), lead=lead(purpose="renewal", stage="contract sent", customer=True)))
    said = "Webinar sign-up, a customer, contract sent, about the renewal"
    assert said in as_text(made)
    assert said in as_html(made)


def test_namesakes_are_named() -> None:
    assert [namesake.name for namesake in BRIEF.namesakes] == ["Kestrelon Vineyard"]


@given(st.sampled_from(sorted(MUTATIONS)), st.integers(0, 2**32))
def test_whatever_is_made_false_is_refused(how: str, seed: int) -> None:
    false = mutated(BRIEF, MUTATIONS[how], random.Random(seed))
    assert false is not None
    with pytest.raises(Unsupported):
        check(false, KNOWN)


@pytest.mark.parametrize("field", ["signals", "checklist", "namesakes", "volume", "thin", "glance"])
def test_a_section_that_says_something_else_is_refused(field: str) -> None:
    other = brief_of(full((mention("Kestrelon opens a depot"), REGISTER)))
    changed = {"glance": BRIEF.person, "namesakes": (), "thin": True, "checklist": (), "volume": Chatter()}
    with pytest.raises(Unsupported):
        check(BRIEF.model_copy(update={field: changed.get(field, getattr(other, field))} | _doubled(field)), KNOWN)


def _doubled(field: str) -> dict[str, object]:
    """A signal under another kind."""
    if field != "signals":
        return {}
    return {"signals": (BRIEF.signals[0].model_copy(update={"kind": "funding"}),)}


def test_the_ledger_lists_every_sentence_and_quotes_can_be_found_where_it_says() -> None:
    entries = {entry.place: entry for entry in ledger(BRIEF, KNOWN).entries}
    assert list(entries) == [place for place, _ in BRIEF.sentences()]
    quotes = [entry for entry in entries.values() if entry.kind == "quote"]
    assert len(quotes) > 5
    for entry in quotes:
        (proof,) = entry.proofs
        assert proof.span is not None
        text = getattr(KNOWN.mentions[proof.mention_id], proof.field)
        assert text[slice(*proof.span)] == entry.text
    value = entries["glance[0]"].proofs[0].span
    assert value is not None
    assert REGISTER.text[slice(*value)] == "1,240"


def test_everybody_s_brief_passes_its_own_gate() -> None:
    check(BRIEF, KNOWN)
    check(Brief.model_validate_json(BRIEF.model_dump_json()), KNOWN)
    nobody = Prospect(account=KESTREL.account, contact=Contact(email="info@kestrelon.example"))
    made = brief_of(replace(evidence(judge=judge_by_words), lead=lead(nobody)))
    assert made.as_of == NOW
