"""The sources: each asks in one place and parses in another, so that parsers are pure."""

from collect.batch import Source
from collect.sources.bing_news import BingNews
from collect.sources.gdelt import Gdelt
from collect.sources.github import GitHub
from collect.sources.google_news import GoogleNews
from collect.sources.hacker_news import HackerNews
from collect.sources.job_boards import JobBoards
from collect.sources.sec_edgar import SecEdgar
from collect.sources.site import Site
from collect.sources.wikipedia import Wikipedia
from collect.sources.wires import Wires

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
)
"""All of them, in the order in which a brief lists them."""

__all__ = [
    "SOURCES",
    "BingNews",
    "Gdelt",
    "GitHub",
    "GoogleNews",
    "HackerNews",
    "JobBoards",
    "SecEdgar",
    "Site",
    "Wikipedia",
    "Wires",
]
