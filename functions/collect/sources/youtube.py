"""The company's YouTube channel as an Atom feed: titles, descriptions and likes of its newest videos."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from functools import partial

from collect.batch import Batch
from collect.feeds import Entry, read_feed
from collect.mentions import from_entry
from collect.question import Question
from collect.sources.searching import DEADLINE
from collect.together import as_they_come
from precall.fetch import Door, FetchError, HttpStatus, Page
from precall.fetch.threads import aside
from precall.model import Engagement, Kind, Mention, TextOrigin

URL = "https://www.youtube.com/feeds/videos.xml"
_CHANNEL = re.compile(r"^UC[\w-]{22}$")
_MOST_CHANNELS = 2
_FLUCTUATES = frozenset({404, 500, 503})


class YouTube:
    """See the module."""

    name = "youtube"
    label = "YouTube"
    waits = True

    def lacks(self, question: Question) -> str | None:
        """It needs the channel's id; a handle is none."""
        return None if _channels(question) else "no YouTube channel of the company is known"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One feed for each channel."""
        return as_they_come(_videos(channel, question, door) for channel in _channels(question))


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a channel's feed. Pure."""
    feed = read_feed(page, question.limit)
    return Batch(tuple(_mention(entry, question) for entry in feed.entries), feed.flaw)


async def _videos(channel: str, question: Question, door: Door) -> Batch:
    """The feeds of channels that exist come and go; the same videos are also the feed of a playlist."""
    flaw: str | None = None
    for params in ({"channel_id": channel}, {"playlist_id": f"UU{channel[2:]}"}):
        try:
            page = await door.get(URL, params=params, deadline=DEADLINE)
            return await aside(partial(parse, question=question), page)
        except HttpStatus as error:
            flaw = flaw or str(error)
            if error.status not in _FLUCTUATES:
                break
        except FetchError as error:
            return Batch(flaw=str(error))
    return Batch(flaw=flaw)


def _channels(question: Question) -> list[str]:
    return [name for name in question.profile.handles_on("youtube") if _CHANNEL.match(name)][:_MOST_CHANNELS]


def _mention(entry: Entry, question: Question) -> Mention:
    found = from_entry(
        entry,
        question,
        source=YouTube.name,
        kind=Kind.FIRST_PARTY,
        text=entry.summary,
        text_origin=TextOrigin.SNIPPET,
        outlet_name=f"{question.prospect.label} on YouTube",
    )
    return found.model_copy(update={"engagement": Engagement(points=entry.likes)})
