"""The section about their market: two headlines at most, cited, apart, and nothing else of the brief changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from brief.evidence import Evidence
from brief.gate import check
from brief.ledger import ledger
from brief.render import as_html, as_note, as_page, as_text
from precall.errors import Unsupported
from precall.model import Market, Mention, SourceReport, SourceState
from tests.unit.brief.situation import RICH, brief_of, evidence
from tests.unit.rank.given import REPORTS, mention

MARKET = Market(competitors=("Vastrunner Freight", "Halvorsen Parcel"), terms=("freight rates",))
HUB = mention("Vastrunner Freight opens a parcel hub in Graz", outlet="styria.example", asked_for="market")
LOSS = mention("Halvorsen Parcel loses a contract", hours=30, outlet="post.example", asked_for="market")
RATES = mention("Road freight rates rise", hours=60, outlet="chamber.example", asked_for="market")
ANSWERED = SourceReport(
    source="market_news", label="News of their market", state=SourceState.ANSWERED, mentions=3, asked_for="market"
)


def known(*mentions: Mention, about: tuple[Mention, ...] = RICH, **other: Any) -> Evidence:
    return evidence((*about, *mentions), market=MARKET, **{"reports": (*REPORTS, ANSWERED)} | other)


def test_two_headlines_of_three_are_told_with_their_sources_in_every_long_form() -> None:
    found = known(HUB, LOSS, RATES)
    brief = brief_of(found)
    assert [sentence.text for sentence in brief.market] == [HUB.title, LOSS.title]
    assert [sentence.citations[0].outlet for sentence in brief.market] == ["Styria", "Post"]
    for form in (as_html(brief), as_page(brief, found), as_text(brief)):
        assert "their market" in form.casefold()
        assert "Not about them: news of competitors" in " ".join(form.split())
        assert HUB.url in form
    assert HUB.title not in as_note(brief)


def test_the_ledger_proves_them() -> None:
    found = known(HUB)
    proofs = {
        entry.place: entry.proofs[0] for entry in ledger(brief_of(found), found).entries if "market" in entry.place
    }
    assert {place: (proof.mention_id, proof.span) for place, proof in proofs.items()} == {
        "market[0]": (HUB.id, (0, len(HUB.title)))
    }


def test_nothing_else_of_the_brief_changes() -> None:
    without, with_it = brief_of(known()), brief_of(known(HUB, LOSS))
    changed = {name for name in type(without).model_fields if getattr(without, name) != getattr(with_it, name)}
    assert changed == {"market", "mentions_read"}


def test_there_is_no_section_without_market_news() -> None:
    found = known()
    brief = brief_of(found)
    assert brief.market == ()
    assert not any("their market</h2>" in form.casefold() for form in (as_html(brief), as_page(brief, found)))


@pytest.mark.parametrize(
    "held",
    [
        mention("Vastrunner Freight opens a hub in Graz", hours=None, asked_for="market"),
        mention("Vastrunner Freight opens a hub where two drivers were killed", asked_for="market"),
    ],
    ids=["undated", "sensitive"],
)
def test_what_is_undated_or_a_sensitive_topic_is_not_told(held: Mention) -> None:
    found = known(held)
    assert found.ranking is not None
    assert len(found.ranking.market) == 1
    assert brief_of(found).market == ()


@pytest.mark.parametrize("place", ["market", "posts", "person"])
def test_the_gate_refuses_news_of_the_account_as_market_news_and_the_other_way_round(place: str) -> None:
    found = known(HUB)
    brief = brief_of(found)
    wrong = brief.stories[0].headline if place == "market" else brief.market[0]
    with pytest.raises(Unsupported):
        check(brief.model_copy(update={place: (wrong,)}), found)


def test_only_market_news_came_back() -> None:
    brief = brief_of(known(HUB, about=()))
    assert brief.bottom_line[0].text.startswith("Nothing about Kestrelon Logistics was found")
    assert "News of their market" not in " ".join(sentence.text for sentence in brief.bottom_line)
    assert [sentence.text for sentence in brief.market] == [HUB.title]


def test_an_answer_about_the_market_is_no_answer_about_them() -> None:
    failed = tuple(report.model_copy(update={"state": SourceState.FAILED}) for report in REPORTS)
    found = known(HUB, about=(), reports=(*failed, ANSWERED))
    assert found.nobody_answered
    assert brief_of(found).failures == ("No source answered.",)


def test_unranked_the_market_is_left_out() -> None:
    assert brief_of(replace(known(HUB), ranking=None)).market == ()
