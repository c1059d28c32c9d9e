"""The world at a moment: every "hours ago" has become a date, every article an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from replay import world
from replay.items import Article, HnItem
from replay.shelf import Shelf
from replay.world.model import Company, Outlet, Owner
from replay.world.remarks import Said, said
from replay.world.telling import articles, hn_items, posts


@dataclass(frozen=True)
class World:
    """Companies and outlets with what they publish; ``pages`` by host and path."""

    as_of: datetime
    companies: Mapping[str, Company]
    outlets: Mapping[str, Outlet]
    owners: Mapping[str, Owner]
    news: Shelf[Article]
    hn: Shelf[HnItem]
    chatter: Shelf[Said]
    pages: Mapping[str, Article]
    posts: Mapping[str, tuple[Article, ...]]

    @classmethod
    def at(cls, as_of: datetime) -> World:
        """The bundled world as of a moment."""
        companies = world.companies.values()
        own = {company.domain: posts(company, as_of) for company in companies}
        mentions = [
            article for company in companies for mention in company.mentions for article in articles(mention, as_of)
        ]
        stories = [item for company in companies for item in hn_items(company, as_of)]
        remarks = [remark for some in world.remarks.values() for remark in said(some, as_of)]
        every = [*mentions, *(post for some in own.values() for post in some)]
        return cls(
            as_of=as_of,
            companies=world.companies,
            outlets=world.outlets,
            owners=world.owners,
            news=Shelf((article.row() for article in mentions), mentions.__getitem__),
            hn=Shelf((item.row() for item in stories), stories.__getitem__),
            chatter=Shelf((remark.row() for remark in remarks), remarks.__getitem__),
            pages={_page_key(article.url): article for article in reversed(every)},
            posts=own,
        )

    def company_at(self, host: str) -> Company | None:
        """The company whose own site is at the host, ``www.`` or not."""
        domain = host.removeprefix("www.")
        return next((company for company in self.companies.values() if company.domain == domain), None)

    def outlet_at(self, host: str) -> Outlet | None:
        """The publication at the host."""
        return next((outlet for outlet in self.outlets.values() if outlet.host == host), None)


def _page_key(url: str) -> str:
    return url.partition("://")[2].partition("?")[0]
