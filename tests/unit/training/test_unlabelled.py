"""Real text for a teacher to judge, and headlines whose first words tell their class."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from training.unlabelled import cued_rows, frequent_names, news_rows, unlabelled_rows


@pytest.mark.parametrize(
    ("text", "label", "target"),
    [
        ("Globex recalls 40,000 prams", 0, "Globex"),
        ("Globex Labs To Lay Off a third of its staff", 0, "Globex Labs"),
        ("Nimbus bags order for trams", 2, "Nimbus"),
    ],
)
def test_a_headline_that_begins_with_an_event_has_its_class(text: str, label: int, target: str) -> None:
    (row,) = cued_rows([text])
    assert (row.label, row.target) == (label, target)


@pytest.mark.parametrize(
    "text", ["Globex won’t ship a charger", "Founder recalls early days", "Rivals fear Globex wins"]
)
def test_other_headlines_have_none(text: str) -> None:
    assert cued_rows([text]) == []


def test_names_are_capitalised_within_sentences_and_seldom_small() -> None:
    texts = ["shares of Globex and The others, said Friday", "a deal by Globex with the others on Friday"] * 4
    assert frequent_names([*texts, "the the the the the the"]) == {"Globex", "Friday"}


def test_every_mention_of_the_chosen_name_is_marked() -> None:
    (row,) = news_rows(["Globex grows, says Globex"], {"Globex"}, random.Random(1))
    assert row.spans == ((0, 6), (19, 25))
    assert news_rows(["no name here at all"], {"Globex"}, random.Random(1))[0].spans == ()


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def test_development_texts_are_never_read(tmp_path: Path) -> None:
    held = "Globex shares rise on strong sales"
    write(tmp_path / "sentiment-train" / "dev.jsonl.gz", [{"text": held, "target": "", "label": "2", "src": "x"}])
    articles = [{"title": f"{held} - The Paper", "description": "Prices of new homes went up in May"}]
    write(tmp_path / "newsapi-replay" / "articles-2022-01.jsonl.gz", articles)
    tweets = [
        {"text": "$GLX up again @bob https://x.y/z", "company": "Globex Corp", "ticker": "GLX"},
        {"text": "RT $GLX up again today", "company": "Globex Corp", "ticker": "GLX", "retweet_of": "1"},
        {"text": "$GLX $A $B $C $D all up", "company": "Globex Corp", "ticker": "GLX"},
    ]
    write(tmp_path / "stocknet" / "tweets.jsonl.gz", tweets)
    texts = {row.text for row in unlabelled_rows(tmp_path, random.Random(1))}
    assert texts == {"Prices of new homes went up in May", "$GLX up again @user http"}
