"""What a company's home page tells of the company: its identity, and facts with the entry that proves them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, SoupStrainer

from collect.batch import Batch
from collect.feeds import what_it_is, why_not
from collect.links import canonical_url, outlet_of
from collect.plain import cut, text_of, title_of
from collect.question import Question
from collect.sources.site_entry import entry_of, facts_of
from collect.sources.site_links import told_by_links
from collect.sources.site_pages import READ_LIMIT, attribute, feed_links
from collect.sources.site_schema import Organization, organizations
from precall.fetch import Page
from precall.model import AccountProfile
from precall.same_name import is_name_of

_PARTS = SoupStrainer(["title", "base", "meta", "link", "a", "area", "iframe", "script"])
_MICRODATA = re.compile(r"""itemtype\s*=\s*["']?https?://schema\.org/""", re.IGNORECASE)
_MOST_MARKUP = 300_000
"""Characters up to which a page is read whole: more would take seconds."""
_CAREERS = re.compile(
    r"(?:^|[/.\-_])(?:careers?|jobs?|join-?us|work-with-us|vacanc(?:y|ies)|openings|karriere|stellen)", re.I
)
_LONGEST = 500


@dataclass(frozen=True)
class Home:
    """What a home page gives: what it tells, the feeds that it announces, and where careers are told of."""

    told: Batch
    feeds: tuple[str, ...] = ()
    careers: str | None = None


def read_home(page: Page, question: Question) -> Home:
    """What a home page tells of its company. Pure; slow: tens of milliseconds."""
    if what_it_is(page) != "an HTML page":
        return Home(Batch(profile=AccountProfile(), flaw=why_not(page, "HTML page", "home page")))
    soup = _soup(page)
    organization = _own_organization(soup, page, question)
    description = _description(soup, organization)
    feeds, links = tuple(feed_links(soup, page.url)), _links(soup, page)
    profile = told_by_links(links, [*organization.same_as, *_links(soup, page, rel="me")]).merged(
        AccountProfile(
            names=_names(soup, organization, question),
            domain=question.domain,
            description=description or None,
            country=organization.country or None,
            logo=organization.logo or _icon(soup, page),
            feeds=feeds[:10],
            apps=_banner_app(soup),
        )
    )
    title = title_of(soup.title.get_text()) if soup.title else ""
    entry = entry_of(page, title or question.prospect.label, organization, description, question)
    facts = facts_of(entry, organization, description) if entry else ()
    told = Batch((entry,) if entry else (), profile=profile, facts=facts)
    return Home(told, feeds, None if profile.job_boards else _careers(links, page))


def told_by_careers(page: Page) -> Batch:
    """The job boards to which a page about careers leads. Pure."""
    found = told_by_links([canonical_url(page.url), *_links(_soup(page), page)])
    return Batch(profile=AccountProfile(job_boards=found.job_boards))


def _careers(links: Iterable[str], page: Page) -> str | None:
    """The company's own page about careers: the shortest link of its kind."""
    own = outlet_of(page.url)
    found = (url for url in links if outlet_of(url) == own and _CAREERS.search(url.partition("://")[2]))
    return min(found, key=len, default=None)


def _soup(page: Page) -> BeautifulSoup:
    """The parts of a page that are read; all of it only where its elements are marked up with data."""
    text = page.text[:READ_LIMIT]
    is_marked_up = len(text) <= _MOST_MARKUP and _MICRODATA.search(text)
    return BeautifulSoup(text, "lxml", parse_only=None if is_marked_up else _PARTS)


def _links(soup: BeautifulSoup, page: Page, rel: str = "") -> list[str]:
    """Where the page leads, also what it embeds; with `rel` only links of that kind."""
    base = canonical_url(attribute(soup.find("base"), "href"), page.url) or page.url
    tags = soup.find_all(["a", "link", "area"] if rel else ["a", "area", "iframe", "script", "link"], limit=3_000)
    chosen = (tag for tag in tags if not rel or rel in (tag.get("rel") or ()))
    found = (canonical_url(attribute(tag, "href") or attribute(tag, "src"), base) for tag in chosen)
    return list(dict.fromkeys(url for url in found if url))


def _own_organization(soup: BeautifulSoup, page: Page, question: Question) -> Organization:
    """The organisation that is the prospect: at this site, or by its name; a customer who praises it is neither."""
    own = {outlet_of(page.url), outlet_of(f"https://{question.domain}/")}
    account = question.prospect.account
    for one in organizations(soup, page.url):
        is_here = bool(one.url) and outlet_of(one.url) in own
        if is_here or (not one.url and is_name_of(one.name or one.legal_name, account)):
            return one
    return Organization()


def _names(soup: BeautifulSoup, organization: Organization, question: Question) -> tuple[str, ...]:
    """The names that belong to the account; a site is free to call itself anything else."""
    told = [organization.name, organization.legal_name, *organization.other_names, _meta(soup, "og:site_name")]
    known = (name for name in told if 1 < len(name) <= 80 and is_name_of(name, question.prospect.account))
    return tuple(dict.fromkeys(known))


def _description(soup: BeautifulSoup, organization: Organization) -> str:
    told = organization.description or _meta(soup, "description") or _meta(soup, "og:description")
    return cut(" ".join(text_of(told).split()), _LONGEST)


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", attrs={"name": name}) or soup.find("meta", attrs={"property": name})
    return title_of(attribute(tag, "content")) if name != "description" else attribute(tag, "content")


def _icon(soup: BeautifulSoup, page: Page) -> str | None:
    icons = [tag for tag in soup.find_all("link") if "icon" in " ".join(tag.get("rel") or ()).lower()]
    large_first = sorted(icons, key=lambda tag: "apple-touch-icon" not in (tag.get("rel") or ()))
    return next((url for tag in large_first if (url := canonical_url(attribute(tag, "href"), page.url))), None)


def _banner_app(soup: BeautifulSoup) -> tuple[str, ...]:
    """The app of the page's Smart App Banner (`app-id=123`)."""
    return tuple(re.findall(r"app-id=(\d{5,12})", _meta(soup, "apple-itunes-app"))[:1])
