"""Made-up mentions about made-up companies, for the tests of rank and brief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from precall.config import Ranking as RankingConfig
from precall.ids import mention_id
from precall.model import Account, Collection, Contact, Kind, Mention, Prospect, Ranking, SourceReport, SourceState
from rank.logic import rank
from rank.mood import JudgeMood
from rank.sentiment import Sentiment, TextAndTarget, not_scored

NOW = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
KESTREL = Prospect(
    account=Account(name="Kestrelon Logistics GmbH", domain="kestrelon.example", industry="logistics"),
    contact=Contact(name="Ada Berg", title="Head of Operations"),
)
"""A name that is no word: naming it is enough."""
HARBOR = Prospect(
    account=Account(name="Harbor", domain="harbor.example", industry="container shipping"),
    contact=Contact(name="Lena Ruiz"),
)
"""A name that is a word: naming it is not enough."""
REPORTS = (
    SourceReport(source="google_news", label="Google News", state=SourceState.ANSWERED, mentions=3, took_ms=310),
    SourceReport(source="hacker_news", label="Hacker News", state=SourceState.ANSWERED, took_ms=90),
)


def mention(
    title: str, text: str = "", *, hours: float | None = 3, outlet: str = "courier.example", **other: Any
) -> Mention:
    """A mention published `hours` before NOW; None: without a date."""
    url = other.pop("url", f"https://{outlet}/{abs(hash_of(title, text, outlet))}")
    known = {
        "id": mention_id(url),
        "source": "google_news",
        "kind": Kind.NEWS,
        "url": url,
        "outlet": outlet,
        "outlet_name": outlet.partition(".")[0].capitalize(),
        "title": title,
        "text": text,
        "published_at": None if hours is None else NOW - timedelta(hours=hours),
        "fetched_at": NOW,
    }
    return Mention.model_validate(known | other)


def hash_of(*texts: str) -> int:
    """A number that is the same in every process."""
    return int(mention_id("\x1f".join(texts)), 16)


def collection(mentions: Iterable[Mention], prospect: Prospect = KESTREL, **other: Any) -> Collection:
    """What was collected about `prospect` as of NOW."""
    known = {
        "lead_id": "lead-1",
        "research_id": "research-1",
        "prospect": prospect,
        "as_of": NOW,
        "window_days": 30,
        "mentions": tuple(mentions),
        "reports": REPORTS,
    }
    return Collection.model_validate(known | other)


def ranked(
    mentions: Iterable[Mention], prospect: Prospect = KESTREL, judge: JudgeMood | None = None, **config: Any
) -> Ranking:
    """The ranking of `mentions`."""
    return rank(collection(mentions, prospect), RankingConfig.model_validate(config), judge)


def judge_by_words(pairs: Sequence[TextAndTarget]) -> list[Sentiment]:
    """A judge for tests: "buys" and "pays" are good, "strike" is bad, French is not known, the rest is neutral."""
    return [_judged(pair) for pair in pairs]


def _judged(pair: TextAndTarget) -> Sentiment:
    about = any(name in pair.text for name in pair.names)
    if pair.language == "fr":
        return not_scored("language fr")
    if "buys" in pair.text or "pays" in pair.text:
        return Sentiment(0.1, 0.1, 0.8, about)
    return Sentiment(0.9, 0.1, 0.0, about) if "strike" in pair.text else Sentiment(0.1, 0.8, 0.1, about)
