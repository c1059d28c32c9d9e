"""Who wrote it: a person's name out of what feeds and pages put there."""

from __future__ import annotations

import re

from collect.plain import cut, title_of

_LIMIT = 120
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_BRACKETED = re.compile(r"^\s*[\w.+-]*@?[\w.-]*\s*\(\s*([^()@]{2,80}?)\s*\)\s*$")
"""`me@example.com (Ada Penrose)`, as RSS wants it."""
_BEFORE = re.compile(
    r"^\s*(?:(?:written|posted|reported|text|story|words)\s+)?(?:by|von|par|por|di|door)\b[\s:]+|^\s*[|·–—-]\s*", re.I
)
_AFTER = re.compile(
    r"""\s*(?:[|/·]|\s[–—-]\s|,)\s*(?:(?:senior|chief|deputy|managing|contributing|guest|special)\s+)?
        (?:staff|editor|reporter|correspondent|columnist|contributor|writer|author|freelance|opinion|news|business|
        technology|tech|political|sports?)\b.*$""",
    re.VERBOSE | re.IGNORECASE,
)
_NOBODY = re.compile(
    r"""^(?:(?:the\s+)?(?:site\s*)?(?:admin|administrator|author|autor|editor|editors|editorial|editorial\s+(?:team|staff|board)|
        redaktion|redaction|redazione|webmaster|web\s*team|wordpress|user|guest|anonymous|unknown|staff|team|news|newsroom|
        newsdesk|news\s+desk|press|press\s+office|marketing|noreply|no-reply|root|test|none|null|undefined|n/?a|
        contributor|contributors|support|info|blog))\d*$|\b(?:staff|newsroom|admin|editorial\s+team)$""",
    re.VERBOSE | re.IGNORECASE,
)


def author_of(text: object) -> str | None:
    """The person or persons in `text`: without "By", e-mail addresses (they are personal data), addresses of web
    pages, jobs and departments ("admin", "Reuters Staff"); None where nobody is left."""
    told = title_of(str(text or ""))
    named = _BRACKETED.match(told)
    told = named[1] if named and "@" in told else _ADDRESS.sub(" ", told)
    told = re.sub(r"[(<\[]\s*[)>\]]", " ", told)
    told = _AFTER.sub("", _BEFORE.sub("", told)).strip(" \t,;:|·–—-<>()[]\"'")
    told = " ".join(told.split())
    if (
        len(told) < 2
        or "://" in told
        or told.startswith("www.")
        or _NOBODY.search(told)
        or not re.search(r"[^\W\d_]", told)
    ):
        return None
    return cut(told, _LIMIT)


def authors_of(texts: list[str]) -> str | None:
    """Several authors, each once, joined by commas; None without one."""
    found = dict.fromkeys(name for name in map(author_of, texts) if name)
    return cut(", ".join(found), _LIMIT) if found else None
