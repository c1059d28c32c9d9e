"""The pages' HTML and the headers that keep them to themselves."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from precall.templating import CompiledLoader

_TEMPLATES = Path(__file__).parent / "templates"
_NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OWN_FORMS = _NOTHING_ELSE.replace("form-action 'none'", "form-action 'self'")

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Vary": "Accept",
}
"""On every answer: the link's token must not leave in a Referer, nor the page stay in a cache."""


@dataclass(frozen=True)
class Answer:
    """What the API answers."""

    status: int
    body: str
    content_type: str = HTML
    policy: str = _NOTHING_ELSE
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that protect who reads it."""
        return {**SAFE_HEADERS, "Content-Security-Policy": self.policy, **self.extra}


def brief_policy(html: str, script: str | None = None) -> str:
    """The policy of a stored brief: its own one style, its forms back to where it came from, nothing else; with a
    `script`, exactly that one, which may speak to where the page came from."""
    style = html.partition("<style>")[2].partition("</style>")[0]
    speaks = f"; script-src '{_hash(script)}'; connect-src 'self'" if script else ""
    return f"{_OWN_FORMS}; style-src '{_hash(style)}'{speaks}"


def page(template: str, status: int = 200, **facts: Any) -> Answer:
    """A page from a template in `templates/`; its one inline style is allowed by its hash."""
    body = templates().get_template(template).render(style=Markup(_style()), **facts)  # noqa: S704 - our own file
    return Answer(status, body, policy=f"{_OWN_FORMS}; style-src '{_style_hash()}'")


def fragment(template: str, **facts: Any) -> str:
    """A part of a page that is stored elsewhere; it brings no style of its own."""
    return templates().get_template(template).render(facts)


def redirect(to: str, cookie: str | None = None) -> Answer:
    """See `to`, an address relative to this one (303); with a cookie to keep."""
    return Answer(303, "", extra={"Location": to, **({"Set-Cookie": cookie} if cookie else {})})


def message(status: int, title: str, text: str) -> Answer:
    """A page that says one thing."""
    return page("message.html", status, title=title, text=text)


@cache
def _style() -> str:
    return (_TEMPLATES / "pages.css").read_text(encoding="utf-8")


@cache
def _style_hash() -> str:
    return _hash(_style())


def _hash(style: str) -> str:
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


@cache
def templates() -> Environment:
    return Environment(
        loader=CompiledLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
