"""What was filed with the SEC: a company's own filings, and others' that name it.

Formats: `data.sec.gov/submissions/CIK##########.json` (sec.gov/search-filings/edgar-application-programming-interfaces)
and the full-text search's `hits.hits[]._source`, as Elasticsearch gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from collect.batch import Batch
from collect.dates import from_iso
from collect.json_answers import Row, at, json_of, line, mentions_of, needed, string
from collect.posts import post
from collect.question import Question
from collect.sources.sec_entry import entry_of, facts_of, profile_of
from collect.sources.sec_forms import items_in_words, purpose_of
from precall.fetch import Page
from precall.model import AccountFact, DateOrigin, Kind, Mention, Precision, TextOrigin

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"
_BRACKETS = re.compile(r"(?<!\s)\s*+\([^()]*\)")
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_COLUMNS = ("accessionNumber", "form", "filingDate", "acceptanceDateTime", "items")


def submissions(page: Page, question: Question) -> Batch:
    """A company's own filings, newest first, who it is, and what its entry says. Pure."""
    answer, flaw = json_of(page)
    recent = at(answer, "filings", "recent")
    if flaw or not isinstance(recent, Mapping):
        return Batch(flaw=flaw or "the answer has no list of filings")
    cik, name = line(answer, "cik").lstrip("0") or _cik_of(page.url), line(answer, "name")
    if not (cik and name):
        return Batch(flaw="the answer does not say whose filings these are")
    found = [_own(row, cik, name, question) for row in _rows(recent)]
    filings = tuple(filing for filing in found if filing and question.includes(filing.published_at))[: question.limit]
    entry = entry_of(answer, cik, name, question)
    newest = [AccountFact(name="filing", value=filing.title, mention_id=filing.id, field="title") for filing in filings]
    return Batch((entry, *filings), profile=profile_of(answer, cik), facts=(*facts_of(answer, entry), *newest[:1]))


def full_text(page: Page, question: Question, *, asked: str, own_cik: str | None) -> Batch:
    """Filings of others that have the words `asked`; those of `own_cik` are known from its submissions. Pure."""
    answer, flaw = json_of(page)
    hits = at(answer, "hits", "hits")
    if flaw or not isinstance(hits, list):
        return Batch(flaw=flaw or "the answer has no list of hits")
    read = partial(_hit, asked=asked, own_cik=own_cik, question=question)
    return mentions_of(hits[: question.limit], read, "hits")


def _rows(recent: Mapping[str, Any]) -> Iterable[Row]:
    """The columns as rows; a column that is missing or short is empty."""
    columns = [recent.get(name) for name in _COLUMNS]
    lists = [column if isinstance(column, list) else [] for column in columns]
    for number in range(len(lists[0])):
        yield {name: cells[number] if number < len(cells) else "" for name, cells in zip(_COLUMNS, lists, strict=True)}


def _own(row: Row, cik: str, name: str, question: Question) -> Mention | None:
    accession, form = string(row, "accessionNumber"), string(row, "form")
    if not _ACCESSION.fullmatch(accession) or not purpose_of(form):
        return None
    accepted = from_iso(string(row, "acceptanceDateTime"))
    filing = _filing(question, cik, accession, name, form, string(row, "items").split(","))
    return _dated(filing, string(row, "filingDate")) if accepted is None else _at(filing, accepted)


def _hit(hit: Row, asked: str, own_cik: str | None, question: Question) -> Mention | None:
    accession = string(hit, "_source", "adsh") or string(hit, "_id").partition(":")[0]
    ciks = [str(cik).lstrip("0") for cik in at(hit, "_source", "ciks") or () if str(cik).isdecimal()]
    names = [name for name in at(hit, "_source", "display_names") or () if isinstance(name, str)]
    if not _ACCESSION.fullmatch(accession) or not ciks or not names:
        raise ValueError("a filing without its number or its filer")
    form = needed(hit, "_source", "form")
    if own_cik in ciks or not purpose_of(form):
        return None
    filer = " ".join(_BRACKETS.sub("", names[0]).split())
    items = [item for item in at(hit, "_source", "items") or () if isinstance(item, str)]
    filing = _filing(question, ciks[0], accession, filer, form, items, f'The filing has the words "{asked}".')
    return _dated(filing, string(hit, "_source", "file_date"))


def _filing(
    question: Question, cik: str, accession: str, filer: str, form: str, items: Iterable[str], note: str = ""
) -> Mention:
    """At the permalink of the filing's index; an 8-K says in its items what happened."""
    subjects = items_in_words(items)
    purpose = purpose_of(form) or form
    return post(
        question,
        source="sec_edgar",
        kind=Kind.FILING,
        url=f"{ARCHIVES}/{cik}/{accession.replace('-', '')}/{accession}-index.htm",
        outlet="sec.gov",
        outlet_name="SEC EDGAR",
        title=f"{filer} files {form}: {'; '.join(subjects) or purpose}",
        text="\n".join([f"{purpose} ({form}) of {filer}.", *(f"{subject}." for subject in subjects), note]),
        text_origin=TextOrigin.SNIPPET,
        language="en",
    )


def _at(filing: Mention, moment: datetime, precision: Precision = Precision.SECOND) -> Mention:
    return filing.model_copy(
        update={"published_at": moment, "published_from": DateOrigin.API, "published_precision": precision}
    )


def _dated(filing: Mention, day: str) -> Mention:
    moment = from_iso(day)
    return _at(filing, moment, Precision.DAY) if moment else filing


def _cik_of(url: str) -> str:
    found = re.search(r"CIK0*(\d+)\.json", url)
    return found[1] if found else ""
