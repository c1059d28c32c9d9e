"""What a rep says from the brief's page: kept at once, shown again, changed, taken back; never by anybody else."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from audit.access import Asked
from audit.people import Person
from precall.documents import research_key
from tests.golden.read import evidence, forms
from tests.unit.audit.world import ASSIGNMENT, LEAD_ID, RESEARCH_ID, World, asked

REP = str(ASSIGNMENT.rep.email)
MANAGER = Person("priya@seller.example", "Priya Raman", True, "Europe/Vienna")
COLLEAGUE = Person("dana@seller.example", "Dana", False, "Europe/Vienna")
RICH = evidence("rich")
STORY, OTHER = RICH.shown[:2]


@pytest.fixture
def world() -> World:
    world = World()
    assert RICH.collection
    assert RICH.ranking
    for name, text in (
        ("page.html", forms("rich").page),
        ("collection.json", RICH.collection.model_copy(update={"lead_id": LEAD_ID}).model_dump_json()),
        ("ranking.json", RICH.ranking.model_dump_json()),
    ):
        world.documents.put(research_key(LEAD_ID, RESEARCH_ID, name), text)
    return world


def vote(says: str, story: str = STORY, research: str = RESEARCH_ID) -> dict[str, str]:
    return {"action": "vote", "says": says, "story": story, "research": research}


def rating(stars: str, missing: str = "") -> dict[str, str]:
    return {"action": "rate", "stars": stars, "missing": missing, "research": RESEARCH_ID}


def shown(world: World, by: Asked | None = None) -> BeautifulSoup:
    answer = world.brief_page.show(by or asked())
    assert answer.status == 200
    return BeautifulSoup(answer.body, "lxml")


def form(soup: BeautifulSoup, story: str = STORY) -> Tag:
    (found,) = soup.select(f"#story-{story} form")
    return found


def pressed(soup: BeautifulSoup, story: str = STORY) -> list[str]:
    return [button.get_text() for button in form(soup, story).select('[aria-pressed="true"]')]


def test_every_story_can_be_marked_and_the_whole_rated(world: World) -> None:
    soup = shown(world)
    words = [button.get_text() for button in form(soup).select("button")]
    assert words == ["Useful", "Not them", "Old news", "Sensitive"]
    assert len(soup.select("[aria-label='Mark this story']")) == len(RICH.shown)
    assert soup.select("#rating textarea")
    assert "<!--" not in str(soup).partition("<body>")[2].replace("<!--reader-->", "").replace("<!--/reader-->", "")


def test_a_mark_is_shown_with_its_effect_where_it_was_made(world: World) -> None:
    answer = world.brief_page.say(asked(), vote("useful"))
    assert (answer.status, answer.headers["Location"]) == (303, f"brief{asked().query}#story-{STORY}")
    soup = shown(world)
    assert (pressed(soup), pressed(soup, OTHER)) == (["Useful"], [])
    assert "rank higher" in form(soup).get_text()


def test_the_second_click_is_harmless_and_another_word_replaces_the_first(world: World) -> None:
    for says in ("useful", "useful", "old_news"):
        world.brief_page.say(asked(), vote(says))
    assert world.feedback.votes(LEAD_ID, REP) == {STORY: "old_news"}
    assert world.feedback.marks(REP).own.votes == 1


def test_a_mark_is_taken_back_with_what_it_taught(world: World) -> None:
    world.brief_page.say(asked(), vote("not_them"))
    world.brief_page.say(asked(), vote("withdraw"))
    assert (world.feedback.votes(LEAD_ID, REP), pressed(shown(world))) == ({}, [])


def test_not_them_teaches_the_account_at_once(world: World) -> None:
    world.brief_page.say(asked(), vote("not_them"))
    (denial,) = world.feedback.denials(RICH.prospect.key)
    assert set(denial.mention_ids) == set(RICH.stories[STORY].mention_ids)
    assert denial.outlets == RICH.stories[STORY].outlets


@pytest.mark.parametrize(
    "said",
    [vote("led_on"), vote("love it"), vote("useful", story="no-such"), vote("useful", research="../../config"),
     rating("6"), rating("", "  "), {"action": "rate", "stars": "5"}],
)  # fmt: skip
def test_what_is_no_mark_changes_nothing(world: World, said: dict[str, str]) -> None:
    assert world.brief_page.say(asked(), said).status == 400
    assert (world.feedback.given, world.ratings.given) == ({}, {})


def test_the_whole_is_rated_and_what_was_missing_stays_text(world: World) -> None:
    assert world.brief_page.say(asked(), rating("2", "<b>their ERP</b>")).status == 303
    world.brief_page.say(asked(), rating("4", "</textarea><script>x</script>"))
    soup = shown(world)
    assert [radio["value"] for radio in soup.select("#rating input[checked]")] == ["4"]
    assert soup.select_one("#rating textarea").get_text() == "</textarea><script>x</script>"  # type: ignore[union-attr]
    assert len(soup.select("script")) == 1  # the beacon


def test_a_manager_looks_and_neither_marks_nor_prepares(world: World) -> None:
    soup = shown(world, asked(person=MANAGER))
    assert [box["value"] for box in soup.select("form input[name=action]")] == ["share"]
    for said in (vote("useful"), rating("5"), {"action": "acknowledge"}, {"action": "read"}):
        assert world.brief_page.say(asked(person=MANAGER), said).status == 400
    assert (world.feedback.given, world.ratings.given, world.bus.events) == ({}, {}, [])


def test_a_rep_marks_their_own_leads_only(world: World) -> None:
    own = Person(REP, "Jonas Ferber", False, "Europe/Vienna")
    assert world.brief_page.say(asked(person=own), vote("useful")).headers["Location"] == f"brief#story-{STORY}"
    assert world.brief_page.say(asked(person=COLLEAGUE), vote("useful")).status == 403
    assert list(world.feedback.votes(LEAD_ID, REP)) == [STORY]


def test_a_page_of_an_older_version_is_shown_as_it_was_stored(world: World) -> None:
    world.documents.put(research_key(LEAD_ID, RESEARCH_ID, "page.html"), "<style>p{}</style><p>Old</p>")
    assert [tag.name for tag in shown(world).select("form")] == []
