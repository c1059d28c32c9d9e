"""Whether a sentence is prose and keeps its meaning without its neighbours."""

from __future__ import annotations

import re

from precall.naming import is_unspaced
from precall.sentences import sentences

__all__ = ["LONGEST", "SHORTEST", "is_prose", "sentences", "stands_alone"]

SHORTEST, LONGEST = 30, 320
"""Characters of a sentence that is quoted."""
_SHORTEST_UNSPACED = 12

_LEANS_BACK = re.compile(
    r"^[\"'“‘(\[]*(?:but|and|or|nor|so|yet|however|also|meanwhile|instead|still|then|thus|therefore|hence|moreover|"
    r"furthermore|additionally|besides|nevertheless|nonetheless|otherwise|similarly|likewise|consequently|because|"
    r"he|she|they|it|we|i|his|her|their|its|our|my|this|that|these|those|such|there|both|neither|either|another|others|"
    r"the (?:latter|former|move|deal|news|decision|company|firm|announcement|report|plan|two|pair|statement)|"
    r"as a result|in addition|for example|for instance|in other words|on the other hand|that said|after that|"
    r"according to (?:him|her|them|it)|if (?:this|that|these|those)|here's|here is|here are|below|above|not long)\b",
    re.IGNORECASE,
)
_CHATS = re.compile(r"^[\"'“‘(\[]*(?:you|your|if you|err|well|ok|okay|yes|no|oh|let's|let us|let’s)\b", re.IGNORECASE)
_SPOKEN_BY_PRONOUN = re.compile(r"\b(?:he|she|they|it|i|we) (?:said|says|added|told|wrote|noted|explained)\b", re.I)
_POINTS_BACK = re.compile(
    r"\b(?:solve[sd]?|fix(?:es|ed)?|does|did|done|do|achieves?d?) (?:that|this|so|it)\b|"
    r"\b(?:this|that|these|those) (?:features?|moves?|deals?|changes?|decisions?|updates?|devices?|apps?|services?|"
    r"plans?|announcements?|options?|tools?|products?)\b",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_SPOKEN = re.compile(r"[“\"‘][^”\"’]*[”\"’]")
_NOT_PROSE = re.compile(
    r"<[^>]*>|[<>{}|]|https?://|\[\+\d+|\bclick here\b|\bread (?:more|here|the full|on)\b|\bsubscribe\b|\bsign up\b|"
    r"\bnewsletter|\ball rights reserved\b|\bcookies?\b|\bphoto(?:graph)? by\b|\bfile photo\b|\bfollow us\b|"
    r"\bimage (?:credit|source)|\bcommissions?\b|\baffiliate|\bwe (?:may )?earn\b|\bour readers\b|\bget the latest\b|"
    r"\bterms of (?:use|service)\b|\bcheck (?:it )?out\b|\b(?:keep|continue) reading\b|\ufffd|â€|\w[âÃ]\w|#\d+;|&\w+;|"
    r"^enlarge\b|^\d+ (?:with|comments?|shares?|min(?:ute)?s?)\b|\bposters participating\b|\breader comments\b|"
    r"^(?:recap|updated?|correction|note|editor['’]s note|tl;dr|why it matters|the big picture|advertisement)\s?:",
    re.IGNORECASE,
)
_RUN_ON = re.compile(
    r"[a-z0-9] (?:The|A|An|In|It|This|That|You|We|He|She|They|But|And|If|When|For|On|At|With|As|There|What|How|Here|"
    r"Our|Your|These|Those|After|Just|Since|While) [a-z]"
)
_CAPTION = re.compile(r"^(?:A|An|The|People|Workers|Employees)\b[^.]*\bon [A-Z][a-z]+ \d{1,2}, \d{4},? in [A-Z]")
_SHORTENED = re.compile(r"…|\.\.")
"""Somebody left words out of it: nobody knows which."""
_GLUED = (_NOT_PROSE, _RUN_ON, _CAPTION, _SHORTENED)
_LEANING = (_LEANS_BACK, _POINTS_BACK, _CHATS, _SPOKEN_BY_PRONOUN)


def stands_alone(sentence: str) -> bool:
    """Whether a whole sentence keeps its meaning without the one before it, and is prose that states something.

    What speaks to the reader ("When you take a taxi, …") is advice, not news; a speaker's words may.
    """
    least = _SHORTEST_UNSPACED if is_unspaced(sentence) else SHORTEST
    if not least <= len(sentence) <= LONGEST or sentence.rstrip("\"'”’)").endswith(("?", "？", "؟")):
        return False
    leans = any(leaning.search(sentence) for leaning in _LEANING)
    return is_prose(sentence) and not leans and not _ADDRESSES.search(_SPOKEN.sub("", sentence))


def is_prose(sentence: str) -> bool:
    """Whether a sentence is one of the article, without what its page has glued to it."""
    return not any(glued.search(sentence) for glued in _GLUED)
