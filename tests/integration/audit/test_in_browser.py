"""The manager's pages in a real Chromium, on a team's weeks that were told through the real recorder."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, cast
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright

from audit import managing_routes, routes
from audit.access import Access
from audit.acting import Acting
from audit.brief_page import BriefPage
from audit.dossier import Dossiers
from audit.engagement import EngagementPages
from audit.managing import Managing
from audit.marks import MarksPage
from audit.pages import Pages
from audit.recorder import Recorder
from audit.sharing import Sharing
from audit.sign_in import SignIn
from audit.voting import Voting
from brief.ledger import ledger
from precall.clock import utc_now
from precall.config import Config, parse_config
from precall.counting import PREP, Counting
from precall.documents import research_key
from precall.engaged import ENGAGED
from precall.events import ReassignmentAsked, ResearchAsked
from precall.ids import derived_id
from precall.links import Links
from precall.post import NudgeAsked, Wish
from precall.share_links import ShareLinks
from precall.sign_in_links import SignInLinks
from tests.fake_feedback import FakeFeedback, FakeRatings
from tests.fakes import FakeBus, FakeCalls, FakeDocuments, FakeFacts, FakeTallies, FakeTouchBook
from tests.golden.read import evidence, forms
from tests.integration.audit.served import served
from tests.integration.audit.team import told
from tests.unit.audit.world import ROOT

pytestmark = pytest.mark.integration
CHROMIUM = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SECRET = "a-secret-for-tests"
PAGES = ("today", "coverage", "engagement", "sources", "marks")
DEVICES = {"desktop": (1280, 900), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RICH = evidence("rich")
CONFIG: Config = parse_config((ROOT / "precall.example.yaml").read_text())
MANAGER, REP = CONFIG.managers[0].email, CONFIG.reps[0].email


class FakeSessions:
    """`audit.sessions.Sessions` in dicts."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.used: set[str] = set()
        self.counts: Counter[str] = Counter()

    def begin(self, address: str, now: datetime) -> str:
        secret = str(uuid4())
        self.known[secret] = address
        return secret

    def address(self, secret: str, now: datetime) -> str | None:
        return self.known.get(secret)

    def end(self, secret: str) -> None:
        self.known.pop(secret, None)

    def use(self, ask: str, now: datetime) -> bool:
        new = ask not in self.used
        self.used.add(ask)
        return new

    def tries(self, who: str, now: datetime) -> int:
        self.counts[who] += 1
        return self.counts[who]


@dataclass
class FakePost:
    """Remembers what it was asked."""

    asked: list[Wish] = field(default_factory=list)

    def ask(self, wish: Wish) -> None:
        self.asked.append(wish)


@dataclass
class Team:
    """Where the pages are, the leads (the first have calls that are ahead), and what was asked of deliver."""

    url: str
    leads: list[str]
    post: FakePost
    bus: FakeBus

    def link(self, address: str) -> str:
        return SignInLinks(self.url, (SECRET,)).to(address, str(uuid4()))


