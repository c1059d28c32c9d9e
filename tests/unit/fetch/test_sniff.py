"""A body is what its bytes are, not what the server calls it."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.feeds import read_feed
from precall.fetch import Page
from precall.fetch.sniff import binary_kind

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + zlib.compress(b"x" * 100)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PNG, "an image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "an image"),
        (b"GIF89a\x01\x00\x01\x00", "an image"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "an image"),
        (b"%PDF-1.7\n%abc", "a PDF"),
        (b"PK\x03\x04\x14\x00\x00\x00", "an archive"),
        (gzip.compress(b"<rss/>", mtime=0), "an archive"),
        (b"\x00\x00\x00\x18ftypmp42\x00", "a video"),
        (b"\x00" * 64, "a binary file"),
    ],
)
def test_what_is_no_text_is_named(body: bytes, kind: str) -> None:
    assert binary_kind(body) == kind


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss/>",
        b"\xef\xbb\xbf<?xml version='1.0'?>",
        "<rss>Größe</rss>".encode("utf-16"),
        b"BMW opens a plant",
        b"MZ is the beginning of this text",
        b"ID3 tags explained",
        b"GIF89a is a format",
        "テスト".encode("iso2022_jp"),
        "Café".encode("cp1252"),
    ],
)
def test_text_is_text_however_it_begins(body: bytes) -> None:
    assert binary_kind(body) is None


@given(st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc"))))
def test_no_readable_text_is_taken_for_anything_else(text: str) -> None:
    assert binary_kind(text.encode()) in (None, "a PDF")


def test_a_feed_parser_never_gets_an_image_that_calls_itself_a_feed() -> None:
    feed = read_feed(Page("https://acme.com/feed", 200, {"content-type": "application/rss+xml"}, PNG))
    assert (feed.entries, feed.flaw) == ((), "the feed is an image")
