"""The public suffix list, read as its format says."""

from __future__ import annotations

import pytest

from precall.suffixes import registrable


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("a.b.example.com", "example.com"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("co.uk", None),
        ("com", None),
        ("a.b.ck", "a.b.ck"),  # *.ck
        ("b.ck", None),
        ("x.www.ck", "www.ck"),  # !www.ck
        ("a.b.c.kawasaki.jp", "b.c.kawasaki.jp"),
        ("a.city.kawasaki.jp", "city.kawasaki.jp"),
        ("someone.github.io", "github.io"),  # only ICANN's part counts
        ("www.食狮.公司.cn", "食狮.公司.cn"),
        ("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("a.xn--", None),
        ("intranet", None),
        ("10.0.0.1", None),
        ("", None),
    ],
)
def test_what_somebody_registered(host: str, found: str | None) -> None:
    assert registrable(host) == found
