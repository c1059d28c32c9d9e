"""`make templates`: the e-mail's Jinja template from its MJML source; a test holds that the two agree."""

from __future__ import annotations

from pathlib import Path

from mjml import mjml2html

FOLDER = Path(__file__).resolve().parents[1] / "functions" / "brief" / "templates"
SOURCE, MADE = FOLDER / "brief.mjml", FOLDER / "brief.html.j2"


def made() -> str:
    """What MJML makes of the source, with HTML's void tags; Jinja's tags go through as they are."""
    return str(mjml2html(SOURCE.read_text(encoding="utf-8"))).replace(" />", ">") + "\n"


if __name__ == "__main__":
    MADE.write_text(made(), encoding="utf-8")
    print(f"made {MADE.name} from {SOURCE.name}")
