"""The public suffix list, ICANN's part, as the package `publicsuffixlist` carries it: read as it is, never fetched.

https://github.com/publicsuffix/list/wiki/Format
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

_END = "// ===END ICANN DOMAINS==="


@lru_cache(4096)
def registrable(host: str) -> str | None:
    """`bbc.co.uk` of `news.bbc.co.uk` (lower case, no dot at its end); None where nobody can have registered it."""
    labels = host.split(".")
    for start in range(len(labels)):
        name = ".".join(map(_readable, labels[start:]))
        above = name.partition(".")[2]
        if f"!{name}" in _rules():
            return ".".join(labels[start:])
        if name in _rules() or f"*.{above}" in _rules():
            return ".".join(labels[start - 1 :]) if start and labels[start - 1] else None
    return None


@cache
def _rules() -> frozenset[str]:
    lines = files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text("utf-8").partition(_END)[0]
    return frozenset(line for line in lines.splitlines() if line and not line.startswith("//"))


def _readable(label: str) -> str:
    """The list has names as people write them."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label
