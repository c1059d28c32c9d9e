"""Leads from a table that a person exported: in any usual encoding, with any usual separator and headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from cli.home import Problem
from precall.crm.generic.payload import LeadSent
from precall.crm.reading import complaints
from precall.ids import derived_id
from precall.model import Prospect

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "lead id", "record id"),
    "company.name": ("company", "company name", "account", "account name", "organization", "organisation"),
    "company.domain": ("domain", "website", "company domain", "url", "web site"),
    "company.industry": ("industry",),
    "company.country": ("country", "country/region"),
    "contact.name": ("name", "contact", "contact name", "full name"),
    "contact.first": ("first name", "given name"),
    "contact.last": ("last name", "surname", "family name"),
    "contact.email": ("email", "e-mail", "email address", "e-mail address"),
    "contact.title": ("title", "job title", "position", "role"),
    "owner": ("owner", "lead owner", "rep"),
    "call_at": ("call at", "call", "call time"),
    "source": ("source", "lead source"),
    "purpose": ("purpose",),
    "stage": ("stage", "lead status", "status"),
    "customer": ("customer",),
}
"""What a lead may say, and the headings that people give it (in any case, with _ or - for spaces)."""

_FIELDS = {heading.replace("-", " "): field for field, headings in COLUMNS.items() for heading in headings}
_SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class Row:
    """One line of the file: the payload of its lead, or what is wrong with it."""

    line: int
    payload: dict[str, Any] | None = None
    error: str | None = None


@dataclass(frozen=True)
class Table:
    """What a file holds, and the headings that nobody knows."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]


def read(data: bytes) -> Table:
    """The leads in a CSV file; Problem when it is no such table. Bad rows say which field to mend, and how."""
    reader = csv.reader(io.StringIO(_text(data), newline=""), delimiter=_separator(_text(data)))
    try:
        headings = next(reader, [])
        fields = [_FIELDS.get(_plain(heading)) for heading in headings]
        if not {"company.name", "company.domain", "contact.email", "contact.name", "contact.last"} & {*fields}:
            raise Problem(f"the first line names no column such as company, domain or email; it is {headings!r}"[:300])
        rows = tuple(_without_duplicates(_row(reader.line_num, fields, cells) for cells in reader if any(cells)))
    except csv.Error as error:
        raise Problem(f"line {reader.line_num} of the file is no CSV ({error})") from None
    unknown = (heading.strip() for heading, field in zip(headings, fields, strict=True) if not field)
    return Table(rows, tuple(heading for heading in unknown if heading))


def _text(data: bytes) -> str:
    """UTF-8 or UTF-16 by its mark, else UTF-8, else what Western European Windows writes."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem("the file is neither UTF-8 nor UTF-16 nor Windows-1252; save it as CSV UTF-8")


def _separator(text: str) -> str:
    """The one that divides the first line most."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    return max(_SEPARATORS, key=first.count)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[_\-]", " ", heading).casefold().split())


def _row(line: int, fields: list[str | None], cells: list[str]) -> Row:
    if len(cells) > len(fields) and any(cells[len(fields) :]):
        return Row(line, error=f"has {len(cells)} cells under {len(fields)} headings; put quotes around separators")
    payload = _payload(
        {field: cell.strip() for field, cell in zip(fields, cells, strict=False) if field and cell.strip()}
    )
    try:
        prospect = Prospect.model_validate(LeadSent.model_validate(payload).prospect())
    except ValidationError as error:
        return Row(line, error=complaints(error))
    who = prospect.contact
    key = (prospect.key, ((who and (who.email or who.name)) or "").casefold())
    return Row(line, payload={**payload, "id": payload.get("id") or f"import-{derived_id('import', *key)}"})


def _payload(values: dict[str, str]) -> dict[str, Any]:
    """The generic webhook's payload. First and last name are one."""
    parts = [values.pop(name, "") for name in ("contact.first", "contact.last")]
    if any(parts):
        values.setdefault("contact.name", " ".join(filter(None, parts)))
    payload: dict[str, Any] = {}
    for field, value in values.items():
        holder, _, name = field.rpartition(".")
        (payload.setdefault(holder, {}) if holder else payload)[name] = value
    return payload


def _without_duplicates(rows: Iterator[Row]) -> Iterator[Row]:
    """A lead that stands twice in the file is taken once."""
    lines: dict[str, int] = {}
    for row in rows:
        if row.payload is None or (first := lines.setdefault(row.payload["id"], row.line)) == row.line:
            yield row
        else:
            yield Row(row.line, error=f"is the same lead as line {first}; remove one, or give each an id")
