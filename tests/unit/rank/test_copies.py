"""Wire copies are recognised under new headlines; what an outlet sets under everything is no copy."""

from __future__ import annotations

import pytest

from rank.copies import same_text
from tests.unit.rank.given import mention

LEAD = "Kestrelon will buy the Baltic forwarder Nordfracht for 80 million euros, both said on Monday."


@pytest.mark.parametrize(
    "copy",
    [
        f"VIENNA (Reuters) - {LEAD}",
        f"(WIRE) {LEAD}",
        f"Vienna: {LEAD}",
        f"<p>{LEAD}</p>",
        f"A summary that this outlet wrote by itself, in words of its own, for its readers.\n{LEAD}",
        LEAD.replace("Kestrelon", "Kestrelon&#39;s owner").replace("Kestrelon&#39;s owner", "Kestrelon"),
    ],
)
def test_the_same_lead_is_one_text_whatever_stands_before_it(copy: str) -> None:
    assert same_text([mention("A deal", LEAD), mention("Nordfracht sold", copy, outlet="b.example")]) == [[0, 1]]


def test_a_repost_is_its_post() -> None:
    post = "Kestrelon just opened a depot in Graz and the coffee is free for everybody today"
    reposts = [mention(f"RT @ada: {post} https://t.example/{n}", hours=n, outlet=f"u{n}.example") for n in (1, 2)]
    assert same_text([mention(f"{post} https://t.example/0"), *reposts]) == [[0, 1, 2]]


def test_what_an_outlet_says_under_every_headline_is_no_copy() -> None:
    words = "The latest business news, market data and analysis from our newsroom, updated around the clock."
    told = [mention(f"Kestrelon {verb} a depot in {town}", words) for verb, town in
            (("opens", "Linz"), ("closes", "Graz"), ("sells", "Wels"))]  # fmt: skip
    assert same_text(told) == [[0], [1], [2]]
