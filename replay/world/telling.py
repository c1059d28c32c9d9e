"""From "hours ago" to dates: what the YAML says of a company, told as of a moment.

In a text ``{day:48}`` becomes the date 48 hours before the moment, ``{day:-48}`` the one 48 hours after;
``{long:5000}`` becomes five thousand characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from replay.items import Article, HnItem
from replay.world import outlets
from replay.world.model import Company, Copy, Mention, Outlet, Post, Story

_DAY = re.compile(r"\{day:(-?\d+)\}")
_LONG = re.compile(r"\{long:(\d+)\}")
_FILLER = "and so on "


def articles(mention: Mention, as_of: datetime) -> Iterator[Article]:
    """The article, once more for each address with tracking parameters, and its copies elsewhere."""
    first = _article(mention, Copy(mention.outlet, mention.hours_ago), as_of)
    yield first
    for query in mention.tracking:
        yield replace(first, url=f"{first.url}?{query}")
    for copy in mention.copies:
        yield _article(mention, copy, as_of)


def _article(mention: Mention, copy: Copy, as_of: datetime) -> Article:
    outlet = outlets[copy.outlet]
    moment = as_of - timedelta(hours=copy.hours_ago)
    return Article(
        url=mention.link or f"https://{outlet.host}{_path(outlet, mention.slug, moment)}",
        title=told(copy.title or mention.title, as_of),
        outlet=outlet.name,
        outlet_url=f"https://{outlet.host}",
        paragraphs=_paragraphs(mention.text, as_of),
        seen=moment,
        published=None if mention.undated else moment,
        author=mention.by,
    )


def _path(outlet: Outlet, slug: str, moment: datetime) -> str:
    match outlet.paths:
        case "dated":
            return f"/{moment:%Y/%m/%d}/{slug}/"
        case "section":
            return f"/business/{slug}-{crc32(slug.encode()) % 10_000_000}"
        case "flat":
            return f"/{slug}"


def posts(company: Company, as_of: datetime) -> tuple[Article, ...]:
    """What the company's own site publishes, newest first."""
    newest = sorted(company.posts, key=lambda post: post.hours_ago)
    return tuple(_post(company, post, as_of) for post in newest)


def _post(company: Company, post: Post, as_of: datetime) -> Article:
    moment = as_of - timedelta(hours=post.hours_ago)
    folder = company.feed_path.split("/")[1] if company.feed else "blog"
    return Article(
        url=post.link or f"{company.site}/{folder}/{post.slug}",
        title=post.title,
        outlet=company.name,
        outlet_url=company.site,
        paragraphs=_paragraphs(post.text, as_of),
        seen=moment,
        published=None if post.undated else moment,
        author=post.by,
    )


def hn_items(company: Company, as_of: datetime) -> Iterator[HnItem]:
    """Stories about the company, each followed by its comments."""
    for story in company.hn:
        url = _resolved(story.url, company, as_of)
        yield HnItem(
            number=story.id,
            author=story.author,
            created=as_of - timedelta(hours=story.hours_ago),
            title=story.title,
            url=url,
            points=story.points,
            comments=len(story.comments),
            text=story.text.strip(),
        )
        yield from _comments(story, url, as_of)


def _comments(story: Story, url: str, as_of: datetime) -> Iterator[HnItem]:
    for comment in story.comments:
        yield HnItem(
            number=comment.id,
            author=comment.author,
            created=as_of - timedelta(hours=comment.hours_ago),
            text=comment.text.strip(),
            story_id=story.id,
            story_title=story.title,
            story_url=url,
        )


def _resolved(url: str, company: Company, as_of: datetime) -> str:
    """``mention:<slug>`` stands for the address that this mention has today."""
    slug = url.removeprefix("mention:")
    found = (mention for mention in company.mentions if slug != url and mention.slug == slug)
    mention = next(found, None)
    return next(articles(mention, as_of)).url if mention else url


def _paragraphs(text: str, as_of: datetime) -> tuple[str, ...]:
    parts = told(text, as_of).split("\n\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def told(text: str, as_of: datetime) -> str:
    """`text` with its placeholders filled in."""
    text = _DAY.sub(lambda found: f"{as_of - timedelta(hours=int(found[1])):%-d %B %Y}", text)
    return _LONG.sub(lambda found: (_FILLER * int(found[1]))[: int(found[1])], text)
