"""News of the account's market: its competitors and subjects, asked of Google News and Bing News in one query each.

A source of its own beside those two, so that what it brings takes no place from news about the account, and is never
counted as such: each mention carries what it was asked for.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from functools import partial

from collect.batch import Batch
from collect.editions import editions
from collect.queries import any_of, with_dates
from collect.question import Question
from collect.sources import bing_news, google_news
from collect.sources.searching import Inquiry, Parse, inquire
from precall.fetch import Door, Page
from precall.model import AskedFor

MOST = 25
"""Mentions of each search: a brief tells two stories."""


class MarketNews:
    """See the module."""

    name = "market_news"
    label = "News of their market"
    waits = False
    asks_for: AskedFor = "market"

    def lacks(self, question: Question) -> str | None:
        """It needs competitors or subjects from the settings, or an industry."""
        return None if question.market.is_known else "neither precall.yaml nor an industry says what their market is"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request to each search, at once."""
        few = replace(question, limit=MOST)
        query = any_of(text.replace('"', " ") for text in (*question.market.competitors, *question.market.terms))
        google = google_news.params(with_dates(query, few), editions(few)[0])
        return inquire(
            door,
            (
                Inquiry(google_news.URL, of_market(partial(google_news.parse, question=few)), google),
                Inquiry(bing_news.URL, of_market(partial(bing_news.parse, question=few)), bing_news.params(query, few)),
            ),
        )


def of_market(parse: Parse) -> Parse:
    """`parse`, its mentions marked as asked for the market."""

    def parsed(page: Page) -> Batch:
        batch = parse(page)
        marks = {"source": MarketNews.name, "asked_for": MarketNews.asks_for}
        return replace(batch, mentions=tuple(mention.model_copy(update=marks) for mention in batch.mentions))

    return parsed
