"""What an item of Wikidata tells of a company: its identity, and facts with the entry that proves them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from collect.batch import Batch
from collect.question import Question
from collect.sources.wikidata_choice import WEBSITE
from collect.sources.wikidata_items import Item, Statement
from precall.ids import mention_id
from precall.model import AccountFact, AccountProfile, Handle, Kind, Mention, TextOrigin
from precall.model.account import Network
from precall.names import site_domain

_MOST = 5
_LONGEST_ID, _LONGEST_VALUE = 200, 500
"""What is longer is no name of an account, and no fact that anybody would read."""
_HANDLES: dict[Network, str] = {
    "x": "P2002", "facebook": "P2013", "instagram": "P2003", "linkedin": "P4264", "github": "P2037", "reddit": "P3984",
    "youtube": "P2397", "mastodon": "P4033", "bluesky": "P12361", "tiktok": "P7085",
}  # fmt: skip
_COUNTRY, _INDUSTRY, _PRODUCT, _EXCHANGE, _TICKER, _CIK = "P17", "P452", "P1056", "P414", "P249", "P5531"
_HEADQUARTERS, _OWNER, _PARENT, _EMPLOYEES, _FOUNDED, _AT = "P159", "P127", "P749", "P1128", "P571", "P585"
_NAMED_BY_ITEMS = (_COUNTRY, _INDUSTRY, _PRODUCT, _EXCHANGE, _HEADQUARTERS, _OWNER, _PARENT)
Labels = Mapping[str, str]
"""What items are called, by their ids."""


def identity_of_item(item: Item, labels: Labels) -> AccountProfile:
    """The identity; what is only named by other items is left out where `labels` does not have them."""
    listed = _listed(item)
    return AccountProfile(
        names=item.names[:8],
        domain=next((host for url in item.values(WEBSITE) if (host := site_domain(url))), None),
        description=item.description or None,
        industry=", ".join(_labels(item, _INDUSTRY, labels)[:3]) or None,
        country=next(iter(_labels(item, _COUNTRY, labels)), None),
        wikidata=item.id,
        wikipedia=item.title or None,
        ticker=listed.qualifiers[_TICKER] if listed else None,
        exchange=labels.get(listed.value) if listed else None,
        cik=next((value.lstrip("0") for value in item.values(_CIK) if value.isdecimal()), None) or None,
        handles=tuple(
            Handle(network=network, id=value)
            for network, name in _HANDLES.items()
            for value in item.values(name)[:1]
            if len(value) <= _LONGEST_ID
        ),
        products=tuple(_labels(item, _PRODUCT, labels)[:8]),
    )


def named_by(item: Item) -> list[str]:
    """The items whose labels are needed to say what this one says."""
    return list(dict.fromkeys(value for name in _NAMED_BY_ITEMS for value in item.values(name)[:_MOST]))


def told_by_item(item: Item, labels: Labels, question: Question) -> Batch:
    """The identity, and the item as an entry with its facts a line each. Pure."""
    profile = identity_of_item(item, labels)
    told = list(_lines(item, profile, labels))
    url = f"https://www.wikidata.org/wiki/{item.id}"
    entry = Mention(
        id=mention_id(url),
        source="wikipedia",
        kind=Kind.REFERENCE,
        url=url,
        outlet="wikidata.org",
        outlet_name="Wikidata",
        title=item.label or item.id,
        text="\n".join(line for _, _, line in told),
        text_origin=TextOrigin.SNIPPET,
        fetched_at=question.asked_at,
        language="en",
    )
    facts = tuple(AccountFact.model_validate({"name": n, "value": v, "mention_id": entry.id}) for n, v, _ in told if n)
    return Batch((entry,) if told else (), profile=profile, facts=facts)


def _lines(item: Item, profile: AccountProfile, labels: Labels) -> Iterator[tuple[str, str, str]]:
    """(fact, value, line); the words of a line are ours, its value is the item's."""
    if item.description:
        yield "description", item.description, item.description
    if profile.ticker and profile.exchange:
        listed = f"{profile.exchange}: {profile.ticker}"
        yield "listed", listed, f"Listed: {listed}"
    told = (
        ("founded", "Founded", _year(item)),
        ("employees", "Employees", _employees(item)),
        ("headquarters", "Headquarters", ", ".join(_labels(item, _HEADQUARTERS, labels)[:1])),
        ("industry", "Industry", profile.industry or ""),
        ("owner", "Owner", ", ".join((_labels(item, _PARENT, labels) or _labels(item, _OWNER, labels))[:2])),
        ("products", "Products", ", ".join(profile.products[:_MOST])),
    )
    for name, label, value in told:
        if 0 < len(value) <= _LONGEST_VALUE:
            yield name, value, f"{label}: {value}"


def _listed(item: Item) -> Statement | None:
    return next((told for told in item.claims.get(_EXCHANGE, ()) if told.qualifiers.get(_TICKER)), None)


def _labels(item: Item, name: str, labels: Labels) -> list[str]:
    return [labels[value] for value in item.values(name)[:_MOST] if labels.get(value)]


def _year(item: Item) -> str:
    found = (re.match(r"\+(\d{4})-", moment) for moment in item.values(_FOUNDED))
    return next((match[1] for match in found if match), "")


def _employees(item: Item) -> str:
    """The latest count, with its year where one is given: "32,800 (2023)"."""
    counted = [told for told in item.claims.get(_EMPLOYEES, ()) if re.fullmatch(r"\+\d{1,9}", told.value)]
    latest = max(counted, key=lambda told: told.qualifiers.get(_AT, ""), default=None)
    if latest is None:
        return ""
    year = re.match(r"\+(\d{4})", latest.qualifiers.get(_AT, ""))
    return f"{int(latest.value):,}" + (f" ({year[1]})" if year else "")
