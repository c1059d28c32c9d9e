"""What makes a sentence say less than that something happened: denial, supposition, a question, the distant past."""

from __future__ import annotations

import re
from datetime import datetime

_NOT = re.compile(
    r"\b(?:not|never|n[o']t|no|nor|without|neither|cannot|won['’]?t|isn['’]?t|doesn['’]?t|didn['’]?t|don['’]?t|"
    r"wouldn['’]?t|hasn['’]?t|haven['’]?t|den(?:y|ies|ied)|rules? out|ruled out|refus(?:es|ed|al)|rejects?|rejected|"
    r"scraps?|scrapped|cancel(?:s|led)?|abandons?|abandoned|calls? off|called off|drops? plans?|no plans|avoids?|"
    r"instead of|rather than|far from|yet to|unlikely)\b[^,;:]{0,40}$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^[^,;:]{0,30}\b(?:is|are|was|were)?\s?(?:unlikely|ruled out|denied|called off|cancelled)\b", re.I
)
_SUPPOSED = re.compile(
    r"\b(?:could|may|might|would|should|can|if|whether|what if|likely|possibl[ey]|perhaps|rumou?r(?:ed|s)?|tipped|tips|"
    r"leak(?:ed|s)?(?= (?:ahead|days|months|weeks|online|in|suggests?|reveals?))|speculat\w+|hints?|hinted|"
    r"teas(?:es|ed)|"
    r"spotted|wants?|hopes?|wish(?:es)?|invites?|woos?|ahead of|preview|imminent)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:reportedly|reports?:|: reports?\b|sources?\b|said to|in talks|mulls?|mulling|consider(?:s|ing)|"
    r"explor(?:es|ing)|"
    r"looks? (?:at|to)|looking to|eyes?|eyeing|seeks?|expect(?:s|ed)|expected to|plans?|planning|aims?|bids?|set to)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:\W*)(?:should|will|can|could|would|is|are|does|do|did|has|have|which|who|how to|here(?:['’]s)? how|"
    r"how (?:much|many|you)|"
    r"\d+ (?:best|ways|things|reasons|tips|qualities|stocks)|top \d+|what (?:is|to|if|are))\b",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"^\W*(?:why|how|what|explained|explainer|opinion|analysis|column)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"\bshould (?:you|investors|i|we)\b|\bsubscribe\b|\bGMP\b|gr[ea]y market|\b(?:share|stock) price\b|"
    r"\btarget (?:of|price)\b|"
    r"\bmultibagger|\bstocks? to (?:buy|watch|sell)|\b(?:buy|sell|hold)[,/ ]+(?:or )?(?:sell|hold|buy)\b|"
    r"\bis a (?:buy|sell)\b|"
    r"^\W*(?:buy|sell|hold|accumulate|reduce|neutral) [^:;]{2,60}[;:]|\bintraday\b|\bprice (?:prediction|drop|cut|"
    r"hike)|"
    r"\bcashback\b|\bdiscount(?:s|ed)?\b|\bbest deals?\b|\bbrokerage|\bpicks? for\b|\bvs\.?\s",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    r"\b(?:anniversary|decades? (?:ago|later|after|since)|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|"
    r"twenty) years "
    r"(?:ago|later|after|since|earlier)|years (?:ago|earlier)|back in (?:19|20)\d\d|history of|once)\b",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(r"\b(?:last (?:month|year)|earlier this year|previously|in the past)\W*$", re.IGNORECASE)
"""Right before its words: an event told as the background of another one."""
_BOUND = re.compile(r"[?!;|]\s+|(?<=[a-z])\.\s+(?=[A-Z])")
_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|from|of|[Dd]uring)\s(?:[A-Z][a-z]+\s)?((?:19|20)\d\d)\b")
SUPPOSED, REPORTED, EXPLAINED, ASKED, LONG_AGO = 0.0, 0.85, 0.75, 0.3, 0.2


def is_advice(sentence: str) -> bool:
    """Whether a headline tells people what to buy: shares, or goods at a discount."""
    return bool(_ADVICE.search(sentence))


def certainty(sentence: str, start: int, end: int, at: datetime | None) -> float:
    """How far the event named in `sentence[start:end]` is stated as happening or decided now: 1 stated, 0 not at all.

    `at` is when it was published: a year well before it puts the event into the past.
    """
    if is_advice(sentence):
        return 0.0
    sentence, start, end = _around(sentence, start, end)
    before, after = sentence[:start], sentence[end:]
    if _NOT.search(before) or _NOT_AFTER.search(after):
        return 0.0
    found = 1.0
    if _SUPPOSED.search(_clause_before(before) + sentence[start:end]):
        found *= SUPPOSED
    if _REPORTED.search(before) or re.search(r":\s*(?:reports?|sources?)\b", after, re.IGNORECASE):
        found *= REPORTED
    found *= _as_a_question(sentence)
    return found * (LONG_AGO if _BEFORE_THAT.search(before) or _is_long_ago(sentence, at) else 1.0)


def _as_a_question(sentence: str) -> float:
    """ "Why did they buy it?" presupposes that they did, "Will they buy it?" does not."""
    if _ASKS.search(sentence):
        return ASKED
    if _EXPLAINS.search(sentence):
        return EXPLAINED
    return ASKED if sentence.rstrip(" \"'”’").endswith("?") else 1.0


def _around(sentence: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a headline of several sentences that the event is in, and where in it."""
    first = max((match.end() for match in _BOUND.finditer(sentence, 0, start)), default=0)
    bound = _BOUND.search(sentence, end)
    return sentence[first : bound.end() if bound else None].rstrip(), start - first, end - first


def _clause_before(before: str) -> str:
    """What stands before the event in its own clause: a supposition in another one does not touch it."""
    return re.split(r"[;|?!]|,\s|\b(?:as|after|while|but)\b", before)[-1]


def _is_long_ago(sentence: str, at: datetime | None) -> bool:
    if _LONG_AGO.search(sentence):
        return True
    years = [int(year) for year in _YEAR.findall(sentence)]
    return bool(at and years and max(years) < at.year - 1)
