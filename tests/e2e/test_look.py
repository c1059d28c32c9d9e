"""The golden briefs in a real browser: nobody is kept out, nothing overflows, nothing that the web sent runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browsers import chromium
from tests.golden.read import NAMES, forms


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    alerts: list[str] = []
    opened.on("dialog", lambda dialog: alerts.append(dialog.message))
    yield opened
    assert alerts == []


@pytest.mark.parametrize("name", NAMES)
def test_everybody_can_use_the_page_of_every_situation(tab: Page, name: str) -> None:
    tab.set_content(forms(name).page)
    for summary in tab.locator("summary").all():
        summary.click()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["rich", "hostile"])
@pytest.mark.parametrize(("form", "width"), [("mail", 320), ("mail", 600), ("page", 320)])
def test_nothing_is_wider_than_the_window(tab: Page, name: str, form: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.set_content(getattr(forms(name), form))
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_goes_from_the_stories_link_through_the_actions_to_the_stories(tab: Page) -> None:
    tab.set_content(forms("rich").page)
    order = []
    for _ in range(5):
        tab.keyboard.press("Tab")
        order.append(tab.evaluate("document.activeElement.textContent"))
    assert order[:3] == ["Skip to the stories", "I have read it", "Wrong company?"]
    assert order[4] == forms("rich").brief.stories[0].headline.text


@pytest.mark.parametrize("name", ["rich", "hostile"])
def test_a_brief_prints_on_one_sheet(tab: Page, name: str) -> None:
    tab.set_content(forms(name).page)
    printed = tab.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
