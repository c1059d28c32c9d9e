"""``www.wikidata.org/w/api.php`` and ``en.wikipedia.org``'s page summaries: who is called so, as JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from replay.message import Answer, Request, as_json
from replay.web import Web, serves
from replay.world.records import records

_SUMMARY = "/api/rest_v1/page/summary/"
_DISAMBIGUATION = "Q4167410"


@serves("www.wikidata.org")
def wikidata(request: Request, _: Web) -> Answer | None:
    """``wbsearchentities`` and ``wbgetentities``; an error as the interface words it for anything else."""
    if request.path != "/w/api.php":
        return None
    match request.params.get("action"):
        case "wbsearchentities":
            return as_json(_search(request.params))
        case "wbgetentities":
            return as_json(_entities(request.params))
    return as_json({"error": {"code": "badvalue", "info": 'Unrecognized value for parameter "action".'}})


@serves("en.wikipedia.org")
def wikipedia(request: Request, web: Web) -> Answer | None:
    """The summary of a page; 404 as the interface words it."""
    if not request.path.startswith(_SUMMARY):
        return None
    title = unquote(request.path.removeprefix(_SUMMARY)).replace("_", " ")
    found = next(((id, item) for id, item in records("wikidata").items() if item.get("title") == title), None)
    if found is None:
        return as_json({"type": "Internal error", "title": "Not found.", "status": 404}, 404)
    return as_json(_summary(*found, web))


def _search(params: dict[str, str]) -> dict[str, Any]:
    asked = params.get("search", "").casefold()
    hits = [
        {
            "id": id,
            "title": id,
            "concepturi": f"http://www.wikidata.org/entity/{id}",
            "label": item["label"],
            "description": item.get("description", ""),
            "match": {"type": "label", "language": "en", "text": item["label"]},
        }
        for id, item in records("wikidata").items()
        if any(name.casefold().startswith(asked) for name in (item["label"], *item.get("aliases", ())))
    ]
    most = int(params.get("limit", "7"))
    return {"searchinfo": {"search": params.get("search", "")}, "search": hits[:most] if asked else [], "success": 1}


def _entities(params: dict[str, str]) -> dict[str, Any]:
    props = params.get("props", "").split("|")
    known = records("wikidata")
    asked = [id for id in params.get("ids", "").split("|") if id]
    return {
        "entities": {
            id: _entity(id, known[id], props) if id in known else {"id": id, "missing": ""} for id in asked[:50]
        },
        "success": 1,
    }


def _entity(id: str, item: dict[str, Any], props: list[str]) -> dict[str, Any]:
    title = item.get("title")
    whole = {
        "labels": {"en": _text(item["label"])},
        "descriptions": {"en": _text(item["description"])} if "description" in item else {},
        "aliases": {"en": [_text(alias) for alias in item["aliases"]]} if "aliases" in item else {},
        "sitelinks": {"enwiki": {"site": "enwiki", "title": title, "badges": []}} if title else {},
        "claims": {name: [_statement(name, one) for one in told] for name, told in item.get("claims", {}).items()},
    }
    return {"type": "item", "id": id, **{name: part for name, part in whole.items() if name in props}}


def _text(value: str) -> dict[str, str]:
    return {"language": "en", "value": value}


def _statement(name: str, given: Any) -> dict[str, Any]:
    told = given if isinstance(given, dict) else {"value": given}
    qualifiers = {key: [_snak(key, value)] for key, value in told.items() if key not in ("value", "rank")}
    statement = {"mainsnak": _snak(name, told["value"]), "type": "statement", "rank": told.get("rank", "normal")}
    return statement | ({"qualifiers": qualifiers} if qualifiers else {})


def _snak(name: str, value: str) -> dict[str, Any]:
    kind, told = _value(value)
    return {"snaktype": "value", "property": name, "datavalue": {"value": told, "type": kind}}


def _value(value: str) -> tuple[str, Any]:
    if value[0] == "Q" and value[1:].isdecimal():
        return "wikibase-entityid", {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
    if value[0] == "+" and "T" in value:
        return "time", {"time": value, "timezone": 0, "precision": 9}
    return ("quantity", {"amount": value, "unit": "1"}) if value[0] == "+" else ("string", value)


def _summary(id: str, item: dict[str, Any], web: Web) -> dict[str, Any]:
    kinds = item.get("claims", {}).get("P31", ())
    page = f"https://en.wikipedia.org/wiki/{quote(item['title'].replace(' ', '_'))}"
    return {
        "type": "disambiguation" if _DISAMBIGUATION in kinds else "standard",
        "title": item["title"],
        "wikibase_item": id,
        "lang": "en",
        "timestamp": f"{web.as_of:%Y-%m-%dT%H:%M:%SZ}",
        "description": item.get("description", ""),
        "content_urls": {"desktop": {"page": page}},
        "extract": item.get("extract", f"{item['title']} may refer to:"),
    }
