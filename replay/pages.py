"""The HTML and the feeds, from templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from replay.items import Article, iso, rfc822


def render(template: str, **values: object) -> str:
    """A template of this folder, everything escaped."""
    return _environment().get_template(template).render(values)


def article_page(article: Article, template: str = "article_modern.html.j2", **values: object) -> str:
    """The page of one article with what surrounds a text on a real site."""
    return render(template, article=article, **values)


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(iso=iso, rfc822=rfc822)
    return environment
