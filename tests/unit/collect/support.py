"""Questions, pages and mentions for the tests of collect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from collect.question import Question
from precall.fetch import Page
from precall.ids import mention_id
from precall.model import Account, Contact, Kind, Mention, Prospect

FIXTURES = Path(__file__).parent / "fixtures"
AS_OF = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ASKED_AT = AS_OF + timedelta(days=100)


def about(name: str | None = "Marlbrook Pumps", *, contact: str | None = None, **account: Any) -> Question:
    """A question about a company, thirty days back from the first of March."""
    who = Contact(name=contact) if contact else None
    return Question(Prospect(account=Account(name=name, **account), contact=who), AS_OF, 30, ASKED_AT)


def page(body: bytes | str, content_type: str = "application/xml", url: str = "https://source.example/feed") -> Page:
    """An answer."""
    return Page(url, 200, {"content-type": content_type}, body.encode() if isinstance(body, str) else body)


def recorded(name: str, content_type: str = "application/xml") -> Page:
    """A recorded answer."""
    return page((FIXTURES / name).read_bytes(), content_type)


def mention(url: str = "https://outlet.example/a", **fields: Any) -> Mention:
    """A mention with whatever the test cares about."""
    defaults: dict[str, Any] = {
        "id": mention_id(url),
        "source": "google_news",
        "kind": Kind.NEWS,
        "url": url,
        "outlet": "outlet.example",
        "outlet_name": "Outlet",
        "title": "Marlbrook opens a plant",
        "published_at": AS_OF - timedelta(days=1),
        "fetched_at": ASKED_AT,
    }
    return Mention(**(defaults | fields))
