"""The pages and the e-mail in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from audit.beacon import SCRIPT
from cli.demo import world_lead
from tests.browsers import chromium
from tests.e2e.conftest import Deployed


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def lead_id(deployed: Deployed) -> str:
    found = str(deployed.post(world_lead("tarnmoor")).json()["accepted"][0]["id"])
    deployed.finished(found)
    return found


@pytest.mark.parametrize("page", ["", "/brief"])
@pytest.mark.parametrize("width", [320, 1000])
def test_a_page_fits_its_window_and_asks_nobody_else(
    deployed: Deployed, browser: Browser, lead_id: str, page: str, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.goto(deployed.local.links().to_lead(lead_id, page))
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert all(url.startswith((deployed.local.endpoint, "data:")) for url in asked)
    assert [text for text in complaints if "favicon" not in text] == []
    tab.close()


def test_the_trail_leads_to_the_brief(deployed: Deployed, browser: Browser, lead_id: str) -> None:
    tab = browser.new_page()
    tab.goto(deployed.local.links().to_lead(lead_id))
    tab.get_by_role("link", name="brief").first.click()
    assert "Tarnmoor" in tab.content()
    assert "/brief" in tab.url
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_brief_s_page(
    deployed: Deployed, browser: Browser, lead_id: str, scheme: Literal["light", "dark"]
) -> None:
    tab = browser.new_page(color_scheme=scheme)
    tab.goto(deployed.local.links().to_lead(lead_id, "/brief"))
    for summary in tab.locator("summary").all():
        summary.click()
    checked = Axe().run(tab)
    assert checked.violations_count == 0, checked.generate_report()
    tab.close()


def test_the_rep_acknowledges_the_brief_with_the_keyboard(deployed: Deployed, browser: Browser, lead_id: str) -> None:
    tab = browser.new_page()
    tab.goto(deployed.local.links().to_lead(lead_id, "/brief"))
    for _ in range(2):  # past the link to the stories
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "I have read it"
    tab.keyboard.press("Enter")
    tab.get_by_text("counts as read").wait_for()
    tab.close()
    deadline = time.monotonic() + 20
    while "brief.acknowledged" not in (types := [event["type"] for event in deployed.trail(lead_id)]):
        assert time.monotonic() < deadline, types
        time.sleep(0.2)


def test_the_rep_marks_a_story_and_rates_the_brief(deployed: Deployed, browser: Browser, lead_id: str) -> None:
    tab = browser.new_page()
    tab.goto(deployed.local.links().to_lead(lead_id, "/brief"))
    story = tab.locator("article[id]").first
    for word in ("Useful", "Not them"):
        story.get_by_role("button", name=word).click()
        story.locator("[aria-pressed=true]", has_text=word).wait_for()
    story.get_by_role("button", name="Take back").click()
    story.get_by_role("button", name="Take back").wait_for(state="detached")
    tab.get_by_label("What was missing?").fill("Who signs")
    tab.get_by_role("button", name="Say so").click()
    tab.get_by_role("button", name="Change").wait_for()
    tab.close()


def test_a_brief_prints_on_paper_without_its_buttons(deployed: Deployed, browser: Browser, lead_id: str) -> None:
    tab = browser.new_page()
    tab.goto(deployed.local.links().to_lead(lead_id, "/brief"))
    tab.emulate_media(media="print")
    assert not tab.get_by_role("button", name="I have read it").is_visible()
    tab.close()


def test_hostile_content_does_nothing(deployed: Deployed, browser: Browser) -> None:
    lead_id = str(deployed.post(world_lead("nullwick")).json()["accepted"][0]["id"])
    deployed.finished(lead_id)
    (message,) = deployed.mails(lead_id)
    tab = browser.new_page()
    alerts: list[str] = []
    tab.on("dialog", lambda dialog: alerts.append(dialog.message))
    tab.goto(deployed.local.links().to_lead(lead_id, "/brief"))
    assert tab.locator("script").all_text_contents() == [SCRIPT]
    tab.set_content(message["BodyHtml"])  # no policy protects a mail
    assert tab.locator("script, img, iframe, [onerror], [onclick]").count() == 0
    assert tab.locator("a[href^='javascript']").count() == 0
    assert alerts == []
    tab.close()
