"""What is known about the names of companies: domains, free-mail hosts and legal suffixes."""

from __future__ import annotations

import re

from precall.suffixes import registrable

FREE_MAIL = frozenset(
    """
    aol.com fastmail.com free.fr gmail.com gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com
    hotmail.fr icloud.com inbox.com laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com orange.fr
    outlook.com pm.me proton.me protonmail.com qq.com rediffmail.com rocketmail.com t-online.de tutanota.com verizon.net
    wanadoo.fr web.de yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.com yandex.ru
    ymail.com zoho.com 126.com 163.com comcast.net att.net sbcglobal.net cox.net
    """.split()
)
"""Hosts that give addresses to anybody: such an address says nothing about the company."""

_SUFFIXES = r"""
    inc incorporated corp corporation co company llc llp lp ltd limited plc pllc gmbh ag se kg kgaa ug ohg sa sas sarl
    srl spa bv nv ab asa as oy oyj aps kk pty pte pvt sdn bhd sro zrt kft doo holdings holding group
""".split()
_SUFFIX = re.compile(rf"(?<![\s,])[\s,]++(?:{'|'.join(_SUFFIXES)})\.?$", re.IGNORECASE)
_DOTTED = re.compile(r"\b([A-Za-z])\.(?=[A-Za-z]\b)")
_HOST = re.compile(
    r"^(?=.{1,253}$)(?!.*\.\d+$)(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$"
)


def registrable_domain(host: str) -> str:
    """`news.bbc.co.uk` → `bbc.co.uk`; a host without a public suffix is returned as it is."""
    host = host.strip().rstrip(".").lower()
    return registrable(host) or host


def site_domain(text: str) -> str:
    """The host of what a CRM calls domain or website, in lower case without `www.`; "" where there is none."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text.strip().lower())
    host = re.split(r"[/?#\s]", host, maxsplit=1)[0].rsplit("@", 1)[-1].split(":", 1)[0]
    host = re.sub(r"^(?:www\.)+(?=[^.]+\.)", "", host.rstrip("."))
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return ""
    return host if _HOST.match(host) else ""


def business_domain(email: str) -> str:
    """The domain of a business e-mail address; "" for a free-mail address or none."""
    domain = site_domain(email.rsplit("@", 1)[-1]) if "@" in email else ""
    return "" if domain in FREE_MAIL else domain


def short_name(name: str) -> str:
    """`name` without its legal form: "Uber Technologies, Inc." → "Uber Technologies". Never empty unless `name` is."""
    short = _DOTTED.sub(r"\1", name.strip())
    while (shorter := _SUFFIX.sub("", short).rstrip(" ,")) and shorter != short:
        short = shorter
    return short or name.strip()
