"""Real text without labels, for a teacher to judge: news with a name marked, tweets with their company marked."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rank.target_text import find_names
from training.rows import Row, fingerprint, kept_out, read_jsonl

SOURCE = "unlabelled"
SEEN_OFTEN, CASHTAGS, NEWS_WORDS = 4, 3, 60
NO_LABEL = 1
"""The class that stands in a row without a label; its trust is 0, so it is never learned."""

_NAME = re.compile(r"[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,2}")
_INSIDE = re.compile(rf"(?<=[a-z,] ){_NAME.pattern}")
_SMALL = re.compile(r"\b[a-z]+\b")
_OUTLET = re.compile(r"\s[-|–]\s[^-|–]{2,40}$")
_LINK = re.compile(r"https?://\S+")
_USER = re.compile(r"@\w+")

#: Headlines that begin with a name and go on like this are sober events whose class is known better than by a teacher.
CUES = (
    (
        0,
        r"(?:is |are |has |plans to |to )?(?:recall(?:s|ing|ed)? (?:\S+ ){0,3}[\d,]{3,}|fined|sued|accused of"
        r"|lay(?:s|ing)? off|laid off|files? for bankruptcy|suffers|misses|cuts [\d,]+ jobs|probed|under investigation"
        r"|hit by)\b",
    ),
    (
        2,
        r"(?:has |to )?(?:wins?|won(?!['’])|bags|awarded|secures?|raise[sd] \S*\d|beats?|tops? estimates|lands"
        r"|gets approval|receives approval|lifts (?:outlook|forecast|guidance))\b",
    ),
)


def news(data: Path) -> Iterator[str]:
    """Headlines (without the outlet's name) and leads of the captured articles, each text once."""
    seen: set[str] = set()
    for path in sorted((data / "newsapi-replay").glob("articles-*.jsonl.gz")):
        for raw in read_jsonl(path):
            for text in (_OUTLET.sub("", str(raw["title"] or "")), str(raw["description"] or "")):
                text = " ".join(text.split()[:NEWS_WORDS])
                if text.count(" ") >= 3 and (key := fingerprint(text)) not in seen:
                    seen.add(key)
                    yield text


def frequent_names(texts: Iterable[str]) -> set[str]:
    """Runs of capitalised words that stand within sentences several times, and seldom in small letters."""
    inside, small = Counter[str](), Counter[str]()
    for text in texts:
        inside.update(_INSIDE.findall(text))
        small.update(_SMALL.findall(text))
    return {name for name, count in inside.items() if count >= SEEN_OFTEN and small[name.lower()] * 5 < count}


def news_rows(texts: list[str], names: set[str], rng: random.Random) -> list[Row]:
    """One row for each text: one of `names` in it becomes its target; without any it is there for its tone."""
    rows = []
    for text in texts:
        found = [m for m in _NAME.finditer(text) if m[0] in names]
        target = rng.choice(found)[0] if found else ""
        rows.append(Row(text, NO_LABEL, SOURCE, tuple(m.span() for m in found if m[0] == target)))
    return rows


def cued_rows(texts: Iterable[str]) -> list[Row]:
    """Headlines whose first words name somebody whom a sober event befalls, with that event's class."""
    cues = [(label, re.compile(rf"([A-Z][\w.&'-]+(?: [A-Z][\w.&'-]+)?) (?i:{cue})")) for label, cue in CUES]
    return [
        Row(text, label, "cued", ((0, len(found[1])),))
        for text in texts
        for label, cue in cues
        if (found := cue.match(text))
    ]


def tweet_rows(data: Path) -> list[Row]:
    """Tweets that name their company or its ticker, without reposts and lists of tickers."""
    rows, seen = [], set()
    path = data / "stocknet" / "tweets.jsonl.gz"
    for raw in read_jsonl(path) if path.exists() else ():
        text = " ".join(_USER.sub("@user", _LINK.sub("http", str(raw["text"]))).split())
        if raw.get("retweet_of") or text.count("$") > CASHTAGS or fingerprint(text) in seen:
            continue
        seen.add(fingerprint(text))
        if spans := find_names(text, (str(raw["company"]), str(raw["ticker"]))):
            rows.append(Row(text, NO_LABEL, SOURCE, tuple(spans)))
    return rows


def unlabelled_rows(data: Path, rng: random.Random) -> list[Row]:
    """Everything above but the development and evaluation texts; headlines with a cue are not given twice."""
    out = kept_out(data)
    texts = [text for text in news(data) if fingerprint(text) not in out]
    cued = cued_rows(texts)
    told = {row.text for row in cued}
    rest = [text for text in texts if text not in told]
    tweets = [row for row in tweet_rows(data) if fingerprint(row.text) not in out]
    return cued + tweets + news_rows(rest, frequent_names(texts), rng)
