"""Business events told without a feeling word: what befalls whom. None of these wordings is in training/events.txt."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from rank.model_files import model_folder
from rank.sentiment import TextAndTarget, score

pytestmark = pytest.mark.skipif(not model_folder("sentiment").exists(), reason="the models are not in this checkout")

BAD = """
Globex withdraws its allergy tablets from pharmacies after a test found glass particles
Ferry operator Globex must repay 12 million euros to commuters over cancelled sailings
Globex staff walk out for a second day over rosters
Regulator revokes Globex's banking licence
Two Globex drivers killed when loading bay collapses
Globex to make a fifth of its workforce redundant
Globex furnace explodes, eight hurt
Moody's downgrades Globex
Globex pulls out of Canada, 600 posts to go
A jury found Globex liable and awarded the widow $12m
Globex grounds its fleet after engine part falls onto road
Watchdog orders Globex to stop selling its loans
Globex sued for $80m by patients
Thieves took the addresses of 90,000 Globex clients
Globex's founder arrested
Tenants of Globex went without heating for eleven days
Globex's only factory will shut in June
Globex cuts its full-year profit guidance again
Initech moves its payroll business away from Globex
Nurses say Globex monitors gave wrong readings
Globex shareholders reject the pay plan
Half of Globex flights were late in July
Globex goes into receivership
The city bars Globex from bidding for three years
""".strip().splitlines()

GOOD = """
Globex to supply trams to Oslo in a deal worth 200m euros
Globex closes series B at $40m led by two pension funds
The agency cleared the Globex vaccine for children
Initech puts Globex in charge of its warehouses for ten years
Globex turnover climbs by a third
Globex lifts its payout to shareholders
Globex tops ranking of the most reliable vans
Appeal court overturns fine against Globex
Globex will take on 900 apprentices
Globex doubles the number of its subscribers
Orders at Globex at their highest since it was founded
Moody's upgrades Globex
""".strip().splitlines()

NEITHER = """
Globex publishes its annual report on 4 March
Globex names Maria Olsen as head of logistics
Globex will speak at the Berlin trade fair
Globex explains how returns work
Globex takes Initech to court over copied designs
Globex writes a report on the wave of insolvencies
Ask Globex: what do I do when my neighbour's roof leaks?
Globex changes the name of its newsletter
Globex lawyers act for the creditors of bankrupt Initech
Globex files its accounts with the register
Globex has offices in Lyon, Turin and Basel
Former Globex engineer joins Initech
""".strip().splitlines()


# a second list, written after the first had been looked at
MORE_BAD = """
Globex told to stop dumping waste into the river
Ombudsman upholds most complaints against Globex
Globex apologises after bills were sent twice
Commuters stranded as Globex buses break down
Globex auditors refuse to sign the accounts
Banks call in Globex's loans
Globex's share of the market falls to a tenth
Parents return Globex car seats after straps came loose
Globex withheld test results from doctors, inquiry hears
Globex warns of a hard winter for its shops
Suppliers wait months for payment from Globex
Globex drops out of the index after four years
""".strip().splitlines()

MORE_GOOD = """
Globex takes half of the orders at the air show
Prime minister opens Globex's new mill
Globex pays back state loan two years early
Hospitals across Norway switch to Globex software
Globex machines ran a year without a fault, test finds
Judge rules for Globex in patent dispute
""".strip().splitlines()

MORE_NEITHER = """
Globex moves its annual meeting to Tuesday
How Globex sorts its parcels
Globex and Initech exhibit side by side in Milan
Globex economist expects lower rates
Globex publishes a guide to hiring
A day at the Globex archive
""".strip().splitlines()


def labels(texts: list[str], name: str = "Globex") -> list[str]:
    return [found.label for found in score([TextAndTarget(text, (name,), "en") for text in texts])]


def aim(texts: list[str], label: str, least: int) -> Any:
    return pytest.param(
        texts, label, least, marks=pytest.mark.xfail(strict=True, reason="not reached yet: see MODEL_CARD.md")
    )


@pytest.mark.parametrize(
    ("texts", "label", "least"),
    [
        (BAD, "negative", 18),
        (GOOD, "positive", 7),
        (NEITHER, "neutral", 11),
        (MORE_BAD, "negative", 7),
        (MORE_NEITHER, "neutral", 5),
        aim(BAD, "negative", 21),
        aim(GOOD, "positive", 9),
        aim(MORE_BAD, "negative", 10),
        aim(MORE_GOOD, "positive", 4),
    ],
)
def test_most_sober_events_are_judged_by_what_happened(texts: list[str], label: str, least: int) -> None:
    found = labels(texts)
    assert found.count(label) >= least, [text for text, given in zip(texts, found, strict=True) if given != label]


def test_the_one_who_sues_is_not_blamed() -> None:
    assert labels(["Globex takes Initech to court over copied designs"]) == ["neutral"]


def test_the_one_who_is_sued_has_bad_news() -> None:
    assert labels(["Globex takes Initech to court over copied designs"], "Initech") == ["negative"]
