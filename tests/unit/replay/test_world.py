from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import replay
from replay import Web, world


def test_every_company_has_a_contact_and_a_domain_of_its_own() -> None:
    companies = world.companies.values()
    contacts = [contact for company in companies for contact in company.contacts]
    assert len({company.domain for company in companies}) == len(companies)
    assert len({company.hubspot_id for company in companies}) == len(companies)
    assert len({contact.id for contact in contacts}) == len(contacts)
    assert all(company.domain.endswith(".example") for company in companies)
    assert all(contact.email.endswith(company.domain) for company in companies for contact in company.contacts)


def test_the_default_of_the_demo() -> None:
    company = world.companies["tarnmoor"]
    assert company.contact.title == "Chief Operating Officer"
    assert company.contact.name == "Maren Tolvanger"


def test_nothing_is_published_in_the_future(web: Web) -> None:
    assert all(page.seen <= web.as_of for page in web.world.pages.values())


@pytest.mark.parametrize("as_of", [datetime(2020, 2, 29, tzinfo=UTC), datetime(2031, 7, 1, 9, 30, tzinfo=UTC)])
def test_the_world_moves_with_its_clock(as_of: datetime) -> None:
    pages = replay.build(as_of).world.pages.values()
    newest = max(page.published for page in pages if page.published)
    assert as_of - newest < timedelta(hours=6)


def test_no_placeholder_is_left(web: Web) -> None:
    for page in web.world.pages.values():
        assert "{day" not in page.text
        assert "{long" not in page.title


def test_stories_of_hacker_news_link_to_the_articles(web: Web) -> None:
    urls = {page.url for page in web.world.pages.values()}
    linked = [web.world.hn.item(number) for number in range(len(web.world.hn))]
    stories = [story for story in linked if story.url.startswith("https://") and "code.example" not in story.url]
    assert stories
    assert all(story.url in urls for story in stories)


def test_an_own_post_can_be_the_only_place_of_a_fact(web: Web) -> None:
    posts = " ".join(post.text for post in web.world.posts["tarnmoor.example"])
    news = " ".join(web.world.news.item(number).text for number in range(len(web.world.news)))
    assert "sixth service depot" in posts
    assert "sixth service depot" not in news
