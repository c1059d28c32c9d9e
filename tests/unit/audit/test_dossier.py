"""A lead's page beside its trail: the brief as written, its scores, what proves it, its cost, what was said of it."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup

from audit.cost import GB_SECOND, MAIL, WITHOUT_WAITING, cost_of
from brief.ledger import ledger
from precall.documents import research_key
from precall.events import BriefSent, MentionsCollected
from tests.golden.read import evidence, forms
from tests.unit.audit.test_voting import MANAGER, STORY, rating, vote
from tests.unit.audit.test_voting import world as with_brief
from tests.unit.audit.world import EVENTS, LEAD_ID, RESEARCH_ID, World, asked

RICH = evidence("rich")
world = with_brief


@pytest.fixture(autouse=True)
def told(world: World) -> None:
    documents = {"brief.txt": forms("rich").text, "ledger.json": ledger(forms("rich").brief, RICH).model_dump_json()}
    for name, text in documents.items():
        world.documents.put(research_key(LEAD_ID, RESEARCH_ID, name), text)


def rows(world: World, table: str) -> list[list[str]]:
    answer = world.pages.trail(asked(), table)
    assert answer.content_type.startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.body)))[1:]


def shown(world: World) -> BeautifulSoup:
    return BeautifulSoup(world.pages.trail(asked()).body, "lxml")


def test_the_brief_is_shown_as_it_was_written(world: World) -> None:
    (text,) = shown(world).select("pre")
    assert text.get_text().strip() == forms("rich").text.strip().replace("?token=abc", ""), "but the rep's own link"
    assert "/brief#acknowledge" in text.get_text()


def test_every_part_of_every_score_is_shown_and_adds_up(world: World) -> None:
    found = rows(world, "scores")
    assert RICH.ranking
    assert len(found) == sum(len(story.parts) + 1 for story in RICH.ranking.stories)
    first = [row for row in found if row[0] == RICH.ranking.stories[0].headline]
    assert sum(float(row[5]) for row in first[:-1]) == pytest.approx(float(first[-1][5]), abs=0.05)


def test_every_sentence_stands_with_its_proof(world: World) -> None:
    found = rows(world, "ledger")
    sentences = {" ".join(sentence.text.split()) for _, sentence in forms("rich").brief.sentences()}
    assert {" ".join(row[1].lstrip("'").split()) for row in found} == sentences
    links = shown(world).select("#h-ledger")[0].find_parent("section").select("td a")  # type: ignore[union-attr]
    assert links
    assert all(str(link["href"]).startswith("https://") and link["rel"] == ["noreferrer"] for link in links)


def test_what_was_said_is_shown_with_who_said_it(world: World) -> None:
    world.brief_page.say(asked(), vote("not_them"))
    world.brief_page.say(asked(), rating("2", "Who signs"))
    assert rows(world, "said") == [
        [RICH.stories[STORY].headline, "Not them", "jonas@seller.example"],
        ["the whole brief", "2 of 5; missing: Who signs", "jonas@seller.example"],
    ]


def test_the_cost_is_that_of_what_happened(world: World) -> None:
    (collected,) = [event for event in EVENTS if isinstance(event, MentionsCollected)]
    mails = sum(isinstance(event, BriefSent) for event in EVENTS)
    price = WITHOUT_WAITING + collected.took_ms / 1000 * GB_SECOND + mails * MAIL
    assert rows(world, "cost")[-1] == ["Together", f"{1000 * price:.3f}"]
    assert price < 0.001, "a tenth of a cent"
    assert cost_of([]).rows == []


def test_the_trail_is_a_table_too(world: World) -> None:
    assert [row[1] for row in rows(world, "trail")] == [event.type for event in EVENTS]
    assert rows(world, "trail")[-1][3].startswith("To: ")


def test_a_table_that_is_not_there_is_said_to_be_so(world: World) -> None:
    assert world.pages.trail(asked(), "passwords").status == 404
    assert world.pages.trail(asked(token="x"), "cost").status == 403


def test_what_is_gone_or_cannot_be_read_is_left_out(world: World) -> None:
    for name in ("ranking.json", "ledger.json"):
        world.documents.put(research_key(LEAD_ID, RESEARCH_ID, name), '{"of": "an older version"}')
    assert (rows(world, "scores"), rows(world, "ledger")) == ([], [])
    world.documents.texts.clear()
    assert shown(world).select("pre") == []


def test_a_manager_can_allow_what_was_denied(world: World) -> None:
    soup = BeautifulSoup(world.pages.trail(asked(person=MANAGER)).body, "lxml")
    assert [box["value"] for box in soup.select("form[action='../manage/marks'] input[name=action]")] == ["allow"]
    assert shown(world).select("form") == []
