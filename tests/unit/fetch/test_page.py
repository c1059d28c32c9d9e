"""The text of a page is readable whatever was said about its charset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.fetch import Page
from precall.fetch.page import decoded


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("Café".encode(), None, "Café"),
        ("Café".encode(), "utf-8", "Café"),
        ("Café".encode("latin-1"), "iso-8859-1", "Café"),
        ("Café".encode("latin-1"), "utf-8", "Café"),
        ("Café".encode("latin-1"), None, "Café"),
        ("Café".encode(), "iso-8859-1", "Café"),
        ("Café".encode("utf-16"), "utf-8", "Café"),
        (b"\xef\xbb\xbfCaf\xc3\xa9", "latin-1", "Café"),
        ("“Zürich”".encode("cp1252"), "iso-8859-1", "“Zürich”"),
        ("日本".encode("shift_jis"), "Shift_JIS", "日本"),
        (b'<meta charset="shift_jis">' + "日本".encode("shift_jis"), None, '<meta charset="shift_jis">日本'),
        (b'<meta charset="utf-16">caf\xc3\xa9', None, '<meta charset="utf-16">café'),
        ("Москва".encode("koi8-r"), "koi8-r", "Москва"),
        ("Café".encode(), "nonsense", "Café"),
        ("Café".encode(), "idna", "Café"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
        (b"4142", "hex", "4142"),
        (b"caf\xc3\xa9 \xff end", "utf-8", "café \ufffd end"),
        (b"", "utf-8", ""),
    ],
)
def test_text(body: bytes, declared: str | None, text: str) -> None:
    assert decoded(body, declared) == text


def test_an_xml_declaration_counts() -> None:
    body = '<?xml version="1.0" encoding="ISO-8859-2"?><a>Łódź</a>'.encode("iso-8859-2")
    assert "Łódź" in decoded(body)


@given(st.binary(max_size=200), st.none() | st.text(max_size=20))
def test_no_body_and_no_charset_is_an_error(body: bytes, declared: str | None) -> None:
    assert isinstance(decoded(body, declared), str)


@pytest.mark.parametrize(
    ("header", "kind", "charset"),
    [
        ("", "", None),
        ("TEXT/HTML", "text/html", None),
        ("text/html;charset='UTF-8'; x=y", "text/html", "utf-8"),
        ('text/html; Charset = "ISO-8859-1"', "text/html", "iso-8859-1"),
        (";;;", "", None),
    ],
)
def test_content_type(header: str, kind: str, charset: str | None) -> None:
    page = Page("https://acme.com/", 200, {"content-type": header}, b"")
    assert (page.content_type, page.charset) == (kind, charset)
