"""The plots of a brief as numbers: bars of the daily volume, shares of the mood, each with its words."""

from __future__ import annotations

from typing import NamedTuple

from brief.wording import BAR, MOOD_SHARE, MOODS, VOLUME_CAPTION, VOLUME_LABEL
from precall.locales import Locale
from precall.model import Brief, DayCount, Sentiment

HEIGHT = 38
"""Pixels of the tallest bar; a day with mentions is at least a tenth of it."""


class Bar(NamedTuple):
    """One day: `height` in pixels, at least 1."""

    day: str
    mentions: int
    height: int
    title: str


class Volume(NamedTuple):
    """The daily volume. `label` says in words what the bars show, `caption` their ends and their peak."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    label: str
    caption: str


class Part(NamedTuple):
    """One label's share: `percent` of the whole, its style, and the words in it."""

    css: str
    percent: int
    text: str


class Mood(NamedTuple):
    """The mood over all that was scored; `label` says it in words."""

    parts: tuple[Part, ...]
    label: str


def volume(brief: Brief, locale: Locale) -> Volume | None:
    """The bars of the last 30 days, in the words of `locale`; None where nothing was counted."""
    days = brief.volume.days[-30:]
    peak = max((day.mentions for day in days), default=0)
    if not peak:
        return None
    first, last = locale.short_day(days[0].day), locale.short_day(days[-1].day)
    total = locale.number(sum(day.mentions for day in days))
    return Volume(
        bars=tuple(_bar(day, peak, locale) for day in days),
        first=first,
        last=last,
        label=VOLUME_LABEL.format(first=first, last=last, total=total, peak=peak),
        caption=VOLUME_CAPTION.format(first=first, last=last, peak=peak),
    )


def mood(brief: Brief) -> Mood | None:
    """The shares of positive, neutral and negative over all kinds of places; None where nothing was scored."""
    scored = [kind.sentiment for kind in brief.volume.kinds if kind.sentiment.scored]
    counts = {name: sum(each.counts[name] for each in scored) for name in ("positive", "neutral", "negative")}
    total = sum(counts.values())
    if not total:
        return None
    parts = tuple(
        Part(name, round(100 * count / total), f"{count} {MOODS[name]}") for name, count in counts.items() if count
    )
    return Mood(parts, MOOD_SHARE.format(shares=", ".join(part.text for part in parts)))


def of_kind(sentiment: Sentiment) -> str:
    """The counts of one kind in words: "3 positive, 1 negative"; "" where nothing was scored."""
    return ", ".join(f"{count} {MOODS[name]}" for name, count in sentiment.counts.items() if count)


def _bar(day: DayCount, peak: int, locale: Locale) -> Bar:
    on = locale.short_day(day.day)
    return Bar(on, day.mentions, _height(day.mentions, peak), BAR.format(day=on, n=locale.number(day.mentions)))


def _height(mentions: int, peak: int) -> int:
    return max(round(HEIGHT * mentions / peak), HEIGHT // 10) if mentions else 1
