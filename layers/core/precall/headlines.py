"""Headlines as their outlets wrote them, without what sites and searches append."""

from __future__ import annotations

import re

from precall.identity import words
from precall.model.mention import Mention

_APPENDED = re.compile(r"\s[-–—|]\s(?=[^-–—|]{2,40}$)")


def headline(mention: Mention) -> str:
    """The mention's title without the outlet's name at its end: "Uber buys Postmates - The Verge" → "Uber buys …"."""
    title = mention.title.strip()
    *_, last = [None, *_APPENDED.finditer(title)]
    if last is None:
        return title
    tail = "".join(words(title[last.end() :]))
    outlets = {"".join(words(mention.outlet_name)), "".join(words(mention.outlet.partition(".")[0]))} - {""}
    is_outlet = any(tail in (outlet, f"the{outlet}") or tail.startswith(outlet) for outlet in outlets)
    return title[: last.start()].rstrip() or title if is_outlet and tail else title
