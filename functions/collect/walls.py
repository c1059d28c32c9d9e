"""Pages that stand in front of an article, or in place of it: none of them ever becomes text."""

from __future__ import annotations

import re

_LITTLE = 900
"""Letters: a longer text is an article that may well tell about cookies or errors."""
_TEASER = 3_000
"""Letters: under that, a text whose page says that it is not free is its beginning only."""
_SIGNS = {
    "a captcha": r"""captcha|verify\s(?:that\s)?you\sare\s(?:a\s)?human|are\syou\sa\s(?:human|robot)
    |unusual\straffic|not\sa\s(?:ro)?bot
        |checking\s(?:if\sthe\ssite|your\sbrowser)|just\sa\smoment|enable\sjavascript\sand\scookies
        |attention\srequired
        |press\s(?:&|and)\shold|pardon\sour\sinterruption|security\scheck|ddos\sprotection|incapsula""",
    "a consent page": r"""before\syou\scontinue\sto|we\svalue\syour\sprivacy|accept\s(?:all|cookies)
    |(?:our|and)\s(?:\d+\s)?partners
        (?:\sstore|,\suse)|manage\s(?:your\s)?(?:cookie|privacy)\s(?:settings|preferences)
        |cookie-?(?:einstellungen|zustimmung)
        |alle\sakzeptieren|tout\saccepter|consentement|aceptar\stodas|wir\sverwenden\scookies|we\suse\scookies""",
    "a paywall": r"""(?:subscribe
    |sign\sin|log\sin|register)\s(?:now\s)?(?:to|and)\s(?:continue|read|keep|access|unlock|view)
        |already\s(?:a\s)?(?:subscriber|have\san\saccount|registered)
        |(?:only|exclusively)\s(?:available\s)?(?:to|for)\s(?:our\s)?
        (?:subscribers|members)|this\s(?:article|content|story)\sis\s(?:for|reserved|only|exclusive)
        |to\scontinue\sreading
        |unlimited\s(?:digital\s)?access|start\syour\s(?:free\s)?trial|jetzt\s(?:abonnieren|weiterlesen|testen)
        |pour\slire\sla\ssuite
        |réservé\saux\sabonnés|for\sregistered\susers|create\s(?:a\sfree\s|an\s)account""",
    "an error page": r"""(?:page
    |article|story|file)\s(?:you\S*\s(?:are\slooking|requested|were)[\w\s]*\s)?(?:was\s|could\s|can\s)?
        (?:not|n['’]t|cannot|no\slonger)\s?(?:be\s)?(?:found|available|exists?)|page\snot\sfound
        |\b(?:404|410|403|50[0234])\b\s*
        (?:[-–|:]\s*)?(?:error|not|page|forbidden|bad|service|gateway|internal)|error\s(?:404|403|50\d)
        |access\s(?:is\s)?(?:denied|forbidden)
        |something\swent\swrong|service\sunavailable|bad\sgateway|seite\s(?:wurde\s)?nicht\sgefunden
        |page\sintrouvable
        |not\savailable\sin\syour\s(?:country|region)|temporarily\s(?:unavailable|down)|under\smaintenance""",
}  # fmt: skip
_PATTERNS = {kind: re.compile(pattern, re.VERBOSE | re.IGNORECASE) for kind, pattern in _SIGNS.items()}


def wall(title: str, text: str) -> str | None:
    """What kind of wall a page is that is titled `title` and says `text`; None for a page that says something.

    Only a short text is suspected, and one whose title alone gives it away.
    """
    said = f"{title}\n{text}" if len(text) < _LITTLE else title if len(text) < _TEASER else ""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(said)), None)


def is_teaser(text: str, is_free: bool | None) -> bool:
    """Whether `text` is but the beginning of an article: the page says that it is not free (schema.org's
    `isAccessibleForFree`), and it is short."""
    return is_free is False and len(text) < _TEASER
