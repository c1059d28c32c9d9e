"""Podcast episodes through Apple's search (https://performance-partners.apple.com/search-api): title and show notes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import partial
from urllib.parse import parse_qs, urlsplit

from collect.batch import Batch
from collect.dates import from_iso
from collect.json_answers import Row, batch_of, line, needed, number, string
from collect.naming import names_company, plain_queries
from collect.plain import text_of_html
from collect.posts import post
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.model import Kind, Mention, TextOrigin

URL = "https://itunes.apple.com/search"
SITE = "podcasts.apple.com"
_MOST_QUERIES = 2


class Podcasts:
    """See the module."""

    name = "podcasts"
    label = "Podcasts"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a name or a domain, which every prospect has."""
        return None if question.company else "the lead names no company that could be searched for"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """The company, and the contact with the company; the search knows no phrases and gives what is like them."""
        terms = [query.replace('"', "") for query in plain_queries(question, _MOST_QUERIES, domain=False, contact=True)]
        shared = {"media": "podcast", "entity": "podcastEpisode", "limit": str(min(question.limit, 200))}
        return search(door, URL, [{"term": term, **shared} for term in terms], partial(parse, question=question))


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    return batch_of(page, "results", partial(_mention, question=question), question.limit)


def _mention(episode: Row, question: Question) -> Mention | None:
    """None for an episode that does not name the company, however much it looks like it to the search."""
    title = needed(episode, "trackName")
    notes = text_of_html(string(episode, "description") or string(episode, "shortDescription"))
    if not names_company(f"{title}\n{notes}", question):
        return None
    return post(
        question,
        source=Podcasts.name,
        kind=Kind.NEWS,
        url=_permalink(needed(episode, "trackViewUrl")),
        outlet=f"{SITE}/id{number(episode, 'collectionId')}",
        outlet_name=needed(episode, "collectionName"),
        title=title,
        text=notes,
        text_origin=TextOrigin.SNIPPET,
        author=line(episode, "artistName"),
        published_at=from_iso(string(episode, "releaseDate")),
    )


def _permalink(url: str) -> str:
    """The page of the episode `i`, without what Apple counts clicks by."""
    address, _, query = url.partition("?")
    if urlsplit(address).hostname != SITE:
        raise ValueError("the episode is not at Apple")
    episode = parse_qs(query).get("i", [""])[0]
    return f"{address}?i={episode}" if episode.isdecimal() else address
