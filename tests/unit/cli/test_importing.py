"""A table that a person exported becomes leads; what is wrong with a row is said so that it can be mended."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.csv_rows import read
from cli.home import Problem
from cli.importing import Outcome, run, send_rows, write_report
from cli.main import app

PLAIN = (
    "Company,Website,First Name,Last_Name,E-Mail,Job Title\n"
    "Tarnmoor,tarnmoor.example,Zoë,Hartog,z@tarnmoor.example,COO\n"
)
LEAD = {
    "company": {"name": "Tarnmoor", "domain": "tarnmoor.example"},
    "contact": {"name": "Zoë Hartog", "email": "z@tarnmoor.example", "title": "COO"},
}


class Api:
    """Answers as `POST /leads` does; refuses companies called Refused."""

    def __init__(self) -> None:
        self.batches: list[list[dict[str, Any]]] = []

    def __call__(self, payloads: list[dict[str, Any]]) -> dict[str, Any]:
        self.batches.append(payloads)
        refused = [i for i, one in enumerate(payloads) if one["company"]["name"] == "Refused"]
        return {
            "accepted": [{"id": f"lead of {one['id']}"} for i, one in enumerate(payloads) if i not in refused],
            "rejected": [{"index": i, "error": "company: refused"} for i in refused],
        }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_reads_the_same_in_every_encoding_and_with_every_separator(
    encoding: str, separator: str, newline: str
) -> None:
    text = PLAIN.replace(",", separator).replace("\n", newline)
    (row,) = read(text.encode(encoding)).rows
    payload = dict(row.payload or {})
    assert payload.pop("id").startswith("import-")
    assert payload == LEAD


def test_cells_may_hold_separators_quotes_and_line_breaks() -> None:
    (row,) = read(b'company;"source"\n"Tarnmoor; ""Logistics""";"fair\nVienna, 2026"\n').rows
    assert row.payload
    assert row.payload["company"]["name"] == 'Tarnmoor; "Logistics"'


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ("Tarnmoor,no domain,,", "company.domain: is not a domain; write for example stripe.com"),
        ("Tarnmoor,,ines@,", "contact.email: value is not a valid email address"),
        ("Tarnmoor,,,tomorrow", "call_at: "),
        ("Tarnmoor,,,2026-03-12T09:00", "call_at: has no time zone; write for example"),
        ("Tarnmoor,,,2026-03-12T09:00:00Z,too,many", "has 6 cells under 4 headings; put quotes around separators"),
        (",,,2026-03-12T09:00:00Z", "a lead needs a company or a person"),
    ],
)
def test_a_bad_row_is_named_with_field_and_fix_and_the_others_go_on(cells: str, says: str) -> None:
    table = read(f"company,domain,email,call at\n{cells}\nNordlicht,,,\n".encode())
    bad, good = table.rows
    assert (bad.line, bad.payload, good.error) == (2, None, None)
    assert says in (bad.error or "")


def test_the_same_lead_twice_is_taken_once_and_imported_again_it_has_the_same_id() -> None:
    data = b"company,email\nTarnmoor,i@tarnmoor.example\ntarnmoor,I@tarnmoor.example\nTarnmoor,j@tarnmoor.example\n"
    first, second, third = read(data).rows
    assert second.error == "is the same lead as line 2; remove one, or give each an id"
    assert third.payload
    assert read(data).rows[0] == first


def test_own_ids_decide_where_there_are_some() -> None:
    rows = read(b"id,company\n7,Tarnmoor\n8,Tarnmoor\n7,Nordlicht\n").rows
    assert [bool(row.payload) for row in rows] == [True, True, False]


def test_unknown_columns_are_left_out_and_named() -> None:
    table = read(b"company,Shoe size,\nTarnmoor,44,\n")
    assert table.ignored == ("Shoe size",)


@pytest.mark.parametrize("data", [b"", b"\n", b"colour,shape\nred,round\n", b"\x81\x8d", b"company\n" + b"x" * 200_000])
def test_what_is_no_table_of_leads_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(Problem):
        read(data)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: b"company,email\n" + text.encode()))
def test_no_file_whatsoever_crashes(data: bytes) -> None:
    try:
        rows = read(data).rows
    except Problem:
        return
    assert all((row.payload is None) != (row.error is None) for row in rows)


def test_leads_go_out_in_batches_and_every_row_gets_its_own_answer() -> None:
    names = [f"Company {n}" if n != 120 else "Refused" for n in range(250)]
    rows = read("\n".join(["company", *names]).encode()).rows
    api = Api()
    outcomes = list(send_rows(rows, "fair", api))
    assert [len(batch) for batch in api.batches] == [100, 100, 50]
    assert outcomes[120] == Outcome(122, error="company: refused")
    for row, outcome in zip(rows, outcomes, strict=True):
        assert row.payload
        assert outcome.error or outcome.lead_id == f"lead of {row.payload['id']}"


def test_a_lead_s_own_source_goes_before_the_files() -> None:
    api = Api()
    list(send_rows(read(b"company,lead source\nTarnmoor,fair\nNordlicht,\n").rows, "imported", api))
    assert [one["source"] for one in api.batches[0]] == ["fair", "imported"]


def test_the_report_says_of_each_row_what_became_of_it(tmp_path: Path) -> None:
    write_report(tmp_path / "report.csv", [Outcome(2, lead_id="a"), Outcome(3, error="=1+1: is wrong")])
    rows = list(csv.reader(io.StringIO((tmp_path / "report.csv").read_text())))
    assert rows == [["line", "lead", "error"], ["2", "a", ""], ["3", "", "'=1+1: is wrong"]]


def test_what_a_person_reads(tmp_path: Path) -> None:
    file, said = tmp_path / "leads.csv", list[str]()
    file.write_text("company,Shoe size\nTarnmoor,44\n,45\n")
    assert not run(file, "imported", Api(), tmp_path / "report.csv", said.append)
    assert said[0] == "Columns that are not known and left out: Shoe size"
    assert said[1].startswith("line 3: a lead needs a company or a person")
    assert said[2] == "1 leads sent, 1 rows to mend."
    with pytest.raises(Problem, match="cannot be read"):
        run(tmp_path / "absent.csv", "imported", None, None, said.append)


def test_checking_needs_no_stack(tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text("company\nTarnmoor\n")
    answer = CliRunner().invoke(app, ["import", "--check", str(tmp_path / "leads.csv")])
    assert (answer.exit_code, answer.output) == (0, "1 leads are valid, 0 rows to mend.\n")
