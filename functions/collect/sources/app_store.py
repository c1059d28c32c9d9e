"""What customers write about the company's apps in Apple's App Store: the newest reviews of one country."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from typing import Any

from collect.batch import Batch
from collect.dates import from_iso
from collect.feeds import read_feed
from collect.json_answers import Row, at, count, json_of, line, mentions_of, needed, number, string
from collect.plain import text_of
from collect.posts import post
from collect.question import Question
from collect.sources.searching import DEADLINE
from collect.together import as_they_come
from precall.fetch import Door, FetchError, Page
from precall.fetch.threads import aside
from precall.model import DateOrigin, Engagement, Kind, Mention

SITE = "apps.apple.com"
_MOST_APPS = 2
_STARS = range(1, 6)


class AppStore:
    """See the module."""

    name = "app_store"
    label = "App Store"
    waits = True

    def lacks(self, question: Question) -> str | None:
        """It needs the id of an app of the company."""
        return None if _apps(question) else "no app of the company is known"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """The reviews of each app; once more as XML where the JSON leaves out their dates."""
        return as_they_come(_reviews(app, question, door) for app in _apps(question))


def parse(page: Page, question: Question, app: str, dates: Mapping[str, datetime] | None = None) -> Batch:
    """The reviews of `app` in the JSON feed; `dates` by the review's id, where it has none. Pure."""
    answer, flaw = json_of(page)
    if flaw or not isinstance(at(answer, "feed"), Mapping):
        return Batch(flaw=flaw or "the answer has no feed")
    entries = at(answer, "feed", "entry") or []  # one review is no list, none is nothing
    rows = entries if isinstance(entries, list) else [entries]
    reviews = [row for row in rows if not at(row, "im:name")]  # the app itself used to be the first entry
    return mentions_of(reviews[: question.limit], lambda row: _mention(row, question, app, dates or {}), "reviews")


def dates_of(page: Page) -> dict[str, datetime]:
    """When each review of the XML feed was written, by its id, which reads like a relative address. Pure."""
    entries = read_feed(page).entries
    return {entry.guid.rpartition("/")[2]: entry.published_at for entry in entries if entry.published_at}


async def _reviews(app: str, question: Question, door: Door) -> Batch:
    url = f"https://itunes.apple.com/{_country(question)}/rss/customerreviews/id={app}/sortBy=mostRecent"
    try:
        page = await door.get(f"{url}/json", deadline=DEADLINE)
    except FetchError as error:
        return Batch(flaw=str(error))
    batch = await aside(parse, page, question, app)
    if all(mention.published_at for mention in batch.mentions):
        return batch
    try:
        dates = await aside(dates_of, await door.get(f"{url}/xml", deadline=DEADLINE))
    except FetchError as error:
        return Batch(batch.mentions, f"the dates of the reviews: {error}")
    return await aside(parse, page, question, app, dates)


def _apps(question: Question) -> list[str]:
    return [app for app in question.profile.apps if re.fullmatch(r"\d{5,12}", app)][:_MOST_APPS]


def _country(question: Question) -> str:
    """The store of the account's country where that is given as a code, else that of the United States."""
    for country in (question.profile.country, question.prospect.account.country):
        if country and re.fullmatch(r"[A-Za-z]{2}", country):
            return country.lower()
    return "us"


def _mention(review: Row, question: Question, app: str, dates: Mapping[str, datetime]) -> Mention:
    """Reviews have no pages of their own: the address is that of the app's reviews, told apart by the review's id."""
    written = number(review, "id", "label")
    found = from_iso(string(review, "updated", "label"))
    mention = post(
        question,
        source=AppStore.name,
        kind=Kind.FORUM,
        url=f"https://{SITE}/{_country(question)}/app/id{app}?see-all=reviews&review={written}",
        outlet=SITE,
        outlet_name=f"App Store review of {question.prospect.label}",
        title=needed(review, "title", "label"),
        text=_text(review),
        author=line(review, "author", "name", "label"),
        published_at=found or dates.get(str(written)),
        engagement=Engagement(points=_votes(review)),
    )
    return mention if found or not mention.published_at else _dated_by_feed(mention)


def _text(review: Row) -> str:
    """The rating is the last line, in words of ours."""
    rating = number(review, "im:rating", "label")
    said = text_of(string(review, "content", "label"))
    return f"{said}\nRated {rating} of 5 stars." if rating in _STARS else said


def _votes(review: Row) -> int:
    votes: Any = at(review, "im:voteSum", "label")
    return count({"votes": int(votes)}, "votes") if isinstance(votes, str) and re.fullmatch(r"\d{1,9}", votes) else 0


def _dated_by_feed(mention: Mention) -> Mention:
    return mention.model_copy(update={"published_from": DateOrigin.FEED})
