"""The made-up world as written: no dates yet, only "hours ago"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FeedKind = Literal["", "rss", "atom"]


@dataclass(frozen=True)
class Contact:
    """A person at a company, as a CRM knows them."""

    id: str
    first: str
    last: str
    title: str
    email: str
    phone: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


@dataclass(frozen=True)
class Post:
    """An item on a company's own site."""

    title: str
    text: str
    hours_ago: float
    slug: str
    by: str = ""
    undated: bool = False
    link: str = ""


@dataclass(frozen=True)
class Copy:
    """The same text at another outlet; an empty title keeps the headline."""

    outlet: str
    hours_ago: float
    title: str = ""


@dataclass(frozen=True)
class Mention:
    """An article at an outlet. ``tracking``: query strings under which searches list it once more."""

    outlet: str
    title: str
    text: str
    hours_ago: float
    slug: str
    by: str = ""
    undated: bool = False
    link: str = ""
    tracking: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True)
class Comment:
    """A comment on a Hacker News story."""

    id: int
    author: str
    hours_ago: float
    text: str


@dataclass(frozen=True)
class Story:
    """A story on Hacker News, with ``text`` when it links nowhere."""

    id: int
    author: str
    hours_ago: float
    title: str
    points: int
    url: str = ""
    text: str = ""
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Outlet:
    """A publication. ``paths``: how it builds the address of an article."""

    key: str
    name: str
    host: str
    paths: Literal["dated", "flat", "section"] = "flat"
    page: Literal["modern", "plain"] = "modern"


@dataclass(frozen=True)
class Company:
    """A prospect: who they are, what their site and their CRM record say, and what the web says."""

    key: str
    name: str
    legal_name: str
    domain: str
    hubspot_id: str
    owner_id: str
    description: str
    industry: str
    city: str
    founded: int
    employees: int
    contacts: tuple[Contact, ...]
    feed: FeedKind = ""
    social: tuple[str, ...] = ()
    about: str = ""
    posts: tuple[Post, ...] = ()
    mentions: tuple[Mention, ...] = ()
    hn: tuple[Story, ...] = ()

    @property
    def contact(self) -> Contact:
        """The first contact."""
        return self.contacts[0]

    @property
    def site(self) -> str:
        """``https://company.example``."""
        return f"https://{self.domain}"

    @property
    def feed_path(self) -> str:
        """Where the feed is; empty without one."""
        return {"": "", "rss": "/blog/feed.xml", "atom": "/news/atom.xml"}[self.feed]


@dataclass(frozen=True)
class Owner:
    """A sales rep, as the CRM knows them."""

    id: str
    first: str
    last: str
    email: str
    user_id: int
