"""Names of listed companies as people write them, against the SEC's whole list (`PRECALL_DATA`)."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest

from collect.sources.sec_registrants import Registrant, profile_of

ROOT = Path(__file__).parents[3]
DATA = ROOT / os.environ.get("PRECALL_DATA", "../shared/data") / "companies"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="PRECALL_DATA has no companies")


def registrants() -> list[Registrant]:
    with gzip.open(DATA / "sec_company_tickers.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [Registrant(row["cik"].lstrip("0"), row["name"], row["ticker"], row["exchange"]) for row in rows]


def test_no_name_is_matched_wrongly_and_most_are_matched() -> None:
    known = registrants()
    with (DATA / "popular_us_stocks.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["Company"]: row["Cik"].lstrip("0") for row in csv.DictReader(file)}
    found = {name: profile_of(known, [name]).cik for name in wanted}
    assert {name: cik for name, cik in found.items() if cik not in (None, wanted[name])} == {}
    assert sum(cik is not None for cik in found.values()) / len(found) >= 0.85


@pytest.mark.parametrize("name", ["Target", "Box", "Stripe", "Furrow", "Unity"])
def test_a_word_that_may_be_anybody_matches_nobody(name: str) -> None:
    assert profile_of(registrants(), [name]).cik is None
