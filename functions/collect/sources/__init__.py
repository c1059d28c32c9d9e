"""The sources: each asks in one place and parses in another, so that parsers are pure."""

from collect.batch import Source
from collect.sources.app_store import AppStore
from collect.sources.bing_news import BingNews
from collect.sources.bluesky import Bluesky
from collect.sources.gdelt import Gdelt
from collect.sources.github import GitHub
from collect.sources.google_news import GoogleNews
from collect.sources.hacker_news import HackerNews
from collect.sources.job_boards import JobBoards
from collect.sources.lemmy import Lemmy
from collect.sources.market_news import MarketNews
from collect.sources.mastodon import Mastodon
from collect.sources.podcasts import Podcasts
from collect.sources.reddit import Reddit
from collect.sources.sec_edgar import SecEdgar
from collect.sources.site import Site
from collect.sources.stack_exchange import StackExchange
from collect.sources.wikipedia import Wikipedia
from collect.sources.wires import Wires
from collect.sources.youtube import YouTube

SOURCES: tuple[Source, ...] = (
    Site(),
    Wikipedia(),
    GoogleNews(),
    BingNews(),
    Gdelt(),
    Wires(),
    SecEdgar(),
    JobBoards(),
    GitHub(),
    HackerNews(),
    Reddit(),
    Mastodon(),
    Lemmy(),
    Bluesky(),
    StackExchange(),
    YouTube(),
    Podcasts(),
    AppStore(),
    MarketNews(),
)
"""All of them, in the order in which a brief lists them."""

__all__ = [
    "SOURCES",
    "AppStore",
    "BingNews",
    "Bluesky",
    "Gdelt",
    "GitHub",
    "GoogleNews",
    "HackerNews",
    "JobBoards",
    "Lemmy",
    "MarketNews",
    "Mastodon",
    "Podcasts",
    "Reddit",
    "SecEdgar",
    "Site",
    "StackExchange",
    "Wikipedia",
    "Wires",
    "YouTube",
]
