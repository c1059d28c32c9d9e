"""The beginnings of the words that triggers are about: a sentence without any of a kind's is not tried for that kind.

Sixty patterns a sentence are slow, one look for all beginnings is fast, and most sentences have few of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from precall.model import SignalKind

_STEMS = {
    SignalKind.FUNDING: (
        "rais series seed pre-seed fund capital invest bond round ipo draft drhp initial public unicorn valu pour "
        "pump inject infus lead financ debut list"
    ),
    SignalKind.ACQUISITION: (
        "acqui over takeover buy bought purchas snap bid stake merg sell sold divest offload spin hiv deal "
        "majority invest"
    ),
    SignalKind.LEADERSHIP: (
        "lead head run departure management ceo cfo cto cio cmo cro cpo coo chro ciso cmd chief co-ceo chair "
        "president vice md deputy joint managing executive independent non-executive director board svp evp vp "
        "general country co-founder cofounder founder new"
    ),
    SignalKind.HIRING: (
        "hir recruit employ onboard add creat fill offer job opening vacanc off-campus campus fresher career"
    ),
    SignalKind.LAYOFFS: (
        "lay laid retrench downsiz pink cut slash ax eliminat shed let fir sack dismiss trim job redundanc "
        "workforce mass"
    ),
    SignalKind.LAUNCH: (
        "launch relaunch unveil introduc roll debut wraps announc releas show ship open-sourc available product"
    ),
    SignalKind.PARTNERSHIP: (
        "partner ti ty team join collaborat sign pact alliance mou joint jv agreement contract deal tie-up order "
        "project mandate lending co-lending"
    ),
    SignalKind.EXPANSION: (
        "open set build built launch unveil establish inaugurat construct break leas announc expan enter relocat "
        "mov shift ramp scal doubl tripl new invest entry"
    ),
    SignalKind.EARNINGS: (
        "q1 q2 q3 q4 1q 2q 3q 4q h1 h2 fy quarter half-year full-year annual net profit loss revenue sales income "
        "earnings pat ebitda turnover margin growth results guidance outlook forecast"
    ),
    SignalKind.LEGAL: (
        "sue suing lawsuit class litigation antitrust subpoena indict money probe investigat raid summon charged "
        "accused fin penal punish settl agree order court judge tribunal jury supreme high nclt nclat patent "
        "regulator watchdog ftc sec doj cfpb fcc fda cma european eu ofcom sebi cci rbi"
    ),
    SignalKind.OUTAGE: (
        "outage data ransomware cyber security breach hack down stole steal leak attack recall service app "
        "website server network glitch disruption"
    ),
    SignalKind.AWARD: (
        "award prize accolade honor honour year medal troph top nam recogni rank rat plac list winner great best "
        "employer magic industry"
    ),
    SignalKind.EVENT: (
        "event session conference summit webinar keynote expo trade forum hackathon roadshow meetup workshop agm "
        "meeting investor analyst launch unpacked unboxing wwdc i/o mwc ces sxsw re:invent dreamforce developer"
    ),
}
_BY_STEM = {
    stem: frozenset(kind for kind, stems in _STEMS.items() if stem in stems.split())
    for stem in {stem for stems in _STEMS.values() for stem in stems.split()}
}
_LONGEST = max(map(len, _BY_STEM))
_WORD = re.compile(r"\w[\w/:-]*")


def kinds_named(sentence: str) -> set[SignalKind]:
    """The kinds whose triggers may match `sentence`."""
    return set().union(*map(_kinds_of, _WORD.findall(sentence.lower())))


@lru_cache(maxsize=8192)  # headlines share most of their words
def _kinds_of(word: str) -> frozenset[SignalKind]:
    beginnings = (part[:end] for part in {word, *word.split("-")} for end in range(1, min(len(part), _LONGEST) + 1))
    return frozenset().union(*(_BY_STEM.get(beginning, frozenset()) for beginning in beginnings))
