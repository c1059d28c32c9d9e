"""The sources: each asks in one place and parses in another, so that parsers are pure."""

from collect.batch import Source
from collect.sources.bing_news import BingNews
from collect.sources.google_news import GoogleNews
from collect.sources.hacker_news import HackerNews
from collect.sources.site import Site

SOURCES: tuple[Source, ...] = (Site(), GoogleNews(), BingNews(), HackerNews())
"""All of them, in the order in which a brief lists them."""

__all__ = ["SOURCES", "BingNews", "GoogleNews", "HackerNews", "Site"]
