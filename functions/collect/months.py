"""Days whose month is a word, in the languages that feeds and pages are mostly written in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_NAMES = """
jan januar january janvier janv enero ene gennaio gen januari janeiro stycznia ledna
feb februar february fevrier fevr febrero febbraio februari fevereiro fev lutego unora
mar marz mrz march mars marzo maart mrt marco marca brezna
apr april avril avr abril abr aprile kwietnia dubna
may mai mayo maggio mag mei maio maja kvetna
jun juni june juin junio giugno giu junho czerwca cervna
jul juli july juillet juil julio luglio lug julho lipca cervence
aug august aout agosto ago augustus augusti sierpnia srpna
sep sept september septembre septiembre settembre set setembro wrzesnia zari
oct okt october oktober octobre octubre ottobre ott outubro out pazdziernika rijna
nov november novembre noviembre novembro listopada listopadu
dec dez december dezember decembre diciembre dic dicembre dezembro grudnia prosince
"""
_NUMBERS = {name: number for number, line in enumerate(_NAMES.strip().splitlines(), 1) for name in line.split()}
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)?"
_SPELLED = (
    re.compile(rf"\b{_DAY}\s+(?:de\s+)?{_WORD},?\s+(?:de\s+)?(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_WORD}\s+{_DAY},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}-{_WORD}-(?P<year>\d{{4}})\b", re.IGNORECASE),
)


def spelled_day(text: str) -> tuple[date, int] | None:
    """The first day like "8 November 2023", "Nov 8, 2023" or "8. November 2023", and where it ends in `text`; None
    without one. ValueError for the 31st of February."""
    for pattern in _SPELLED:
        found = pattern.search(text)
        month = month_number(found["month"]) if found else None
        if found and month:
            return date(int(found["year"]), month, int(found["day"])), found.end()
    return None


def month_number(name: str) -> int | None:
    """1 for "January", "Jän." or "janvier"; None for what is no month."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    letters = re.sub(r"[^a-z]", "", folded)
    return _NUMBERS.get(letters)
