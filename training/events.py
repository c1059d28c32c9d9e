"""Weak labels: sober business events from templates, so that bad news without a feeling word is known as bad.

`events.txt` has the templates with the label of each party, in contrasts: who recalls and who makes the recalled
thing, who sues and who is sued. The model can then learn roles, not words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.rows import Row, occurrences

SOURCE = "events"
CLASSES = {"-": 0, "0": 1, "+": 2}
BEFORE = ("", "", "", "", "", "Report: ", "Breaking: ", "UPDATE 1-", "News: ", "On Tuesday, ", "Sources say ")
AFTER = ("", "", "", "", ", sources say", " - agency", " on Monday", ", the company said", ".", " http", " this week")
SENTENCES_SHARE, PAIR_SHARE, ROLE_SHARE = 0.25, 0.2, 0.3

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class Template:
    """A text with {A} and perhaps {B}; their classes 0–2, None where nobody should be asked."""

    text: str
    classes: dict[str, int | None]


@cache
def templates() -> tuple[tuple[Template, ...], dict[str, list[str]]]:
    """The templates of `events.txt` and the lists that fill their slots."""
    found, lists = [], {}
    for line in Path(__file__).with_name("events.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, _, values = line[1:].partition("  ")
            lists[name] = [value.strip() for value in values.split("|")]
        elif line and not line.startswith("#"):
            a, b, text = line.split("  ", 2)
            found.append(Template(text, {"A": CLASSES.get(a), "B": CLASSES.get(b)}))
    return tuple(found), lists


def filled(text: str, rng: random.Random) -> str:
    """`text` with one of each [a|b] and every slot but {A} and {B} filled."""
    while chosen := _CHOICE.search(text):
        text = text[: chosen.start()] + rng.choice(chosen[1].split("|")) + text[chosen.end() :]
    lists = templates()[1]
    while slot := _SLOT.search(text):
        text = text[: slot.start()] + rng.choice(lists[slot[1]]) + text[slot.end() :]
    return " ".join(text.split())


def event_rows(count: int, names: Sequence[str], rng: random.Random) -> list[Row]:
    """`count` rows whose classes are about equally frequent; `names` are put in for the parties."""
    by_class: dict[int, list[tuple[Template, str]]] = {0: [], 1: [], 2: []}
    for template in templates()[0]:
        for party, label in template.classes.items():
            if label is not None and f"{{{party}}}" in template.text:
                by_class[label].append((template, party))
    return [_row(*rng.choice(by_class[i % 3]), label=i % 3, names=names, rng=rng) for i in range(count)]


def _row(template: Template, party: str, label: int, names: Sequence[str], rng: random.Random) -> Row:
    target, *others = map(cased, rng.sample(names, 4))
    if party == "A" and rng.random() < ROLE_SHARE:
        others[0] = filled("{party}", rng)
    text = _told(template, {party: target, "AB".replace(party, ""): others[0]}, rng)
    if rng.random() < PAIR_SHARE:
        other = _told(rng.choice(templates()[0]), {"A": others[1], "B": others[2]}, rng)
        text = rng.choice(["; ", ". ", " while ", " | "]).join(rng.sample([text, other], 2))
    return Row(text, label, SOURCE, tuple(occurrences(text, target)))


def cased(name: str) -> str:
    """A name that registers write in capitals, as news would write it."""
    return name.title() if name.isupper() and len(name) > 5 else name


def _told(template: Template, parties: dict[str, str], rng: random.Random) -> str:
    text = filled(template.text, rng)
    for party, name in parties.items():
        text = text.replace(f"{{{party}}}", name)
    if rng.random() < SENTENCES_SHARE:
        text = text.title() if rng.random() < 0.5 else f"{text}. {rng.choice(parties['A'].split())} gave no details."
    return rng.choice(BEFORE) + text + rng.choice(AFTER)