@pytest.fixture(scope="module")
def team() -> Iterator[Team]:
    now, facts, calls, documents = utc_now(), FakeFacts(), FakeCalls(), FakeDocuments()
    config, post, bus, feedback, ratings = lambda: CONFIG, FakePost(), FakeBus(), FakeFeedback(), FakeRatings()
    touches = FakeTouchBook()
    recorder = Recorder(facts, calls, touches, config, lambda: now)
    leads = [told(CONFIG, facts, recorder, now, number, _call_at(now, number)) for number in range(160)]
    for lead_id in leads[:2]:
        for name, text in _documents(lead_id).items():
            documents.put(research_key(lead_id, derived_id("research", lead_id), name), text)
    sign_in = SignIn(config, FakeSessions(), lambda: SignInLinks("", (SECRET,)), post, utc_now)
    managing = Managing(calls, Counting(calls, FakeTallies(calls), PREP), config, utc_now)
    engagement = EngagementPages(Counting(calls, FakeTallies(calls), ENGAGED), touches, config, utc_now)
    marks = MarksPage(facts, feedback, config, utc_now)
    acting = Acting(facts, bus, post, config, utc_now)
    access = Access(facts, lambda: Links("", (SECRET,)), lambda: ShareLinks((SECRET,)))
    voting = Voting(documents, feedback, ratings, config, utc_now)
    pages = Pages(access, facts, Dossiers(documents, feedback, ratings), utc_now)
    brief_page = BriefPage(access, facts, documents, bus, voting, Sharing(bus, access.shares, utc_now), utc_now)
    with pytest.MonkeyPatch.context() as patch, served() as url:
        for module in (routes, managing_routes):
            patch.setattr(module, "sign_in", lambda: sign_in)
        patch.setattr(managing_routes, "managing", lambda: managing)
        patch.setattr(managing_routes, "acting", lambda: acting)
        patch.setattr(managing_routes, "marks", lambda: marks)
        patch.setattr(managing_routes, "engagement", lambda: engagement)
        patch.setattr(routes, "pages", lambda: pages)
        patch.setattr(routes, "brief_page", lambda: brief_page)
        yield Team(url, leads, post, bus)


def _documents(lead_id: str) -> dict[str, str]:
    """What a research has stored: that of a golden brief."""
    assert RICH.collection
    assert RICH.ranking
    collection = RICH.collection.model_copy(update={"lead_id": lead_id})
    return {
        "page.html": forms("rich").page,
        "collection.json": collection.model_dump_json(),
        "ranking.json": RICH.ranking.model_dump_json(),
        "brief.txt": forms("rich").text,
        "ledger.json": ledger(forms("rich").brief, RICH).model_dump_json(),
    }


def _call_at(now: datetime, number: int) -> datetime:
    """Four calls lie ahead within minutes, the others in the eight weeks before."""
    if number < 4:
        return now + timedelta(minutes=10 + number)
    return now - timedelta(days=(number * 37 % 52) + 1, hours=number % 5)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


def _looks_right(page: Page, folder: pytest.TempPathFactory, name: str) -> None:
    """Leaves a picture to be looked at; nobody is kept out, and nothing is wider than the screen."""
    page.screenshot(path=folder.getbasetemp() / f"{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def signed_in(context: BrowserContext, team: Team, address: str) -> Page:
    page = context.new_page()
    page.goto(team.link(address))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/manage/today")
    return page


def test_a_link_signs_in_once_and_out_again(context: BrowserContext, team: Team) -> None:
    link, page = team.link(MANAGER), context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == f"{team.url}/manage/today"
    (cookie,) = cast("list[Any]", context.cookies())
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Lax")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{team.url}/manage/coverage")
    assert page.url == f"{team.url}/manage/sign-in"
    context.add_cookies([cookie])  # the session has ended in the table, whatever a browser kept
    page.goto(f"{team.url}/manage/today")
    assert page.url == f"{team.url}/manage/sign-in"
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("heading").inner_text() == "This link does not sign in"


@pytest.mark.parametrize("token", ["", "forged", "WyJwcml5YUBzZWxsZXIuZXhhbXBsZSIsImEiXQ.aXXXXX.xxxx"])
def test_a_forged_link_does_not_sign_in(context: BrowserContext, team: Team, token: str) -> None:
    page = context.new_page()
    answer = page.goto(f"{team.url}/manage/link?token={token}")
    assert answer
    assert answer.status == 403


