"""``www.sec.gov``, ``data.sec.gov``, ``efts.sec.gov``: registrants, their filings, and the full-text search as JSON."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from replay.items import iso
from replay.message import Answer, Request, as_json, html
from replay.nodes import Node
from replay.query import parse
from replay.shelf import UNDATED, Row, Shelf, Window
from replay.web import Web, serves
from replay.world.records import ago, records

_ANONYMOUS = "<!doctype html><title>SEC.gov | Request Rate Threshold Exceeded</title><h1>Undeclared Automated Tool</h1>"
_SUBMISSIONS = re.compile(r"/submissions/CIK(\d{10})\.json")


@serves("www.sec.gov", "data.sec.gov", "efts.sec.gov")
def sec_edgar(request: Request, web: Web) -> Answer | None:
    """The list of registrants, one's submissions, the full-text search. 403 for a User-Agent without a contact."""
    if "@" not in request.headers.get("user-agent", "@"):
        return html(_ANONYMOUS, 403)
    if (request.host, request.path) == ("www.sec.gov", "/files/company_tickers_exchange.json"):
        return as_json(_registrants())
    if (request.host, request.path) == ("efts.sec.gov", "/LATEST/search-index"):
        return as_json(_search(request, web))
    found = _SUBMISSIONS.fullmatch(request.path) if request.host == "data.sec.gov" else None
    known = next((each for each in records("edgar")["registrants"] if found and each["cik"] == int(found[1])), None)
    return as_json(_submissions(known, web.as_of)) if known else None


def _registrants() -> dict[str, Any]:
    rows = [[each["cik"], each["name"], each["ticker"], each["exchange"]] for each in records("edgar")["registrants"]]
    return {"fields": ["cik", "name", "ticker", "exchange"], "data": rows}


def _submissions(known: dict[str, Any], as_of: datetime) -> dict[str, Any]:
    filings = [filing for filing in known.get("filings", ()) if ago(filing, as_of) <= as_of]
    return {
        "cik": f"{known['cik']:010}",
        "entityType": "operating",
        "sic": known.get("sic", ""),
        "sicDescription": known.get("industry", ""),
        "name": known["name"],
        "tickers": [known["ticker"]],
        "exchanges": [known["exchange"]],
        "website": "",
        "addresses": {
            "business": {
                "city": known.get("city", ""),
                "stateOrCountry": known.get("state", ""),
                "stateOrCountryDescription": known.get("state", ""),
            }
        },
        "filings": {"recent": _columns(filings, as_of), "files": []},
    }


def _columns(filings: list[dict[str, Any]], as_of: datetime) -> dict[str, list[Any]]:
    return {
        "accessionNumber": [filing["accession"] for filing in filings],
        "filingDate": [f"{ago(filing, as_of):%Y-%m-%d}" for filing in filings],
        "reportDate": [f"{ago(filing, as_of):%Y-%m-%d}" for filing in filings],
        "acceptanceDateTime": [iso(ago(filing, as_of)).replace("Z", ".000Z") for filing in filings],
        "form": [filing["form"] for filing in filings],
        "items": [filing["items"] for filing in filings],
        "primaryDocument": ["document.htm" for _ in filings],
        "primaryDocDescription": [filing["form"] for filing in filings],
    }


def _search(request: Request, web: Web) -> dict[str, Any]:
    params = request.params
    forms = set(filter(None, params.get("forms", "").split(",")))
    hits = [
        _hit(document, web.as_of)
        for document in _matching(parse(params.get("q", "")).node, web.as_of)
        if (not forms or document["form"] in forms) and _is_inside(ago(document, web.as_of), params)
    ]
    total = {"value": len(hits), "relation": "eq"}
    return {"took": 3, "timed_out": False, "hits": {"total": total, "max_score": 9.7, "hits": hits}}


def _matching(node: Node, as_of: datetime) -> list[dict[str, Any]]:
    documents = records("edgar")["documents"]
    rows = (Row(each["filer"], each["text"], "sec.gov", UNDATED, UNDATED) for each in documents)
    shelf = Shelf(rows, documents.__getitem__)
    return [shelf.item(number) for number in shelf.matching(node, Window(UNDATED, int(as_of.timestamp())))]


def _is_inside(filed: datetime, params: dict[str, str]) -> bool:
    day = f"{filed.astimezone(UTC):%Y-%m-%d}"
    return params.get("startdt", "0") <= day <= params.get("enddt", "9")


def _hit(document: dict[str, Any], as_of: datetime) -> dict[str, Any]:
    cik = f"{document['cik']:010}"
    return {
        "_index": "edgar_file",
        "_id": f"{document['accession']}:document.htm",
        "_score": 9.7,
        "_source": {
            "ciks": [cik],
            "display_names": [f"{document['filer']}  (CIK {cik})"],
            "file_date": f"{ago(document, as_of):%Y-%m-%d}",
            "form": document["form"],
            "root_forms": [document["form"]],
            "items": document.get("items", []),
            "adsh": document["accession"],
            "file_type": document["form"],
            "file_description": "",
        },
    }
