"""A country by any of the names that people and CRMs write: "AT", "Austria", "Österreich"."""

from __future__ import annotations

_NAMES = """
    AE united-arab-emirates uae · AR argentina · AT austria österreich · AU australia · BE belgium belgique belgië ·
    BG bulgaria · BR brazil brasil · CA canada · CH switzerland schweiz suisse svizzera · CL chile · CN china ·
    CO colombia · CY cyprus · CZ czechia czech-republic česko · DE germany deutschland · DK denmark danmark ·
    EE estonia · EG egypt · ES spain españa · FI finland suomi · FR france · GB united-kingdom uk great-britain england
    scotland wales · GR greece · HK hong-kong · HR croatia hrvatska · HU hungary magyarország · ID indonesia ·
    IE ireland · IL israel · IN india · IS iceland · IT italy italia · JP japan · KR south-korea korea
    republic-of-korea · LI liechtenstein · LT lithuania · LU luxembourg · LV latvia · MT malta · MX mexico méxico ·
    MY malaysia · NG nigeria · NL netherlands the-netherlands nederland holland · NO norway norge · NZ new-zealand ·
    PH philippines · PK pakistan · PL poland polska · PT portugal · RO romania românia · RS serbia srbija ·
    SA saudi-arabia · SE sweden sverige · SG singapore · SI slovenia slovenija · SK slovakia slovensko · TH thailand ·
    TR turkey türkiye · TW taiwan · UA ukraine · US united-states united-states-of-america usa america ·
    VN vietnam viet-nam · ZA south-africa
"""
_CODES = {
    name.replace("-", " "): code
    for code, *names in (line.split() for line in _NAMES.split("·"))
    for name in (code.casefold(), *names)
}


def country_code(text: str) -> str:
    """The ISO 3166 code of a country; what is not known comes back as it is, in small letters."""
    name = " ".join(text.replace(".", "").casefold().split())
    return _CODES.get(name, name)