def test_whether_an_address_is_known_cannot_be_seen(context: BrowserContext, team: Team) -> None:
    page, answers = context.new_page(), []
    for address in (MANAGER, "stranger@nowhere.example"):
        page.goto(f"{team.url}/manage/sign-in")
        page.get_by_label("Your e-mail address").fill(address)
        page.get_by_role("button", name="Send the link").click()
        answers.append(page.locator("main").inner_text())
    assert answers[0] == answers[1]
    assert "If the address belongs to the team" in answers[0]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_fits_and_asks_nobody_else(
    chromium: Browser,
    team: Team,
    name: str,
    device: str,
    scheme: Literal["light", "dark"],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    width, height = DEVICES[device]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = signed_in(context, team, MANAGER)
    page.goto(f"{team.url}/manage/{name}")
    page.reload()  # by now all days are counted
    _looks_right(page, tmp_path_factory, f"{name}-{device}-{scheme}")
    assert all(url.startswith(team.url) for url in asked)
    context.close()


def test_today_shows_the_calls_ahead_and_the_rep_can_be_reminded(context: BrowserContext, team: Team) -> None:
    page = signed_in(context, team, MANAGER)
    rows = page.locator("section:has(#h-ahead) tbody tr")
    ahead = rows.count()
    assert ahead >= 1  # near midnight of the manager's day some lie on the next one
    buttons = page.get_by_role("button", name="Remind")
    if buttons.count():
        buttons.first.click()
        assert "The rep gets a mail in a moment." in page.get_by_role("status").inner_text()
        assert isinstance(team.post.asked[-1], NudgeAsked)
        assert team.post.asked[-1].by == MANAGER
        page.get_by_role("button", name="Research Nordlicht Foods again").click()
        page.get_by_role("link", name="Give the call with Nordlicht Foods").click()
        assert Axe().run(page).violations_count == 0
        page.get_by_role("button", name="Give").click()
        assert "The lead moves in a moment." in page.get_by_role("status").inner_text()
        research, reassignment = [event for event in team.bus.events if event.type.endswith(".asked")]
        assert isinstance(research, ResearchAsked)
        assert isinstance(reassignment, ReassignmentAsked)
        assert (reassignment.to, reassignment.by) == (CONFIG.reps[1].email, MANAGER)


def test_filters_are_in_the_address_and_in_the_csv(context: BrowserContext, team: Team) -> None:
    page = signed_in(context, team, MANAGER)
    page.goto(f"{team.url}/manage/coverage")
    page.locator("select[name=rep]").select_option(REP)
    page.get_by_role("button", name="Show").click()
    assert f"rep={REP.replace('@', '%40')}" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV of By rep").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0].startswith("Rep,Calls,Prepared")
    assert [line.split(",")[0] for line in lines[1:]] == [CONFIG.reps[0].name]


def test_a_rep_sees_their_own_leads_only(context: BrowserContext, team: Team) -> None:
    page = signed_in(context, team, REP)
    mine, other = team.leads[0], team.leads[1]
    assert page.get_by_role("link", name="Sources").count() == 0
    for path, status in ((f"leads/{mine}", 200), (f"leads/{other}", 403), (f"leads/{other}/brief", 403)):
        answer = page.goto(f"{team.url}/{path}")
        assert answer
        assert answer.status == status
    assert "Tamsin" in page.goto(f"{team.url}/manage/coverage?weeks=12").text()  # type: ignore[union-attr]
    assert CONFIG.reps[1].name not in page.content()
    assert page.request.post(f"{team.url}/manage/today", form={"lead": mine, "action": "nudge"}).status == 400


def test_a_brief_that_is_open_for_ten_seconds_is_read(context: BrowserContext, team: Team) -> None:
    page = signed_in(context, team, REP)
    page.clock.install()
    told_by: list[str] = []

    def caught(route: Route) -> None:
        if route.request.method == "POST":
            told_by.append(route.request.post_data or "")
        route.continue_()

    context.route("**/brief", caught)
    page.goto(f"{team.url}/leads/{team.leads[0]}/brief")
    page.clock.run_for(9_000)
    assert told_by == []
    with page.expect_request(lambda request: request.method == "POST"):
        page.clock.run_for(3_000)


def followed(page: Page, button: Locator) -> None:
    """Press what leads to the next page, and be there: a click alone may come back before."""
    with page.expect_navigation():
        button.click()


def test_a_story_is_marked_and_the_mark_taken_back_without_a_script(chromium: Browser, team: Team) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = signed_in(context, team, REP)
    page.goto(f"{team.url}/leads/{team.leads[0]}/brief")
    story = page.locator("article").first
    followed(page, story.get_by_role("button", name="Useful"))
    assert page.url.partition("#")[2] == story.get_attribute("id")
    assert story.locator("[aria-pressed=true]").all_inner_texts() == ["Useful"]
    followed(page, story.get_by_role("button", name="Not them"))
    page.reload()
    assert story.locator("[aria-pressed=true]").all_inner_texts() == ["Not them"]
    assert "From the next brief on" in story.get_by_role("status").inner_text()
    followed(page, story.get_by_role("button", name="Take back"))
    assert story.locator("[aria-pressed=true]").count() == 0
    page.get_by_label("4", exact=True).check()
    page.get_by_label("What was missing?").fill("Who signs")
    followed(page, page.get_by_role("button", name="Say so"))
    assert page.get_by_label("4", exact=True).is_checked()
    assert page.get_by_label("What was missing?").input_value() == "Who signs"
    context.close()


def test_what_a_rep_taught_is_forgotten_by_a_click_of_the_manager(chromium: Browser, team: Team) -> None:
    rep, manager = chromium.new_context(), chromium.new_context()
    page = signed_in(rep, team, REP)
    page.goto(f"{team.url}/leads/{team.leads[0]}/brief")
    followed(page, page.locator("article").nth(1).get_by_role("button", name="Useful"))
    page = signed_in(manager, team, MANAGER)
    page.get_by_role("link", name="Marks").click()
    row = page.locator("tbody tr", has_text=CONFIG.reps[0].name)
    assert row.locator("td").first.inner_text() == "1"
    followed(page, page.get_by_role("button", name="taught so far"))
    assert "forgotten" in page.get_by_role("status").inner_text()
    assert row.locator("td").first.inner_text() == "0"
    for context in (rep, manager):
        context.close()


@pytest.mark.parametrize("device", DEVICES)
def test_an_account_and_a_lead_are_told_in_full(
    chromium: Browser, team: Team, device: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    width, height = DEVICES[device]
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = signed_in(context, team, MANAGER)
    page.goto(f"{team.url}/manage/engagement")
    page.get_by_role("link", name="Nordlicht Foods").click()
    assert "touches" in page.locator(".figure").inner_text()
    _looks_right(page, tmp_path_factory, f"account-{device}")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV of Every touch").click()
    lines = download.value.path().read_text().splitlines()
    assert len(lines) == 1 + page.locator("section:has(#h-touches) tbody tr").count()
    page.goto(f"{team.url}/leads/{team.leads[0]}")
    for summary in page.locator("summary").all():
        summary.click()
    _looks_right(page, tmp_path_factory, f"lead-{device}")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV of What proves each sentence").click()
    assert len(download.value.path().read_text().splitlines()) > 10
    context.close()


@pytest.mark.parametrize("device", DEVICES)
def test_a_colleague_reads_what_was_shared_and_can_do_nothing(
    chromium: Browser, team: Team, device: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    width, height = DEVICES[device]
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = signed_in(context, team, REP)
    page.goto(f"{team.url}/leads/{team.leads[0]}/brief")
    _looks_right(page, tmp_path_factory, f"brief-{device}")
    page.get_by_role("button", name="Share with a colleague").click()
    _looks_right(page, tmp_path_factory, f"share-{device}")
    link = page.get_by_label("Copy it").input_value()
    context.clear_cookies()
    page.goto(link)
    assert "to read only" in page.get_by_role("note").inner_text()
    assert page.locator("form").count() == 0
    _looks_right(page, tmp_path_factory, f"shared-{device}")
    answer = page.goto(link.replace(team.leads[0], team.leads[1]))
    assert answer
    assert answer.status == 403
    context.close()


def test_who_looks_after_the_call_does_not_prepare_it(context: BrowserContext, team: Team) -> None:
    page = signed_in(context, team, MANAGER)
    page.goto(f"{team.url}/leads/{team.leads[0]}/brief")
    assert page.locator("script").count() == 0
