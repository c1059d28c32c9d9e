"""What a body is by its first bytes, whatever the server calls it (WHATWG MIME Sniffing, 6 and 7)."""

from __future__ import annotations

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x00\x00\x01\x00", "an image"),
    (b"BM", "an image"),
    (b"PK\x03\x04", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"wOF", "a font"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_RIFF = {b"WEBP": "an image", b"WAVE": "a sound", b"AVI ": "a video"}
_TEXT_BELOW = 0x20
_CONTROLS_OF_TEXT = frozenset(b"\t\n\x0b\x0c\r\x1b")
_READ = 512


def binary_kind(body: bytes) -> str | None:
    """`an image`, `a PDF`, … where the body is no text; None where it may be one. Text in UTF-16 is text."""
    if body[:4] == b"RIFF" and body[8:12] in _RIFF:
        return _RIFF[body[8:12]]
    if body[:1] == b"\x00" and body[4:8] == b"ftyp":
        return "a video"
    start = body[:_READ]
    if start.startswith((b"\xfe\xff", b"\xff\xfe")):
        return None
    controls = any(byte < _TEXT_BELOW and byte not in _CONTROLS_OF_TEXT for byte in start)
    named = next((kind for signature, kind in _SIGNATURES if body.startswith(signature)), None)
    if named and (controls or named == "a PDF"):
        return named
    return "a binary file" if start.count(0) > max(8, len(start) // 8) else None
