"""Wikidata's item is taken for the account with evidence only; what it says can be proved."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.asking import Hearing, ask
from collect.merge import supported
from collect.question import Question
from collect.sources.wikidata_choice import choose
from collect.sources.wikidata_items import Item, found_ids, items_of
from collect.sources.wikidata_profile import told_by_item
from collect.sources.wikipedia import Wikipedia, parse_summary
from precall.config import SourceSwitch
from precall.model import Kind, Mention, Namesake, SourceReport, SourceState
from tests.unit.collect.support import about, page
from tests.unit.fetch.web import FakeWeb

Claims = dict[str, list[Any]]


def snak(value: Any) -> dict[str, Any]:
    kinds = {"Q": {"id": value}, "+": {"time": value} if "T" in str(value) else {"amount": value}}
    told = kinds.get(str(value)[:1], value)
    return {"snaktype": "value", "datavalue": {"value": told, "type": "any"}}


def statement(value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    told = {name: [snak(given)] for name, given in qualifiers.items()}
    return {"mainsnak": snak(value), "rank": rank, **({"qualifiers": told} if told else {})}


def row(id: str, label: str, description: str = "", *aliases: str, title: str = "", **claims: Any) -> dict[str, Any]:
    told = {name: [one if isinstance(one, dict) else statement(one) for one in given] for name, given in claims.items()}
    return {
        "id": id,
        "type": "item",
        "labels": {"en": {"language": "en", "value": label}},
        "descriptions": {"en": {"language": "en", "value": description}},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]},
        "sitelinks": {"enwiki": {"site": "enwiki", "title": title}} if title else {},
        "claims": told,
    }


def item(*given: Any, **claims: Any) -> Item:
    ((found,), flaw) = items_of(json_page({"entities": {"any": row(*given, **claims)}}))
    assert flaw is None
    return found


def json_page(answer: Any) -> Any:
    return page(json.dumps(answer), "application/json", "https://www.wikidata.org/w/api.php")


QUESTION = about("Marlbrook Pumps Ltd", domain="marlbrook.example")
MARLBROOK = row(
    "Q1", "Marlbrook Pumps", "British maker of pumps", "Marlbrook", "MBP Works", title="Marlbrook Pumps",
    P31=["Q4830453"], P856=["https://www.marlbrook.example/en"], P452=["Q10", "Q11"], P17=["Q12"],
    P571=["+1974-05-00T00:00:00Z"],
    P1128=[statement("+300", P585="+2015-00-00T00:00:00Z"), statement("+410", P585="+2024-00-00T00:00:00Z")],
    P159=[statement("Q99", P582="+2001-00-00T00:00:00Z"), statement("Q13", "preferred"),
          statement("Q98", "deprecated")],
    P414=[statement("Q14", P249="MRLB")], P5531=["0000990001"], P2002=["marlbrookpumps"], P2397=["UC1"], P749=["Q15"],
    P1056=["Q16"],
)  # fmt: skip
LABELS = {
    "Q10": "mechanical engineering", "Q12": "United Kingdom", "Q13": "Fenwick", "Q14": "London Stock Exchange",
    "Q15": "Hexley Holding", "Q16": "pump",
}  # fmt: skip


def marlbrook() -> Item:
    ((found,), _) = items_of(json_page({"entities": {"Q1": MARLBROOK}}))
    return found


def test_the_item_at_the_prospects_site_is_the_prospect() -> None:
    rival = item("Q2", "Marlbrook", "village in Fenshire", P31=["Q532"])
    family = item("Q3", "Marlbrook", "family name", P31=["Q101352"])
    other = item("Q4", "Marlbrook Pumps", "American company", P31=["Q4830453"], P856=["https://mbpumps.example"])
    choice = choose([rival, family, other, marlbrook()], QUESTION)
    assert choice.item == marlbrook()
    assert choice.namesakes == (
        Namesake(name="Marlbrook", description="village in Fenshire"),
        Namesake(name="Marlbrook Pumps", description="American company"),
    )


@pytest.mark.parametrize(
    ("question", "others"),
    [
        (about("Marlbrook Pumps"), [item("Q2", "Marlbrook Pumps", "song", P31=["Q7366"])]),
        (about("Marlbrook Pumps Inc."), []),
        (about("MBP Works"), []),
        (about("Marlbrook Pumps", domain="marlbrook.org"), []),
    ],
)
def test_without_a_site_in_common_the_one_company_of_the_name_is_taken(question: Question, others: list[Item]) -> None:
    assert choose([*others, marlbrook()], question).item == marlbrook()


@pytest.mark.parametrize(
    ("question", "items"),
    [
        (about("Marlbrook Pumps"), [marlbrook(), item("Q2", "Marlbrook Pumps", "", P31=["Q783794"])]),
        (about("Marlbrook Pumps", domain="elsewhere.com"), [marlbrook()]),
        (about("Hexley"), [marlbrook()]),
        (about("Hexley"), [item("Q5", "Hexley", "mascot", P31=["Q95074"])]),
        (about("Hexley"), [item("Q5", "Hexley", "engineer", P31=["Q5"], P452=["Q10"])]),
        (about("Hexley"), [item("Q5", "Hexley", "mill until 1911", P31=["Q783794"], P576=["+1911-00-00T00:00:00Z"])]),
        (about("Nothing"), [item("Q6", "Nothing", "software company", P31=["Q783794"])]),
        (about("Hexley"), []),
    ],
)
def test_without_evidence_nobody_is_taken(question: Question, items: list[Item]) -> None:
    assert choose(items, question).item is None


def test_of_several_at_one_site_the_company() -> None:
    engine = item("Q7", "Marlbrook Pumps", "catalogue", P31=["Q1"], P856=["https://marlbrook.example"])
    assert choose([engine, marlbrook()], QUESTION).item == marlbrook()


def test_what_an_item_says() -> None:
    batch = told_by_item(marlbrook(), LABELS, QUESTION)
    profile = batch.profile
    assert profile is not None
    assert profile.names == ("Marlbrook Pumps", "Marlbrook", "MBP Works")
    assert (profile.domain, profile.wikidata, profile.wikipedia) == ("marlbrook.example", "Q1", "Marlbrook Pumps")
    assert (profile.ticker, profile.exchange, profile.cik) == ("MRLB", "London Stock Exchange", "990001")
    assert (profile.industry, profile.country) == ("mechanical engineering", "United Kingdom")
    assert (profile.handles_on("x"), profile.handles_on("youtube")) == (("marlbrookpumps",), ("UC1",))
    assert {(fact.name, fact.value) for fact in batch.facts} == {
        ("description", "British maker of pumps"),
        ("listed", "London Stock Exchange: MRLB"),
        ("founded", "1974"),
        ("employees", "410 (2024)"),
        ("headquarters", "Fenwick"),
        ("industry", "mechanical engineering"),
        ("owner", "Hexley Holding"),
        ("products", "pump"),
    }
    assert supported(batch.facts, batch.mentions) == batch.facts
    (entry,) = batch.mentions
    assert (entry.kind, entry.url, entry.published_at) == (Kind.REFERENCE, "https://www.wikidata.org/wiki/Q1", None)


def test_what_nobody_would_read_is_left_out() -> None:
    long = item("Q1", "Hexley", P452=["Q10"], P1056=["Q16"], P2002=["x" * 300])
    batch = told_by_item(long, {"Q10": "mining", "Q16": "y" * 600}, QUESTION)
    assert [fact.value for fact in batch.facts] == ["mining"]
    assert batch.profile is not None
    assert not batch.profile.handles


SUMMARY = {
    "type": "standard",
    "title": "Marlbrook Pumps",
    "wikibase_item": "Q1",
    "extract": "Marlbrook Pumps Ltd. is a British maker of pumps. It was founded in 1974 in Fenwick.",
    "content_urls": {"desktop": {"page": "https://en.wikipedia.org/wiki/Marlbrook_Pumps"}},
    "timestamp": "2026-02-01T00:00:00Z",
}


def test_the_entry_of_the_encyclopaedia() -> None:
    batch = parse_summary(json_page(SUMMARY), "Q1", QUESTION)
    (entry,) = batch.mentions
    assert (entry.kind, entry.outlet, entry.title) == (Kind.REFERENCE, "wikipedia.org", "Marlbrook Pumps")
    assert entry.published_at is None
    assert supported(batch.facts, batch.mentions) == batch.facts
    assert batch.facts[0].value == "Marlbrook Pumps Ltd. is a British maker of pumps."


@pytest.mark.parametrize(("field", "value"), [("type", "disambiguation"), ("wikibase_item", "Q2")])
def test_an_entry_about_something_else_is_none(field: str, value: str) -> None:
    assert not parse_summary(json_page(SUMMARY | {field: value}), "Q1", QUESTION).mentions


@pytest.mark.parametrize(
    ("answer", "flaw"),
    [
        ("", "the answer is empty"),
        ("<html>Too many requests</html>", "an HTML page instead of the answer"),
        ("[]", "the entry has no title, address or text"),
        ('{"title": {"a": 1}, "extract": 7, "content_urls": null}', "the entry has no title, address or text"),
        (
            json.dumps(SUMMARY | {"content_urls": {"desktop": {"page": "javascript:x"}}}),
            "the entry has no title, address or text",
        ),
    ],
)
def test_something_else_than_an_entry_is_a_flaw(answer: str, flaw: str) -> None:
    batch = parse_summary(page(answer, "application/json"), "Q1", QUESTION)
    assert (batch.mentions, batch.facts, batch.flaw) == ((), (), flaw)


def test_an_error_of_the_interface_is_named() -> None:
    answer = json_page({"error": {"code": "ratelimited", "info": "slow down"}})
    assert found_ids(answer) == ([], "the answer is the error ratelimited")
    assert items_of(answer) == ([], "the answer is the error ratelimited")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["Q1", "+1974-00-00T00"]),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "id labels en value claims P31 P1128 P414 mainsnak datavalue rank qualifiers".split()
            ),
            inner,
            max_size=5,
        ),
        max_leaves=20,
    )
)  # fmt: skip
def test_no_answer_breaks_the_reading(wild: Any) -> None:
    items, _ = items_of(json_page({"entities": {"Q1": {"id": "Q1", "claims": wild}, "Q2": wild}}))
    choose(items, QUESTION)
    for one in items:
        batch = told_by_item(one, {}, QUESTION)
        assert supported(batch.facts, batch.mentions) == batch.facts


class Wikis:
    """Both sites; `gone` kinds of requests answer 503."""

    def __init__(self, *gone: str) -> None:
        self.gone = gone
        self.asked: list[str] = []

    def serve(self, request: httpx.Request) -> httpx.Response:
        params = request.url.params
        kind = "summary" if "summary" in request.url.path else params["action"] + params.get("props", "")[:6]
        self.asked.append(kind)
        if kind in self.gone:
            return httpx.Response(503)
        labels = {id: row(id, label) for id, label in LABELS.items()}
        answers = {
            "summary": SUMMARY,
            "wbsearchentities": {"search": [{"id": "Q1", "label": "Marlbrook Pumps"}, {"id": 7}]},
            "wbgetentitieslabels": {"entities": {"Q1": MARLBROOK} if "claims" in params.get("props", "") else labels},
        }
        return httpx.Response(200, json=answers[kind])

    async def heard(self) -> tuple[dict[str, Mention], SourceReport, Hearing]:
        hearing = Hearing()
        async with FakeWeb(self.serve).door() as door:
            mentions, report = await ask(Wikipedia(), QUESTION, door, SourceSwitch(), hearing)
        return {mention.outlet: mention for mention in mentions}, report, hearing


async def test_the_account_is_found_and_told() -> None:
    found, report, hearing = await Wikis().heard()
    assert set(found) == {"wikipedia.org", "wikidata.org"}
    assert report.state == SourceState.ANSWERED
    assert hearing.profile is not None
    assert (hearing.profile.wikidata, hearing.profile.industry) == ("Q1", "mechanical engineering")
    assert supported(hearing.facts, found.values()) == tuple(hearing.facts)


@pytest.mark.parametrize("gone", ["wbsearchentities", "wbgetentitieslabels"])
async def test_when_the_search_fails_nobody_is_told(gone: str) -> None:
    found, report, hearing = await Wikis(gone).heard()
    assert not found
    assert hearing.profile is None
    assert (report.state, report.reason) == (SourceState.FAILED, "answered with HTTP status 503")


async def test_without_its_entry_the_item_still_tells() -> None:
    found, report, _ = await Wikis("summary").heard()
    assert set(found) == {"wikidata.org"}
    assert (report.state, report.reason) == (SourceState.PARTIAL, "its entry answered with HTTP status 503")
