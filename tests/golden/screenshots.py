"""`make screenshots`: every golden brief as people see it, in Chromium: the mail at two widths, light and dark; the
page on a desktop and a phone; the page on paper. Into build/screenshots: who changes the look, looks.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser

from tests.browsers import chromium
from tests.golden.read import NAMES, Forms, forms

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "screenshots"
README = ROOT / "docs" / "brief.png"
"""What the README shows: the head of the rich brief's mail; made anew with `--readme`."""


class View(NamedTuple):
    """How a form is looked at."""

    form: Literal["mail", "page"]
    width: int
    scheme: Literal["light", "dark"]


VIEWS = (
    View("mail", 640, "light"),
    View("mail", 640, "dark"),
    View("mail", 320, "light"),
    View("mail", 320, "dark"),
    View("page", 1200, "light"),
    View("page", 390, "dark"),
)


def shoot(browser: Browser, name: str, made: Forms, view: View) -> Path:
    """One picture of one brief, as long as it is."""
    tab = browser.new_page(viewport={"width": view.width, "height": 800}, color_scheme=view.scheme)
    tab.set_content(getattr(made, view.form))
    path = FOLDER / f"{name}-{view.form}-{view.width}-{view.scheme}.png"
    tab.screenshot(path=path, full_page=True)
    tab.close()
    return path


def print_out(browser: Browser, name: str, made: Forms) -> Path:
    """The page on paper, A4."""
    tab = browser.new_page()
    tab.set_content(made.page)
    path = FOLDER / f"{name}.pdf"
    tab.pdf(path=path, format="A4", prefer_css_page_size=True)
    tab.close()
    return path


def shoot_for_readme(browser: Browser) -> None:
    """The first screen of the rich brief's mail."""
    tab = browser.new_page(viewport={"width": 640, "height": 990})
    tab.set_content(forms("rich").mail)
    tab.screenshot(path=README)
    tab.close()


if __name__ == "__main__":
    chosen = [name for name in sys.argv[1:] if name in NAMES] or NAMES
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as opened:
        for situation in chosen:
            brief = forms(situation)
            for each in VIEWS:
                shoot(opened, situation, brief, each)
            print_out(opened, situation, brief)
            print(f"{situation}: {len(VIEWS)} pictures and a PDF in {FOLDER.relative_to(Path.cwd())}")
        if "--readme" in sys.argv:
            shoot_for_readme(opened)
